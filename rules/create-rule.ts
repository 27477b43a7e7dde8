/**
 * From a finder to an ESLint rule: `createRule` is the only adapter, so that every rule rejects files equally cheaply,
 * reports equally, and runs alike under ESLint 9, ESLint 10 and Oxlint (which has no parser services and does not
 * know `meta.languages`).
 *
 * Nothing heavy may be imported here: it would load with the plugin. ESLint is a type only.
 */
import { basename, resolve } from 'node:path';
import type { Rule } from 'eslint';
import { fromSourceCode, type SourceCodeLike } from '../analysis/syntax/source-file.ts';
import type { Finding } from '../playbook/finding.ts';
import { openProject, type Project } from '../project/project.ts';
import { type AnyDefinition, type RuleDefinition, type TextSide, erase, isOff, optionsIn } from './definition.ts';
import { mayConcern } from './needles.ts';
import { CRASH_MESSAGES, reportAll, reportCrash } from './report.ts';

/** An ESLint rule that carries its definition, for the codemod of the same name and for the presets. */
export interface AuthKitRule extends Rule.RuleModule {
  readonly definition: AnyDefinition;
  readonly textSide?: TextSide;
  /** The rule for a run that has opened the project of its files already, and may have asked it of a file: neither is done again. */
  readonly within: (project: Project, known?: KnownFindings) => Rule.RuleModule;
}

/** The findings of a rule without options of its own in a text, where they are known. */
export type KnownFindings = (rule: AnyDefinition, path: string, text: string) => readonly Finding[] | undefined;

// The pages are part of the package, so they can be read wherever it is published.
const DOCS = 'https://unpkg.com/eslint-plugin-authkit/docs/rules';

/** Makes the ESLint rule of a definition. Pure: nothing is read or loaded before a file is linted. */
export function createRule<Options extends object | undefined, MessageId extends string, SuggestionId extends string>(
  definition: RuleDefinition<Options, MessageId, SuggestionId>,
): AuthKitRule {
  const erased = erase(definition);
  const { textSide } = definition;
  const meta: Rule.RuleMetaData = {
    type: definition.type,
    docs: {
      description: definition.description,
      url: `${DOCS}/${definition.name}.md`,
      recommended: definition.presets.recommended !== undefined,
    },
    ...(definition.fixable === true && { fixable: 'code' }),
    hasSuggestions: definition.hasSuggestions === true,
    messages: { ...definition.messages, ...CRASH_MESSAGES },
    schema: definition.schema ? [definition.schema] : [],
    // No `defaultOptions`: with them ESLint would hand out options that no one gave, which are for authkit.json to give.
  };
  return {
    definition: erased,
    ...(textSide && { textSide }),
    meta,
    create: (context) => listenerOf(context, erased, textSide, openProject),
    within: (project, known) => ({
      meta,
      create: (context) => listenerOf(context, erased, textSide, () => project, known),
    }),
  };
}

type OpenProject = typeof openProject;

function listenerOf(
  context: Rule.RuleContext,
  definition: AnyDefinition,
  textSide: TextSide | undefined,
  open: OpenProject,
  known?: KnownFindings,
): Rule.RuleListener {
  const { find, name } = definition;
  if (textSide?.isFile(basename(context.physicalFilename || context.filename)))
    return textListener(context, name, textSide, open);
  // ESLint asks every rule for every file: nothing is made here for a file that does not concern the rule.
  let lint: Lint;
  try {
    lint = lintOf(context, definition, open);
    if (!mayConcern(definition.needles, lint.text, lint.path(), lint.project)) return NOTHING;
  } catch (error) {
    return {
      Program() {
        reportCrash(context, name, error);
      },
    };
  }
  const sourceCode = context.sourceCode as SourceCodeLike & typeof context.sourceCode;
  // JSON, Markdown and CSS have source code of other shapes; there is nothing for a rule of ours in them.
  if ((sourceCode.ast as { type?: unknown } | undefined)?.type !== 'Program') return NOTHING;
  return {
    Program() {
      const project = lint.project();
      if (isTurnedOff(context, project, name, lint.path())) return;
      const [given] = context.options as readonly unknown[];
      reportAll(
        context,
        name,
        () =>
          (given === undefined ? known?.(definition, lint.path(), lint.text) : undefined) ??
          find(fromSourceCode(sourceCode, lint.path()), project, optionsIn(project, name, given)),
      );
    },
  };
}

