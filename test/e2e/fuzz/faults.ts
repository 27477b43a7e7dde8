/** What must not come of a text, whatever it is. */
import { basename } from 'node:path';
import { Linter } from 'eslint';
import { parseSourceFile, withoutBOM } from '../../../analysis/syntax/source-file.ts';
import { codemods, type Codemod } from '../../../codemods/index.ts';
import type { Finding } from '../../../playbook/finding.ts';
import { type AuthKitRule, mayConcern, optionsIn } from '../../../rules/create-rule.ts';
import { rules } from '../../../rules/index.ts';
import { isTextRule, type TextRule } from '../../../rules/on-text.ts';
import { applyAll } from '../../helpers/codemod-fixtures.ts';
import type { Seed } from './corpus.ts';

export interface Fault {
  /** Which promise of which rule: while a text is made smaller it has to stay the same. */
  readonly kind: string;
  readonly details: string;
}

/** As the command: what has not come to rest after ten rounds never will. */
const MAX_ROUNDS = 10;

const loaded: readonly { readonly name: string; readonly codemod: Codemod }[] = await Promise.all(
  codemods.map(async ({ load, name }) => ({ name, codemod: await load() })),
);
const codemodOf = new Map(loaded.map(({ codemod, name }) => [name, codemod]));

export interface Outcome {
  /** The first one. */
  readonly fault: Fault | undefined;
  /** Whether a rule had an edit for the text: the others show little. */
  readonly isEdited: boolean;
}

/** What comes of a text in the place of a file. */
export function outcomeOf(seed: Seed, text: string): Outcome {
  try {
    const isOfText = textRulesOf(seed).length > 0;
    return isOfText ? { fault: faultInText(seed, text), isEdited: false } : outcomeOfScript(seed, text);
  } catch (error) {
    return { isEdited: false, fault: thrown(error) };
  }
}

function thrown(error: unknown): Fault {
  return { kind: `throws: ${String(error).split('\n', 1)[0] ?? ''}`, details: stackOf(error) };
}

const stackOf = (error: unknown): string => (error instanceof Error ? (error.stack ?? '') : '');

const textRulesOf = ({ as }: Seed): TextRule[] =>
  Object.values(rules)
    .filter(isTextRule)
    .filter(({ textSide }) => textSide.isFile(basename(as)));

function faultInText(seed: Seed, source: string): Fault | undefined {
  const text = withoutBOM(source);
  return first(textRulesOf(seed), (rule) => {
    const findings = rule.textSide.find(seed.path, text, seed.project);
    return faultOfPlaces(rule, findings, text.length) ?? faultOfCodemod(seed, rule, source);
  });
}

function outcomeOfScript(seed: Seed, text: string): Outcome {
  const { path, project } = seed;
  const parsed = parseSourceFile(path, text);
  if (!parsed.ok) {
    for (const { codemod } of loaded) codemod.run({ path, source: text, project });
    return { fault: undefined, isEdited: false };
  }
  const { file } = parsed;
  const found = Object.values(rules)
    .filter(({ definition }) => mayConcern(definition.needles, text, path, () => project))
    .map((rule) => ({
      rule,
      findings: rule.definition.find(file, project, optionsIn(project, rule.definition.name, undefined)),
    }))
    .filter(({ findings }) => findings.length > 0);
  const fixable = found.filter(({ findings }) => findings.some(({ fix }) => fix));
  const isEdited = fixable.length > 0;
  const fault =
    first(found, ({ findings, rule }) => faultOfPlaces(rule, findings, file.text.length)) ??
    first(fixable, ({ rule }) => faultOfCodemod(seed, rule, text) ?? faultInEditor(seed, rule, text)) ??
    (isEdited ? faultOfAll(seed, text) : undefined);
  return { fault, isEdited };
}

function first<Item>(items: readonly Item[], faultOfOne: (item: Item) => Fault | undefined): Fault | undefined {
  for (const item of items) {
    const fault = faultOfOne(item);
    if (fault) return fault;
  }
  return undefined;
}

function faultOfPlaces(
  { definition: { name } }: AuthKitRule,
  findings: readonly Finding[],
  length: number,
): Fault | undefined {
  const ranges = findings.flatMap(({ fix, range, suggestions = [] }) => [
    range,
    ...[...(fix?.edits ?? []), ...suggestions.flatMap(({ edits }) => edits)].map((edit) => edit.range),
  ]);
  const wrong = ranges.find(([start, end]) => !(0 <= start && start <= end && end <= length));
  return wrong && { kind: `${name} points outside of the file`, details: wrong.join(' to ') };
}

function faultOfCodemod(
  { path, project }: Seed,
  { definition: { name } }: AuthKitRule,
  source: string,
): Fault | undefined {
  const codemod = codemodOf.get(name);
  if (!codemod) return undefined;
  const { left, problem, text } = codemod.run({ path, source, project });
  if (problem) return { kind: `codemod ${name}: a problem`, details: problem.message };
  const kept = left.find(({ finding }) => finding.fix);
  if (kept) return { kind: `codemod ${name} leaves a finding with an edit`, details: kept.reason };
  if (text === source) return undefined;
  const again = codemod.run({ path, source: text, project }).text;
  return again === text ? undefined : { kind: `codemod ${name} changes more in a second run`, details: again };
}

/** Where the editor's parser takes the text as well. */
function faultInEditor(
  { as, path, project, root, settings }: Seed,
  rule: AuthKitRule,
  input: string,
): Fault | undefined {
  const { name } = rule.definition;
  const codemod = codemodOf.get(name);
  if (!codemod) return undefined;
  const { text } = codemod.run({ path, source: input, project });
  let edited: string;
  try {
    edited = applyAll(linterIn(root), rule, { as, path, settings, input, project });
  } catch (error) {
    if (String(error).includes('Parsing error')) return undefined;
    throw error;
  }
  return edited === text
    ? undefined
    : { kind: `the editor edits otherwise than codemod ${name}`, details: `${edited}\n--- by the codemod:\n${text}` };
}

const linters = new Map<string, Linter>();

function linterIn(cwd: string): Linter {
  const known = linters.get(cwd) ?? new Linter({ cwd });
  linters.set(cwd, known);
  return known;
}

function faultOfAll({ path, project }: Seed, source: string): Fault | undefined {
  let text = source;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const start = text;
    for (const { codemod, name } of loaded) {
      const result = codemod.run({ path, source: text, project });
      if (result.problem) return { kind: `codemod ${name}, after others: a problem`, details: result.problem.message };
      ({ text } = result);
    }
    if (text === start) return undefined;
  }
  return { kind: 'the codemods do not come to rest together', details: text };
}
