/** What must not come of a text, whatever it is. */
import { basename } from 'node:path';
import { Linter } from 'eslint';
import { applyEdits, type Edit, mergeEdits } from '../../../analysis/edits/edits.ts';
import { parseSourceFile, type SourceFile, withoutBOM } from '../../../analysis/syntax/source-file.ts';
import { codemods } from '../../../codemods/index.ts';
import type { CodemodResult } from '../../../codemods/passes.ts';
import { type Codemod, parsedOnce } from '../../../codemods/transform.ts';
import type { Finding } from '../../../playbook/finding.ts';
import type { AuthKitRule } from '../../../rules/create-rule.ts';
import { optionsIn } from '../../../rules/definition.ts';
import { mayConcern } from '../../../rules/needles.ts';
import { rules } from '../../../rules/index.ts';
import { isTextRule, type TextRule } from '../../../rules/on-text.ts';
import { applyAll } from '../../helpers/codemod-fixtures.ts';
import type { Seed } from './corpus.ts';

export interface Fault {
  /** Which promise of which rule: while a text is made smaller it has to stay the same. */
  readonly kind: string;
  readonly details: string;
}

/** What is asked of a text that has edits, in addition to the promises that are cheap to check. */
export interface Thoroughness {
  /** Whether ESLint edits it as the codemods do. */
  readonly inEditor: boolean;
  /** Whether all codemods together come to rest. */
  readonly together: boolean;
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
  /** The rules that had a finding: where none has one, little is shown. */
  readonly reported: readonly string[];
  /** Those of them that had an edit. */
  readonly edited: readonly string[];
}

const NOTHING: Outcome = { fault: undefined, reported: [], edited: [] };

/** What comes of a text in the place of a file. */
export function outcomeOf(seed: Seed, text: string, thoroughness: Thoroughness): Outcome {
  try {
    return textRulesOf(seed).length > 0 ? outcomeOfText(seed, text) : outcomeOfScript(seed, text, thoroughness);
  } catch (error) {
    return { ...NOTHING, fault: thrown(error) };
  }
}

/** Lets all rules look at a text that nothing is known of yet, as an editor does after each key. */
export function lint(seed: Seed, text: string): void {
  try {
    const rulesOfText = textRulesOf(seed);
    for (const { textSide } of rulesOfText) textSide.find(seed.path, withoutBOM(text), seed.project);
    if (rulesOfText.length > 0) return;
    const parsed = parseSourceFile(seed.path, text);
    if (parsed.ok) findingsIn(seed, text, parsed.file);
  } catch {
    // It has been reported.
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

function outcomeOfText(seed: Seed, source: string): Outcome {
  const text = withoutBOM(source);
  const found = textRulesOf(seed).map((rule) => ({
    rule,
    findings: rule.textSide.find(seed.path, text, seed.project),
  }));
  const fault = first(
    found,
    ({ findings, rule }) => faultOfPlaces(rule, findings, text.length) ?? faultOfCodemod(seed, rule, source).fault,
  );
  return { fault, reported: namesOf(found), edited: [] };
}

interface Found {
  readonly rule: AuthKitRule;
  readonly findings: readonly Finding[];
}

const namesOf = (found: readonly Found[]): string[] =>
  found.filter(({ findings }) => findings.length > 0).map(({ rule }) => rule.definition.name);

function outcomeOfScript(seed: Seed, text: string, { inEditor, together }: Thoroughness): Outcome {
  const { path, project } = seed;
  const parsed = parsedOnce(path, text, project);
  if (!parsed.ok) {
    for (const { codemod } of loaded) codemod.run({ path, source: text, project });
    return NOTHING;
  }
  const { file } = parsed;
  const found = findingsIn(seed, text, file).filter(({ findings }) => findings.length > 0);
  const fixable = found.filter(({ findings }) => findings.some(({ fix }) => fix));
  const fault =
    first(found, ({ findings, rule }) => faultOfPlaces(rule, findings, file.text.length)) ??
    first(found, ({ findings, rule }) => faultOfChoices(seed, rule, findings, file)) ??
    first(fixable, ({ rule }) => {
      const { fault: ofCodemod, result } = faultOfCodemod(seed, rule, text);
      return ofCodemod ?? (inEditor && result ? faultInEditor(seed, rule, text, result) : undefined);
    }) ??
    (together && fixable.length > 0 ? faultOfAll(seed, text) : undefined);
  return { fault, reported: namesOf(found), edited: namesOf(fixable) };
}

function findingsIn({ path, project }: Seed, text: string, file: SourceFile): Found[] {
  return Object.values(rules)
    .filter(({ definition }) => mayConcern(definition.needles, text, path, () => project))
    .map((rule) => ({
      rule,
      findings: rule.definition.find(file, project, optionsIn(project, rule.definition.name, undefined)),
    }));
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
  const ranges = findings.flatMap((finding) => [
    finding.range,
    ...choicesOf(finding).flatMap((edits) => edits.map(({ range }) => range)),
  ]);
  const wrong = ranges.find(([start, end]) => !(0 <= start && start <= end && end <= length));
  return wrong && { kind: `${name} points outside of the file`, details: wrong.join(' to ') };
}

/** What a person may choose at a finding: its fix, and what else the editor offers. */
const choicesOf = ({ fix, suggestions = [] }: Finding): (readonly Edit[])[] => [
  ...(fix ? [fix.edits] : []),
  ...suggestions.map(({ edits }) => edits),
];

/** Each of them by itself, as the editor applies it. */
function faultOfChoices(
  { path }: Seed,
  { definition: { name } }: AuthKitRule,
  findings: readonly Finding[],
  { text }: SourceFile,
): Fault | undefined {
  return first(findings.flatMap(choicesOf), (edits) => {
    if (!mergeEdits(edits, text)) return { kind: `${name} has edits that overlap`, details: JSON.stringify(edits) };
    const edited = applyEdits(text, [edits]).text;
    const parsed = parseSourceFile(path, edited);
    return parsed.ok
      ? undefined
      : { kind: `${name} has an edit that does not parse`, details: `${parsed.problem.message}\n${edited}` };
  });
}

function faultOfCodemod(
  { path, project }: Seed,
  { definition: { name } }: AuthKitRule,
  source: string,
): { readonly fault?: Fault | undefined; readonly result?: CodemodResult } {
  const codemod = codemodOf.get(name);
  if (!codemod) return {};
  const result = codemod.run({ path, source, project });
  const { left, problem, text } = result;
  if (problem) return { fault: { kind: `codemod ${name}: a problem`, details: problem.message } };
  const kept = left.find(({ finding }) => finding.fix);
  if (kept) return { fault: { kind: `codemod ${name} leaves a finding with an edit`, details: kept.reason } };
  if (text === source) return { result };
  const again = codemod.run({ path, source: text, project }).text;
  return again === text
    ? { result }
    : { fault: { kind: `codemod ${name} changes more in a second run`, details: again } };
}

/** Where the editor's parser takes the text as well. */
function faultInEditor(
  { as, path, project, root, settings }: Seed,
  rule: AuthKitRule,
  input: string,
  { text }: CodemodResult,
): Fault | undefined {
  let edited: string;
  try {
    edited = applyAll(linterIn(root), rule, { as, path, settings, input, project });
  } catch (error) {
    if (String(error).includes('Parsing error')) return undefined;
    throw error;
  }
  const { name } = rule.definition;
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
