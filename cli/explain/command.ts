/** `explain`: the page of a rule, on the terminal. */
import { readFileSync } from 'node:fs';
import { codemodNamed } from '../../codemods/index.ts';
import { rules } from '../../rules/index.ts';
import { EXIT, type Command, type ExitCode } from '../command.ts';
import { packageFile } from '../files/package-file.ts';
import { reasonOf } from '../files/problem.ts';
import { hintAt } from '../output/near-names.ts';
import type { Terminal } from '../output/terminal.ts';
import { fitted } from '../output/wrap.ts';
import { readArguments, UsageError } from '../usage.ts';
import { rendered } from './markdown.ts';

const help = `Prints the page of a rule: why it matters, what is wrong, what is right, its options.

Usage: npx eslint-plugin-authkit explain [rule]

Without a rule it lists them all.

      --json              print as JSON; the page is Markdown

Examples:
  npx eslint-plugin-authkit explain no-sign-out-prefetch
  npx eslint-plugin-authkit explain | grep session

Exit codes: 0 done; 2 there is no such rule.
`;

export const explain: Command = { help, run };

function run(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { positionals, values } = readArguments(argv, { json: { type: 'boolean' } });
  const { json = false } = values;
  const [given, second] = positionals;
  if (second !== undefined) throw new UsageError('explain takes one rule.');
  if (given === undefined) terminal.out(json ? printed(Object.keys(rules).map(factsOf)) : listOf(terminal));
  else {
    const name = nameOf(given);
    terminal.out(json ? printed({ ...factsOf(name), page: pageOf(name) }) : explanationOf(name, terminal));
  }
  return Promise.resolve(EXIT.done);
}

function nameOf(given: string): string {
  const name = given.replace(/^authkit\//u, '');
  const names = Object.keys(rules);
  if (names.includes(name)) return name;
  if (codemodNamed(name)) {
    const page = `https://unpkg.com/eslint-plugin-authkit/docs/codemods/${name}.md`;
    throw new UsageError(`'${name}' is a codemod without a rule. Its page: ${page}`, { showHelp: false });
  }
  throw new UsageError(`There is no rule '${given}'. ${hintAt(name, names)}`, { showHelp: false });
}

/** What a rule is, in the words of its definition. */
function factsOf(name: string) {
  const { definition, meta: { docs, fixable, hasSuggestions } = {} } = rules[name] ?? {};
  return {
    name,
    description: docs?.description,
    presets: Object.keys(definition?.presets ?? {}),
    edits: [
      ...(fixable ? ['safe'] : []),
      ...(hasSuggestions === true ? ['review'] : []),
      ...(definition?.codemod !== undefined && !fixable && hasSuggestions !== true ? ['codemod'] : []),
    ],
    docsUrl: docs?.url,
  };
}

const printed = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

function listOf({ columns }: Terminal): string {
  const names = Object.keys(rules);
  const width = Math.max(...names.map((name) => name.length));
  return names
    .map((name) => `${fitted(`  ${name.padEnd(width)}  ${factsOf(name).description ?? ''}`, columns)}\n`)
    .join('');
}

function explanationOf(name: string, terminal: Terminal): string {
  const { columns, colors } = terminal;
  const { description = '', docsUrl = '', edits, presets } = factsOf(name);
  const edit = edits.length === 0 ? 'none; a person decides' : edits.map((each) => EDITS[each] ?? each).join('; ');
  const head = [
    colors.out.bold(`authkit/${name}`),
    fitted(`${description.charAt(0).toUpperCase()}${description.slice(1)}.`, columns),
    '',
    fitted(`  Presets  ${presets.join(', ')}`, columns),
    fitted(`  Edits    ${edit}`, columns),
    `  Page     ${docsUrl}`,
  ];
  // The head of the page says the same with signs for a browser.
  const [, body = ''] = pageOf(name).split('<!-- end auto-generated rule header -->');
  return `${head.join('\n')}\n\n${rendered(body, terminal)}`;
}

const EDITS: Readonly<Record<string, string>> = {
  safe: 'safe ones, made by eslint --fix and codemod --safe',
  review: 'ones to review, made by the codemod of this name and offered in editors',
  codemod: 'ones to review over several files, made by the codemod of this name',
};

function pageOf(name: string): string {
  const path = packageFile('docs', 'rules', `${name}.md`);
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(
      `The page of ${name} can't be read (${path}): ${reasonOf(error)}. Install the package again.`,
      {
        showHelp: false,
      },
    );
  }
}
