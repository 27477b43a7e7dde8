/** Asks the evaluator what a sink gets on a deployment, through the project's own wrappers around it. */
import type { TSESTree } from '@typescript-eslint/types';
import { type FunctionNode, type Node, isFunction, unwrap } from '../../../analysis/syntax/ast.ts';
import { type Definition, type Located, definitionOf, importsOf } from '../../../analysis/syntax/bindings.ts';
import { type Evaluator, createEvaluator } from '../../../analysis/values/evaluate.ts';
import type { ModuleLoader } from '../../../analysis/syntax/modules.ts';
import { readsOf, variableOf } from '../../../analysis/syntax/scopes.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import {
  type Frame,
  type Value,
  alternativesOf,
  literal,
  oneOf,
  propertyOf,
  unknown,
} from '../../../analysis/values/values.ts';
import { interpretUnder } from './interpret.ts';
import { isRequestParameter } from './request.ts';
import { type RedirectUri, redirectUrisIn } from './redirect-uri.ts';
import { type Sink, sinkNamed, sinksOf } from './sinks.ts';
import { type Assumptions, environmentUnder } from './deployments.ts';

/** A sink as one caller reaches it. */
export interface SinkUse {
  readonly sink: Sink;
  /** The call of the project's own wrapper around the sink; undefined where the sink needs none. */
  readonly through?: { readonly wrapper: FunctionNode; readonly call: Located<TSESTree.CallExpression> };
  /** A wrapper that no call in sight gives anything: what its parameters are by default. */
  readonly byDefault?: FunctionNode;
  /** The call of the wrapper, or the sink itself. */
  readonly site: Located;
}

const evaluators = new WeakMap<SourceFile, Map<string, Evaluator>>();

/** The evaluator under some assumptions, for all questions about one file. */
export function evaluatorFor(file: SourceFile, loader: ModuleLoader, assumptions: Assumptions): Evaluator {
  const known = evaluators.get(file) ?? new Map<string, Evaluator>();
  evaluators.set(file, known);
  const key = `${assumptions.deployment} ${assumptions.others} ${assumptions.nodeEnv ?? ''}`;
  const found = known.get(key);
  if (found?.options.loader === loader) return found;
  const made = createEvaluator({
    loader,
    environment: environmentUnder(assumptions),
    interpret: interpretUnder(assumptions),
  });
  known.set(key, made);
  return made;
}

/** What the sink gets: one entry an alternative. Never empty. */
export function redirectUrisOf(
  use: SinkUse,
  file: SourceFile,
  loader: ModuleLoader,
  assumptions: Assumptions,
): readonly RedirectUri[] {
  return redirectUrisIn(evaluateUse(use, evaluatorFor(file, loader, assumptions)));
}

/** The value of the option at a use. */
export function evaluateUse(use: SinkUse, evaluator: Evaluator): Value {
  return valueIn(use, evaluator, frameOf(use, evaluator));
}

function frameOf({ byDefault, through }: SinkUse, evaluator: Evaluator): Frame | undefined {
  if (byDefault) return { code: byDefault, args: [], upper: undefined };
  if (!through) return undefined;
  const { call, wrapper } = through;
  const args = call.node.arguments.map((argument) => evaluator.evaluate({ file: call.file, node: argument }));
  return { code: wrapper, args, upper: undefined };
}

