/**
 * What a sink is given, deployment by deployment, through the project's own wrappers around it.
 *
 * A deployment is an environment for the evaluator, not a filter over values with conditions: in an environment every operator has an
 * answer (`HOSTS[process.env.VERCEL_ENV]`, `new URL()` that throws, the text of an unset variable), where a condition over texts that are not
 * known would have to stay open. All files, rules and edits that ask about one deployment share its evaluator, and each use is
 * evaluated there once.
 */
import type { TSESTree } from '@typescript-eslint/types';
import { onceForBoth } from '../../../analysis/once.ts';
import { isReachable } from '../../../analysis/flow/flow-values.ts';
import { type FunctionNode, unwrap } from '../../../analysis/syntax/ast.ts';
import { type Definition, type Located, definitionOf } from '../../../analysis/syntax/bindings/definitions.ts';
import type { ModuleLoader } from '../../../analysis/syntax/bindings/modules.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import type { Evaluator } from '../../../analysis/values/evaluate.ts';
import {
  type Frame,
  type Value,
  alternativesOf,
  literal,
  oneOf,
  propertyOf,
  unknown,
} from '../../../analysis/values/values.ts';
import type { Project } from '../../../project/project.ts';
import { type ShownHosting, hostingShown } from '../hosting/hosting.ts';
import type { Assumptions, Deployment, Others } from './deployments.ts';
import { evaluatorUnder } from './interpret.ts';
import { type RedirectUri, redirectUrisIn } from './redirect-uri.ts';
import type { Sink } from './sinks.ts';

/** Where a sink is reached. */
interface SinkPlace {
  readonly sink: Sink;
  /** The call of the project's own wrapper around the sink; undefined where the sink needs none. */
  readonly through?: { readonly wrapper: FunctionNode; readonly call: Located<TSESTree.CallExpression> };
  /** A wrapper that no call in sight gives anything: what its parameters are by default. */
  readonly byDefault?: FunctionNode;
  /** The call of the wrapper, or the sink itself: in the file that is asked about. */
  readonly site: Located;
}

/** What a preview sends. */
export interface PreviewSent {
  readonly uri: RedirectUri;
  /** False where a variable of the project's own, when it is set, decides otherwise. */
  readonly always: boolean;
}

/** A sink as one caller reaches it, and what is sent there. */
export class SinkUse {
  readonly sink: Sink;
  readonly byDefault: FunctionNode | undefined;
  readonly site: Located;
  readonly project: Project;
  readonly #through: SinkPlace['through'];
  readonly #known = new Map<string, readonly RedirectUri[]>();

  constructor({ byDefault, sink, site, through }: SinkPlace, project: Project) {
    this.sink = sink;
    this.byDefault = byDefault;
    this.site = site;
    this.project = project;
    this.#through = through;
  }

  /** The file that is asked about. */
  get file(): SourceFile {
    return this.site.file;
  }

  /** Where the app runs, as far as the file and its project show it. */
  get hosting(): ShownHosting {
    return hostingShown(this.file, this.project);
  }

  /** Whether the sink may be given nothing, and takes AuthKit's variable then. */
  get isOptional(): boolean {
    return (this.sink.kind === 'proxy' || this.sink.kind === 'sign-in') && !this.sink.isRequired;
  }

  /** What is sent on a deployment: one entry for each alternative. Never empty. */
  sentOn(deployment: Deployment, others: Others = 'any', nodeEnv?: 'development'): readonly RedirectUri[] {
    const assumptions = { deployment, others, ...(nodeEnv && { nodeEnv }) };
    const key = keyOf(assumptions);
    let uris = this.#known.get(key);
    if (!uris) this.#known.set(key, (uris = redirectUrisIn(this.valueBy(this.#evaluator(assumptions)))));
    return uris;
  }

  /** Whether code comes to the place on a deployment. */
  isReached(deployment: Deployment, others: Others = 'any'): boolean {
    return isReachable(this.evaluatorOn(deployment, others), this.site);
  }

  /** For questions about the code around the place. */
  evaluatorOn(deployment: Deployment, others: Others = 'any'): Evaluator {
    return this.#evaluator({ deployment, others });
  }

