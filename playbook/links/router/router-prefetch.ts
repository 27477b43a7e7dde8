/** `router.prefetch('/sign-out')`: the same mistake as a link, by hand; also through a function that does it. */
import type { TSESTree } from '@typescript-eslint/types';
import {
  type FunctionNode,
  type Node,
  contains,
  enclosingFunction,
  hasNode,
  isFunction,
  propertyName,
  unwrap,
  walk,
} from '../../../analysis/syntax/ast.ts';
import type { Located } from '../../../analysis/syntax/bindings/definitions.ts';
import { importsOf } from '../../../analysis/syntax/bindings/imports.ts';
import { declarationOf } from '../../../analysis/syntax/bindings/declarations.ts';
import { isReachable } from '../../../analysis/flow/flow-values.ts';
import type { Evaluator } from '../../../analysis/values/evaluate.ts';
import { iterationBy, readsOfFunction, roundsOf } from '../../../analysis/values/iterations.ts';
import { variableOf } from '../../../analysis/syntax/bindings/scopes.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import { type Frame, type FunctionValue, type Value, alternativesOf } from '../../../analysis/values/values.ts';
import type { Project } from '../../../project/project.ts';
import { type LinkQuestion, MAX_NESTING, hasWanted } from '../links.ts';
import { type HrefPath, hrefPathsOf } from '../hrefs.ts';
import { isRouterPrefetch, isRouterPrefetchBy } from './routers.ts';

export interface RouterPrefetch {
  readonly call: TSESTree.CallExpression;
  /** The wanted paths that it fetches. */
  readonly paths: readonly HrefPath[];
  /** Why the call cannot be removed. */
  readonly unfixable?: string;
}

/** Functions that hand a path on to one another. */
const MAX_HOPS = 3;

type Call = Located<TSESTree.CallExpression>;

/** The calls in a file that fetch a wanted path through a router of Next.js. */
export function routerPrefetchesIn(file: SourceFile, question: LinkQuestion): RouterPrefetch[] {
  if (!mayFetch(file, question.project)) return [];
  return callsIn(file).flatMap((call) => {
    const located: Call = { file, node: call };
    const rounds = roundsOf(question.evaluator, located);
    const paths = rounds.flatMap((run) => pathsOfCall(located, run, question, MAX_HOPS));
    if (paths.length === 0) return [];
    if (fetches(located, question)) {
      // What stands behind the path says how to fetch it.
      const isMixed = rounds.some((run) =>
        givenBy(located, run, question).some(([target]) => !target || holdsOthers(target, question)),
      );
      return [
        isMixed
          ? { call, paths, unfixable: 'the call fetches other paths as well; leave this one out by hand' }
          : { call, paths },
      ];
    }
    if (onlyFetches(located, question)) return [{ call, paths }];
    return [
      {
        call,
        paths,
        unfixable: 'the call hands more than this path on, or more is done with it; leave the path out by hand',
      },
    ];
  });
}

const PREFETCH = /\bprefetch\b|Prefetch/u;

/** Whether a file, or one that it imports a function from, has a word for it: to ask of every path what it leads to would be expensive. */
function mayFetch(file: SourceFile, project: Project): boolean {
  if (PREFETCH.test(file.text)) return true;
  return importsOf(file).some(({ module }) => {
    const path = project.resolve(module, file.path);
    return path !== undefined && PREFETCH.test(project.facts.text(path) ?? '');
  });
}

const cache = new WeakMap<SourceFile, readonly TSESTree.CallExpression[]>();

/** The calls of a file that are given something which may be a path. */
function callsIn(file: SourceFile): readonly TSESTree.CallExpression[] {
  let calls = cache.get(file);
  if (!calls) {
    const found: TSESTree.CallExpression[] = [];
    walk(file.ast, (node) => {
      if (node.type === 'CallExpression' && node.arguments.some(mayHoldPath)) found.push(node);
    });
    cache.set(file, (calls = found));
  }
  return calls;
}