function valueIn({ sink }: SinkUse, evaluator: Evaluator, frame: Frame | undefined): Value {
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

/** The property that holds the option, where the options object is written; undefined when it is not one place. */
export function optionProperty({ sink }: SinkUse, file: SourceFile, loader: ModuleLoader): Located | undefined {
  if (sink.kind === 'variable' || !sink.options) return undefined;
  const options = evaluatorFor(file, loader, { deployment: 'preview', others: 'any' }).evaluate(sink.options);
  const property = options.type === 'object' ? propertyOf(options, sink.option) : undefined;
  return typeof property === 'object' ? property.node : undefined;
}

const cache = new WeakMap<SourceFile, WeakMap<ModuleLoader, readonly SinkUse[]>>();

/** Every use of the sinks of a file, and of those in wrappers of other project files that this file calls. */
export function usesIn(file: SourceFile, loader: ModuleLoader): readonly SinkUse[] {
  const known = cache.get(file)?.get(loader);
  if (known) return known;
  const own = sinksOf(file, loader).flatMap((sink): SinkUse[] => {
    const direct: SinkUse = { sink, site: { file, node: sink.node } };
    const wrapper = wrapperOf(direct, file, loader);
    const calls = wrapper ? callsOf(wrapper, file) : [];
    if (!wrapper) return [direct];
    if (calls.length > 0) return calls.map((call) => ({ sink, through: { wrapper, call }, site: call }));
    const alone: SinkUse = { ...direct, byDefault: wrapper };
    const isTold = redirectUrisOf(alone, file, loader, { deployment: 'preview', others: 'any' }).every(
      ({ host }) => host.kind !== 'absent' && host.kind !== 'unknown',
    );
    return [isTold ? alone : direct];
  });
  const uses = [...own, ...usesOfImportedWrappers(file, loader)];
  const byLoader = cache.get(file) ?? new WeakMap<ModuleLoader, readonly SinkUse[]>();
  cache.set(file, byLoader.set(loader, uses));
  return uses;
}

/** The function around the sink whose parameter decides what is sent. */
function wrapperOf(use: SinkUse, file: SourceFile, loader: ModuleLoader): FunctionNode | undefined {
  const around = functionsAround(use.sink.node);
  if (around.length === 0) return undefined;
  // A guard may keep the parameter to production.
  const sent = (['preview', 'production'] as const).flatMap((deployment) =>
    redirectUrisOf(use, file, loader, { deployment, others: 'any' }),
  );
  for (const definition of sent.flatMap(({ value }) => definitionsIn(value))) {
    // Which request it is no caller in the text tells.
    if (definition.kind === 'parameter' && around.includes(definition.function) && !isRequestParameter(definition))
      return definition.function;
  }
  return undefined;
}

function definitionsIn(value: Value): Definition[] {
  if (value.type === 'unknown') return [value.definition];
  const parts = value.type === 'text' ? value.parts : value.type === 'url' ? value.href.parts : [];
  return parts.flatMap((part) => (part.kind === 'unknown' ? [part.value.definition] : []));
}

function functionsAround(node: Node): FunctionNode[] {
  const around: FunctionNode[] = [];
  for (let current = node.parent; current; current = current.parent) if (isFunction(current)) around.push(current);
  return around;
}

/** The calls of a function in its own file. */
function callsOf(wrapper: FunctionNode, file: SourceFile): Located<TSESTree.CallExpression>[] {
  const { id, parent } = wrapper;
  const name = id ?? (parent.type === 'VariableDeclarator' && parent.id.type === 'Identifier' ? parent.id : undefined);
  const variable = name && variableOf(file, name);
  return variable ? readsOf(variable).flatMap((read) => callAt(file, read)) : [];
}

function callAt(file: SourceFile, callee: Node): Located<TSESTree.CallExpression>[] {
  const node = callee.parent;
  return node?.type === 'CallExpression' && unwrap(node.callee) === callee ? [{ file, node }] : [];
}

// Only a call that is given something like a redirect URI makes the module of its function be parsed.
const LIKE_REDIRECT_URI = /redirectUri|returnTo|baseURL|https?:|origin|VERCEL_|[Cc]allback/u;

function usesOfImportedWrappers(file: SourceFile, loader: ModuleLoader): SinkUse[] {
  return importsOf(file)
    .filter(({ name }) => name !== '*')
    .flatMap(({ variable }) => readsOf(variable).flatMap((read) => callAt(file, read)))
    .flatMap((call): SinkUse[] => {
      const { callee, range } = call.node;
      if (!LIKE_REDIRECT_URI.test(file.text.slice(callee.range[1], range[1]))) return [];
      const target = definitionOf({ file, node: callee }, loader);
      // AuthKit's own function, handed on by the project under another name.
      const isFound = sinksOf(file, loader).some(({ node }) => node === call.node);
      const renamed = isFound ? undefined : sinkNamed(target, file, call.node);
      if (renamed) return [{ sink: renamed, site: call }];
      if (target.kind !== 'value' || target.path.length > 0 || !isFunction(target.node) || target.file === file)
        return [];
      const wrapper = target.node;
      return sinksOf(target.file, loader)
        .filter((sink) => wrapperOf({ sink, site: call }, file, loader) === wrapper)
        .map((sink) => ({ sink, through: { wrapper, call }, site: call }));
    });
}
