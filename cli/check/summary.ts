/** What the findings mean, for a person who does not know the rules by name. */
import type { ESLint } from 'eslint';
import { codemodNamed } from '../../codemods/index.ts';
import plugin from '../../index.ts';
import { count } from '../output/words.ts';

/** What the findings of a rule are, in the words of somebody whose app it is. A rule without an entry is described by its own words. */
const MEANINGS: Readonly<Record<string, (number: number) => string>> = {
  'no-sign-out-prefetch': (number) =>
    number === 1
      ? '1 sign-out link is prefetched in production'
      : `${String(number)} sign-out links are prefetched in production`,
  'no-get-sign-out': (number) =>
    number === 1 ? '1 route signs people out on GET' : `${String(number)} routes sign people out on GET`,
  'no-hardcoded-redirect-host': (number) =>
    number === 1
      ? '1 redirect URI names the wrong host on previews'
      : `${String(number)} redirect URIs name the wrong host on previews`,
  'consistent-preview-host': (number) =>
    number === 1
      ? '1 place departs from what is registered for previews'
      : `${String(number)} places depart from what is registered for previews`,
  'valid-redirect-uri': (number) =>
    number === 1
      ? '1 redirect URI is wrong wherever it is used'
      : `${String(number)} redirect URIs are wrong wherever they are used`,
  'no-token-refresh-loop': (number) =>
    number === 1
      ? '1 token bridge makes Convex ask for the next token for ever'
      : `${String(number)} causes make token bridges loop`,
  'no-forced-token-refresh': (number) =>
    number === 1
      ? '1 token bridge refreshes on every connection'
      : `${String(number)} token bridges refresh on every connection`,
  'no-stale-access-token': (number) =>
    number === 1
      ? '1 token bridge answers with a copy that expires'
      : `${String(number)} token bridges answer with a copy that expires`,
  'handle-token-error': (number) =>
    number === 1 ? '1 failure of the token is not handled' : `${String(number)} failures of the token are not handled`,
  'valid-auth-config': (number) =>
    number === 1
      ? "1 place in auth.config is refused by Convex, or refuses AuthKit's tokens"
      : `${String(number)} places in auth.config are refused by Convex, or refuse AuthKit's tokens`,
  'valid-proxy': (number) =>
    number === 1
      ? '1 mistake keeps the AuthKit proxy from running where it has to'
      : `${String(number)} mistakes keep the AuthKit proxy from running where it has to`,
  'valid-env': (number) =>
    number === 1
      ? '1 line of an env file keeps people from signing in, or shows a secret'
      : `${String(number)} lines of env files keep people from signing in, or show a secret`,
};

export interface Summary {
  readonly results: readonly ESLint.LintResult[];
  /** The paths that were given, to be repeated in commands. */
  readonly paths: readonly string[];
}

/** One line a rule, the most findings first; then what could not be checked. Empty for a clean run. */
export function summarize({ paths, results }: Summary): string[] {
  const rules = new Map<string, { found: number; fixable: number }>();
  for (const { fix, ruleId } of results.flatMap(({ messages }) => messages)) {
    if (ruleId === null) continue;
    const name = ruleId.replace(/^authkit\//u, '');
    const { fixable, found } = rules.get(name) ?? { found: 0, fixable: 0 };
    rules.set(name, { found: found + 1, fixable: fixable + (fix ? 1 : 0) });
  }
  const lines = [...rules]
    .sort(([, a], [, b]) => b.found - a.found)
    .map(([name, { fixable, found }]) => `${meaningOf(name, found)}${cureOf(name, found, fixable, paths)}`);
  const failures = results.filter(({ fatalErrorCount }) => fatalErrorCount > 0).length;
  if (failures > 0) lines.push(`${count(failures, 'file')} could not be checked.`);
  return lines;
}

function meaningOf(name: string, found: number): string {
  const meaning = MEANINGS[name];
  if (meaning) return meaning(found);
  const description = plugin.rules[name]?.definition.description;
  return `${count(found, 'finding')} of ${name}${description === undefined ? '' : ` (${description})`}`;
}

function cureOf(name: string, found: number, fixable: number, paths: readonly string[]): string {
  if (!codemodNamed(name)) return '.';
  const command = ['npx eslint-plugin-authkit codemod', name, ...paths.map(quoted)].join(' ');
  // A codemod also applies what ESLint only suggests, so it may do more than is promised here.
  if (fixable === 0) return `; this rewrites what can be rewritten: ${command}`;
  return `, ${found === 1 ? 'and it' : `${String(fixable)} of them`} can be fixed: run ${command}`;
}

function quoted(path: string): string {
  return /^[\w./@-]+$/u.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;
}