const PATHS = new Set([
  'ArrayExpression',
  'ConditionalExpression',
  'Identifier',
  'Literal',
  'LogicalExpression',
  'MemberExpression',
  'ObjectExpression',
  'TemplateLiteral',
]);
const mayHoldPath = (argument: Node): boolean =>
  PATHS.has(unwrap(argument).type) || unwrap(argument).type === 'BinaryExpression';

/** What a call calls: `warm` of `warm(path)`, and of `paths.forEach(warm)`. */
function calledBy({ node }: Call): { callee: Node; items?: Node } {
  const [first] = node.arguments;
  const iteration = first && !isFunction(first) ? iterationBy(first) : undefined;
  return first && iteration ? { callee: first, items: iteration.items } : { callee: node.callee };
}

/** Whether a call is one of a router's `prefetch` itself, or, in a run, of a router that the function around it is given. */
function fetches(call: Call, { evaluator, project }: LinkQuestion, run?: Frame): boolean {
  const { file } = call;
  const callee = unwrap(calledBy(call).callee);
  if (callee.type === 'MemberExpression') {
    if (propertyName(callee) !== 'prefetch') return false;
    if (isRouterPrefetch({ file, node: callee }, project)) return true;
    const given = run && evaluator.evaluate({ file, node: callee }, run);
    return given?.type === 'unknown' && isRouterPrefetchBy(given.definition, project);
  }
  // const { prefetch: warm } = useRouter(); no file exports one.
  const variable =
    callee.type === 'Identifier' && /\bprefetch\b/u.test(file.text) ? variableOf(file, callee) : undefined;
  return (
    variable !== undefined &&
    declarationOf(variable).kind !== 'import' &&
    isRouterPrefetch({ file, node: callee }, project)
  );
}

/** The wanted paths that a call fetches, itself or through the function that it calls. */
function pathsOfCall(call: Call, run: Frame | undefined, question: LinkQuestion, hops: number): HrefPath[] {
  const { evaluator, isWanted } = question;
  const isFetching = fetches(call, question, run);
  const functions = isFetching || hops === 0 ? [] : fetchersCalledBy(call, run, question);
  if (!isFetching && functions.length === 0) return [];
  const given = givenBy(call, run, question).filter((values) =>
    values.some((value) => hasWanted(value, isWanted, MAX_NESTING)),
  );
  if (given.length === 0 || !isReached(evaluator, call, run, MAX_HOPS)) return [];
  if (isFetching) return given.flatMap(([target]) => (target ? hrefPathsOf(target).filter(isWanted) : []));
  return functions.flatMap((callee) => given.flatMap((args) => pathsInside(callee, args, question, hops)));
}

/** Whether a place is reached, and the functions around it are used somewhere that is: `onMouseEnter={isEager ? warm : undefined}`. */
function isReached(evaluator: Evaluator, { file, node }: Located, frame: Frame | undefined, hops: number): boolean {
  if (!isReachable(evaluator, { file, node }, frame)) return false;
  for (let owner = enclosingFunction(node); owner && owner !== frame?.code; owner = enclosingFunction(owner)) {
    if (hops > 0 && !isUsedFunction(evaluator, { file, node: owner }, frame, hops)) return false;
  }
  return true;
}

/** Whether a function is named somewhere that is reached, if it is named anywhere. A component or a hook is asked about by its own uses. */
function isUsedFunction(
  evaluator: Evaluator,
  { file, node: owner }: Located<FunctionNode>,
  frame: Frame | undefined,
  hops: number,
): boolean {
  const reads = readsOfFunction(file, owner).filter((read) => !contains(owner, read));
  if (reads.length === 0 || reads.some(({ type }) => type === 'JSXIdentifier')) return true;
  return reads.some((read) => isReached(evaluator, { file, node: read }, frame, hops - 1));
}

