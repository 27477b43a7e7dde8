/** Which codemods a command line means. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { codemodNamed, codemods, reportOnly, type CodemodEntry } from '../../codemods/index.ts';
import { closest } from '../../project/configuration/closest.ts';
import { rules } from '../../rules/index.ts';
import { hintAt } from '../output/near-names.ts';
import { UsageError } from '../usage.ts';
import type { NamedCodemod } from './run.ts';

export interface Words {
  /** Of codemods, and `all`. None: a person is asked. */
  readonly names: ReadonlySet<string>;
  readonly paths: readonly string[];
}

/** Names come first, then paths. Throws a `UsageError` for a name that no codemod has. */
export function readWords(words: readonly string[], cwd: string): Words {
  const isName = (word: string) => word === 'all' || codemodNamed(word) !== undefined;
  const end = words.findIndex((word) => !isName(word));
  const names = new Set(end === -1 ? words : words.slice(0, end));
  const paths = end === -1 ? [] : words.slice(end);
  const [unknown] = paths;
  if (unknown !== undefined && !existsSync(resolve(cwd, unknown))) refuse(unknown, names.size > 0);
  return { names, paths };
}

interface Chosen extends CodemodEntry {
  /** Whether it is here as a part of `all`, and runs only where a configuration turns its rule on. */
  readonly isConditional: boolean;
  /** Whether a person asked for this very one. */
  readonly isNamed: boolean;
}

/** What names stand for. */
export function chosenCodemods(names: ReadonlySet<string>): readonly Chosen[] {
  const isAll = names.has('all');
  return [...codemods, ...(isAll ? reportOnly : [])]
    .filter(({ isOnDemand, name }) => names.has(name) || (isAll && isOnDemand !== true))
    .map((entry) => {
      const isNamed = names.has(entry.name);
      return { ...entry, isNamed, isConditional: entry.isStrict === true && !isNamed };
    });
}

/** What a person chooses from: every codemod but those that one has to want, whatever is found. */
export function allCodemods(): readonly Chosen[] {
  return codemods
    .filter(({ isOnDemand }) => isOnDemand !== true)
    .map((entry) => ({ ...entry, isNamed: false, isConditional: false }));
}

/**
 * Loads codemods, those of errors first, and of these the one that ends loops: one edit may fix an error together with a warning, and is then
 * reported as what ends the worst. In which order they run makes no difference to the text.
 */
export async function loadCodemods(entries: readonly Chosen[]): Promise<readonly NamedCodemod[]> {
  const rankOf = ({ name }: Chosen) => {
    if (name === 'no-token-refresh-loop') return 0;
    return [rules[name]?.definition.presets.recommended].flat()[0] === 'warn' ? 2 : 1;
  };
  const sorted = entries.toSorted((a, b) => rankOf(a) - rankOf(b));
  return await Promise.all(
    sorted.map(async ({ isConditional, isNamed, isReportOnly = false, load, name }) => ({
      name,
      codemod: await load(),
      isStrict: isConditional,
      isNamed,
      isReportOnly,
    })),
  );
}

/** Why nothing is done without a name. */
export function namesWanted([path]: readonly string[]): string {
  return `Name the codemods to run${path === undefined ? '' : ` before the paths ('${path}')`}: all, or some of codemod --list. codemod all --dry-run lists what would change; on a terminal, codemod alone lets you choose.`;
}

function refuse(word: string, afterNames: boolean): void {
  if (Object.hasOwn(rules, word.replace(/^authkit\//u, ''))) {
    const name = word.replace(/^authkit\//u, '');
    const why = codemodNamed(name)
      ? `It is called '${name}' here.`
      : `${name} is a rule without one: what it reports needs a manual change (npx eslint-plugin-authkit explain ${name}).`;
    throw new UsageError(`There is no codemod '${word}'. ${why}`, { showHelp: false });
  }
  const names = ['all', ...codemods.map(({ name }) => name)];
  // Behind a name it is taken for a path, and looking for files says what is wrong with it.
  if (afterNames && closest(word, names) === undefined) return;
  throw new UsageError(`There is no codemod '${word}'. ${hintAt(word, names)}`);
}