/** What a rule does in a file that is no script. */
function textListener(
  context: Rule.RuleContext,
  name: string,
  { find }: TextSide,
  open: OpenProject,
): Rule.RuleListener {
  const path = pathOf(context);
  const { ast, text } = context.sourceCode;
  const visit = () => {
    const project = open({ cwd: context.cwd, settings: context.settings, path });
    if (isTurnedOff(context, project, name, path)) return;
    reportAll(context, name, () => find(path, text, project));
  };
  // Each language has a name of its own for the root of its tree.
  return { [ast.type as string]: visit };
}

const NOTHING: Rule.RuleListener = {};

/** As `isOff`; reports what is wrong with `authkit.json` or the settings, once a file for all rules. */
function isTurnedOff(context: Rule.RuleContext, project: Project, name: string, path: string): boolean {
  const ast: object = context.sourceCode.ast;
  const [mistake] = project.mistakes;
  if (mistake !== undefined && !told.has(ast)) {
    told.add(ast);
    const more = project.mistakes.length - 1;
    const rest = more === 0 ? '' : ` (and ${String(more)} more: npx eslint-plugin-authkit check)`;
    context.report({
      loc: { line: 1, column: 0 },
      message: `The configuration of authkit is wrong: ${mistake}${rest}`,
    });
  }
  return isOff(project, name, path);
}

/** Files in which a mistake of the configuration has been reported. */
const told = new WeakSet();

/** Absolute. Code blocks of a processor have virtual paths; imports resolve from the file that is on disk. */
function pathOf(context: Rule.RuleContext): string {
  return resolve(context.cwd, context.physicalFilename || context.filename);
}

/** One file, as ESLint lints it: what the rules ask of it, each once. */
interface Lint {
  readonly sourceCode: object;
  readonly text: string;
  readonly cwd: string;
  readonly filename: string;
  readonly path: () => string;
  readonly project: () => Project;
  readonly asked: Set<AnyDefinition>;
}

/** The last one: all rules are asked for a file before the next one comes. ESLint keeps its source code as well. */
let last: Lint | undefined;

/** ESLint has a `sourceCode` for each lint, Oxlint one for all of them: there the next lint is known by its text, its path, or a rule that asks again. */
function lintOf(context: Rule.RuleContext, definition: AnyDefinition, open: OpenProject): Lint {
  const { cwd, physicalFilename, sourceCode } = context;
  const filename = physicalFilename || context.filename;
  // The text comes first: Oxlint makes the AST when `ast` is touched.
  const { text } = sourceCode;
  if (
    last?.sourceCode !== sourceCode ||
    last.text !== text ||
    last.filename !== filename ||
    last.cwd !== cwd ||
    // Its settings may be others then as well.
    last.asked.has(definition)
  )
    last = createLint(context, text, filename, open);
  last.asked.add(definition);
  return last;
}

function createLint(
  { cwd, settings, sourceCode }: Rule.RuleContext,
  text: string,
  filename: string,
  open: OpenProject,
): Lint {
  let path: string | undefined;
  let project: Project | undefined;
  const pathOfLint = () => (path ??= resolve(cwd, filename));
  return {
    sourceCode,
    text,
    cwd,
    filename,
    path: pathOfLint,
    project: () => (project ??= open({ cwd, settings, path: pathOfLint() })),
    asked: new Set(),
  };
}