/** The functions of the project that a call may call, as far as they may fetch what they are given. */
function fetchersCalledBy(call: Call, run: Frame | undefined, { evaluator }: LinkQuestion): FunctionValue[] {
  const target = evaluator.evaluate({ file: call.file, node: calledBy(call).callee }, run);
  return alternativesOf(target).filter(
    (value): value is FunctionValue => value.type === 'function' && PREFETCH.test(value.from.file.text),
  );
}

/** Whether a call of a function of the project does nothing but to fetch wanted paths: such a call may go. */
function onlyFetches(call: Call, question: LinkQuestion): boolean {
  const { evaluator, isWanted } = question;
  const texts = givenBy(call, undefined, question)
    .flat()
    .flatMap((value) => textsIn(value, MAX_NESTING));
  if (texts.some((text) => !hrefPathsOf(text).every(isWanted))) return false;
  const target = evaluator.evaluate({ file: call.file, node: calledBy(call).callee });
  return alternativesOf(target).every((callee) => {
    if (callee.type !== 'function') return false;
    const {
      from: { file },
      node: code,
    } = callee;
    return !hasNode(code, (node) => {
      if (node.type !== 'CallExpression') return false;
      const name = unwrap(node.callee);
      const isHook = name.type === 'Identifier' && /^use[A-Z]/u.test(name.name);
      return !isHook && !node.arguments.some(iterationBy) && !fetches({ file, node }, question);
    });
  });
}

/** Whether a value may be something else than a wanted path. */
function holdsOthers(target: Value, { isWanted }: LinkQuestion): boolean {
  return alternativesOf(target).some((value) => {
    const paths = hrefPathsOf(value);
    return paths.length === 0 || !paths.every(isWanted);
  });
}

function textsIn(value: Value, depth: number): Value[] {
  if (depth === 0) return [];
  return alternativesOf(value).flatMap((one): Value[] => {
    if (one.type === 'object')
      return [...one.properties.values()].flatMap((property) => textsIn(property.value, depth - 1));
    if (one.type === 'array') return one.items.flatMap((item) => textsIn(item.value, depth - 1));
    return one.type === 'text' || one.type === 'url' ? [one] : [];
  });
}

/** The arguments of a call, or of each call that an iteration makes. */
function givenBy(call: Call, run: Frame | undefined, { evaluator }: LinkQuestion): (readonly Value[])[] {
  const { file, node } = call;
  const { items } = calledBy(call);
  if (!items) return [node.arguments.map((argument) => evaluator.evaluate({ file, node: argument }, run))];
  return alternativesOf(evaluator.evaluate({ file, node: items }, run)).flatMap((list) =>
    list.type === 'array' ? list.items.map(({ value }) => [value]) : [],
  );
}

/** The wanted paths that a component fetches because of its props: `<Warm path="/sign-out" />`. */
export function fetchedBy(component: Located<FunctionNode>, props: Value, question: LinkQuestion): HrefPath[] {
  if (!PREFETCH.test(component.file.text)) return [];
  return pathsInside(
    { type: 'function', node: component.node, frame: undefined, from: component },
    [props],
    question,
    MAX_HOPS,
  );
}

/** The paths that a function fetches because of what it is given. Others are reported where they stand. */
function pathsInside(
  { frame: upper, from: { file }, node: code }: FunctionValue,
  args: readonly Value[],
  question: LinkQuestion,
  hops: number,
): HrefPath[] {
  const frame: Frame = { code, args, upper };
  return callsIn(file)
    .filter((one) => contains(code, one))
    .flatMap((one) => {
      const call: Call = { file, node: one };
      const paths = roundsOf(question.evaluator, call, frame).flatMap((run) =>
        pathsOfCall(call, run, question, hops - 1),
      );
      if (paths.length === 0) return [];
      const own = new Set(
        roundsOf(question.evaluator, call)
          .flatMap((run) => pathsOfCall(call, run, question, hops - 1))
          .map(({ pathname }) => pathname),
      );
      return paths.filter(({ pathname }) => !own.has(pathname));
    });
}