  /**
   * What a preview sends, when that is one host: whatever the project's own variables are, or when they are unset, and only then. (What may
   * be sent although they are set is behind some other test, and no one knows how that comes out on a preview.)
   */
  sentOnPreview(): PreviewSent | undefined {
    const always = onlyHost(this.sentOn('preview'));
    if (always) return { uri: always, always: true };
    // An app that does without AuthKit where its variables are missing sends nothing then.
    const uri = this.isReached('preview', 'unset') ? onlyHost(this.sentOn('preview', 'unset')) : undefined;
    return uri && !this.sentOn('preview', 'set').some((other) => isSameHost(uri, other))
      ? { uri, always: false }
      : undefined;
  }

  /** The property that holds the option, where the options object is written; undefined when it is not one place. */
  optionProperty(): Located | undefined {
    const options = this.options();
    const property =
      options?.type === 'object' && this.sink.kind !== 'variable' ? propertyOf(options, this.sink.option) : undefined;
    return typeof property === 'object' ? property.node : undefined;
  }

  /** The options of the call on a preview. */
  options(): Value | undefined {
    const { sink } = this;
    return sink.kind === 'variable' || !sink.options ? undefined : this.evaluatorOn('preview').evaluate(sink.options);
  }

  /** The value of the option, for an evaluator. */
  valueBy(evaluator: Evaluator): Value {
    return valueIn(this.sink, evaluator, this.#frame(evaluator));
  }

  #frame(evaluator: Evaluator): Frame | undefined {
    if (this.byDefault) return { code: this.byDefault, args: [], upper: undefined };
    if (!this.#through) return undefined;
    const { call, wrapper } = this.#through;
    const args = call.node.arguments.map((argument) => evaluator.evaluate({ file: call.file, node: argument }));
    return { code: wrapper, args, upper: undefined };
  }

  #evaluator(assumptions: Assumptions): Evaluator {
    const known = evaluatorsOf(this.file, this.project);
    const key = keyOf(assumptions);
    let evaluator = known.get(key);
    if (!evaluator) known.set(key, (evaluator = evaluatorUnder(assumptions, this.project)));
    return evaluator;
  }
}

const keyOf = ({ deployment, nodeEnv, others }: Assumptions): string => [deployment, others, nodeEnv].join(' ');

/** The evaluators for all questions about a file, by what they assume. */
const evaluatorsOf = onceForBoth((_file: SourceFile, _project: Project) => new Map<string, Evaluator>());

function valueIn(sink: Sink, evaluator: Evaluator, frame: Frame | undefined): Value {
  if (sink.kind === 'variable') return evaluator.evaluate(sink.value, frame);
  const site: Located = { file: sink.file, node: sink.node };
  if (!sink.options) return literal(undefined, site);
  const values = alternativesOf(evaluator.evaluate(sink.options, frame)).map((options): Value => {
    if (options.type === 'literal') return literal(undefined, site);
    if (options.type !== 'object')
      return unknown(options.from, options.type === 'unknown' ? options.definition : undefined);
    const property = propertyOf(options, sink.option);
    if (property === 'absent') return literal(undefined, site);
    const hidden = (): Value => unknown(options.from, spreadParameter(options.from, evaluator.options.loader));
    if (!property) return hidden();
    return property.certain ? property.value : oneOf([property.value, hidden()], options.from);
  });
  return oneOf(values, site);
}

/** The parameter that is spread into the options last: `{ eagerAuth: true, ...options }`. */
function spreadParameter({ file, node }: Located, loader: ModuleLoader): Definition | undefined {
  if (node.type !== 'ObjectExpression') return undefined;
  const definitions = node.properties.flatMap((one) =>
    one.type === 'SpreadElement' ? [definitionOf({ file, node: unwrap(one.argument) }, loader)] : [],
  );
  return definitions.findLast(({ kind }) => kind === 'parameter');
}

/** The one host that all alternatives agree on: with its scheme, where one of them has it (`host.startsWith('http') ? host : …`). */
export function onlyHost(alternatives: readonly RedirectUri[]): RedirectUri | undefined {
  const [first, ...others] = alternatives;
  if (!first || !others.every((other) => isSameHost(first, other))) return undefined;
  return alternatives.find(({ scheme }) => scheme !== undefined) ?? first;
}

function isSameHost({ host: a }: RedirectUri, { host: b }: RedirectUri): boolean {
  // Of the developer's machine the port alone may differ.
  if (a.kind === 'literal') return b.kind === 'literal' && a.host === b.host;
  return a.kind === b.kind && (a.kind !== 'variable' || (b.kind === 'variable' && a.name === b.name));
}
