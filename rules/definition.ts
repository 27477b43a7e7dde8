/** All that is said of a rule, for the adapters that make an ESLint rule, a codemod and a `check` of it. */
import type { Rule } from 'eslint';
import type { Edit } from '../analysis/edits/edits.ts';
import { laidOut } from '../analysis/edits/layout/lay-out.ts';
import type { SourceFile } from '../analysis/syntax/source-file.ts';
import type { Finder, Finding } from '../playbook/finding.ts';
import type { Project } from '../project/project.ts';
import type { Needles } from './needles.ts';

type Severity = 'error' | 'warn';
type JSONSchema = Exclude<Rule.RuleMetaData['schema'], readonly unknown[] | false | undefined>;

/**
 * The side of a rule that looks at files that are no scripts: `convex.json`, env files. The playbook reads their text itself, so it does
 * not matter what parsed them: the parser of `configs.files`, or another language that a config has for them.
 */
export interface TextSide {
  /** Whether a file, by its base name, concerns the rule. */
  readonly isFile: (name: string) => boolean;
  /** Asks one question of one file. Never throws, whatever the file holds. */
  readonly find: (path: string, text: string, project: Project) => readonly Finding[];
}

export interface RuleDefinition<
  Options extends object | undefined = undefined,
  MessageId extends string = string,
  SuggestionId extends string = string,
> {
  /** Without prefix; the names of the file, the page, the codemod and the test as well. */
  readonly name: string;
  readonly type: 'problem' | 'suggestion';
  /** Completes the rule's row in the tables: lower case, no full stop. */
  readonly description: string;
  /** What its codemod does to the code, in the imperative, no full stop; without it the rule has no codemod. */
  readonly codemod?: string;
  /** The presets that turn the rule on. `strict` contains `recommended`; say `strict` to add or to override. */
  readonly presets: Readonly<
    Partial<Record<'recommended' | 'strict', Severity | readonly [Severity, Partial<Options>]>>
  >;
  /** What every finding and every suggestion says, `{{placeholders}}` included. */
  readonly messages: Readonly<Record<MessageId | SuggestionId, string>>;
  /** Whether some finding has a `safe` fix. */
  readonly fixable?: boolean;
  /** Whether some finding has a `review` fix or other suggestions. */
  readonly hasSuggestions?: boolean;
  /** The schema of the rule's one options object; without it the rule takes no options. */
  readonly schema?: JSONSchema;
  readonly defaultOptions?: Options;
  readonly needles: Needles;
  readonly find: Finder<Options, MessageId, SuggestionId>;
  /** For a rule that looks at files that are no scripts as well. */
  readonly textSide?: TextSide;
}

/** What the adapters need of a definition, whatever its options and messages are. */
export interface AnyDefinition {
  readonly name: string;
  readonly description: string;
  readonly codemod?: string;
  readonly presets: Readonly<Partial<Record<'recommended' | 'strict', Severity | readonly [Severity, object]>>>;
  readonly messages: Readonly<Record<string, string>>;
  readonly needles: Needles;
  readonly defaultOptions?: object;
  /** The finder, with the defaults of every option that is not given. */
  readonly find: Finder<object | undefined>;
}

/** The options of a rule: those that are given here over those of `authkit.json`. */
export function optionsIn({ configuration }: Project, name: string, given: unknown): object {
  return { ...configuration.rules.get(name)?.options, ...(given as object | undefined) };
}

/** Whether `authkit.json` turns a rule off, everywhere or in this file (absolute). */
export function isOff({ configuration }: Project, name: string, path: string): boolean {
  return configuration.rules.get(name)?.level === 'off' || configuration.ignores(path);
}

// The finder's options are known to the definition alone; from here on ESLint's schema has seen to their shape.
export function erase<Options extends object | undefined, MessageId extends string, SuggestionId extends string>(
  definition: RuleDefinition<Options, MessageId, SuggestionId>,
): AnyDefinition {
  const { codemod, defaultOptions, find } = definition;
  return {
    name: definition.name,
    description: definition.description,
    presets: definition.presets,
    messages: definition.messages,
    needles: definition.needles,
    ...(codemod !== undefined && { codemod }),
    ...(defaultOptions && { defaultOptions }),

    // Oxlint and codemods do not merge `meta.defaultOptions`; ESLint has done it, and doing it twice changes nothing.
    find: (file, project, options) => {
      const findings = find(file, project, (defaultOptions ? { ...defaultOptions, ...options } : options) as Options);
      return findings.length > MAX_LAID_OUT ? findings : findings.map((finding) => inLayout(finding, file, project));
    },
  };
}

/** Each edit that is laid out takes some parses: with more findings in one file they stay as they were made. */
const MAX_LAID_OUT = 20;

/** A finding whose edits leave the layout of a formatted file as its formatter would. */
function inLayout(finding: Finding, file: SourceFile, project: Project): Finding {
  const { fix, suggestions } = finding;
  if (!fix && !suggestions) return finding;
  const formatting = project.formattingOf(file.path);
  const inOrder = <Edited extends { readonly edits: readonly Edit[] }>(edited: Edited): Edited => ({
    ...edited,
    edits: laidOut(edited.edits, file, formatting),
  });
  return {
    ...finding,
    ...(fix && { fix: inOrder(fix) }),
    ...(suggestions && { suggestions: suggestions.map(inOrder) }),
  };
}
