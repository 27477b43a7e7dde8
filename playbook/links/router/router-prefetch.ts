/** `router.prefetch('/sign-out')`: the same mistake as a link, by hand; also through a function that does it. */
import type { TSESTree } from '@typescript-eslint/types';
import { onceFor } from '../../../analysis/once.ts';
import {
  type FunctionNode,
  type Node,
  contains,
  enclosingFunction,
  hasNode,
  isFunction,
  propertyName,
  nodesOf,
  unwrap,
} from '../../../analysis/syntax/ast.ts';
import type { Located } from '../../../analysis/syntax/bindings/definitions.ts';
import { importsOf } from '../../../analysis/syntax/bindings/imports.ts';
import { declarationOf } from '../../../analysis/syntax/bindings/declarations.ts';
import { iterationBy, readsOfFunction } from '../../../analysis/values/iterations.ts';
import { variableOf } from '../../../analysis/syntax/bindings/scopes.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import { type FunctionValue, type Value, alternativesOf } from '../../../analysis/values/values.ts';
import type { Project } from '../../../project/project.ts';
import { type HrefPath, holdsPath, holdsText, hrefPathsOf } from '../hrefs.ts';
import type { Run } from '../run.ts';
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

/** The calls in a file that fetch a wanted path through a router of Next.js, of those in which one may be. */
export function routerPrefetchesIn(file: SourceFile, all: Run, mayHold: (node: Node) => boolean): RouterPrefetch[] {
  if (!mayFetch(file, all.project)) return [];
  return callsIn(file).flatMap((call) => {
    if (!mayHold(call)) return [];
    const located: Call = { file, node: call };
    const rounds = all.rounds(located);
    const paths = rounds.flatMap((run) => pathsOfCall(located, run, MAX_HOPS));
    if (paths.length === 0) return [];
    if (fetches(located, all)) {
      // What stands behind the path says how to fetch it.
      const isMixed = rounds.some((run) =>
        givenBy(located, run).some(([target]) => !target || holdsOthers(target, run)),
      );
      return [
        isMixed
          ? { call, paths, unfixable: 'the call fetches other paths as well; leave this one out by hand' }
          : { call, paths },
      ];
    }
    if (onlyFetches(located, all)) return [{ call, paths }];
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

/** The calls of a file that are given something which may be a path. */
const callsIn = onceFor(({ ast }: SourceFile): readonly TSESTree.CallExpression[] =>
  nodesOf(ast, 'CallExpression').filter((node) => node.arguments.some(mayHoldPath)),
);

const PATHS = new Set([
  'ArrayExpression',
  'CallExpression',
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

/** Whether a call is one of a router's `prefetch` itself, or of a router that the function around it is given in a run. */
function fetches(call: Call, { frame, evaluator, project }: Run): boolean {
  const { file } = call;
  const callee = unwrap(calledBy(call).callee);
  if (callee.type === 'MemberExpression') {
    if (propertyName(callee) !== 'prefetch') return false;
    if (isRouterPrefetch({ file, node: callee }, project)) return true;
    const given = frame && evaluator.evaluate({ file, node: callee }, frame);
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
function pathsOfCall(call: Call, run: Run, hops: number): HrefPath[] {
  const isFetching = fetches(call, run);
  const functions = isFetching || hops === 0 ? [] : fetchersCalledBy(call, run);
  if (!isFetching && functions.length === 0) return [];
  const given = givenBy(call, run).filter((values) => values.some((value) => holdsPath(value, run.isWanted)));
  if (given.length === 0 || !isReached(call, run, MAX_HOPS)) return [];
  if (isFetching) return given.flatMap(([target]) => (target ? run.wantedPathsOf(target) : []));
  return functions.flatMap((callee) => given.flatMap((args) => pathsInside(callee, args, run, hops)));
}

/** Whether a place is reached, and the functions around it are used somewhere that is: `onMouseEnter={isEager ? warm : undefined}`. */
function isReached({ file, node }: Located, run: Run, hops: number): boolean {
  if (!run.isReached({ file, node })) return false;
  for (let owner = enclosingFunction(node); owner && owner !== run.frame?.code; owner = enclosingFunction(owner)) {
    if (hops > 0 && !isUsedFunction({ file, node: owner }, run, hops)) return false;
  }
  return true;
}

/** Whether a function is named somewhere that is reached, if it is named anywhere. A component or a hook is asked about by its own uses. */
function isUsedFunction({ file, node: owner }: Located<FunctionNode>, run: Run, hops: number): boolean {
  const reads = readsOfFunction(file, owner).filter((read) => !contains(owner, read));
  if (reads.length === 0 || reads.some(({ type }) => type === 'JSXIdentifier')) return true;
  return reads.some((read) => isReached({ file, node: read }, run, hops - 1));
}

/** The functions of the project that a call may call, as far as they may fetch what they are given. */
function fetchersCalledBy(call: Call, run: Run): FunctionValue[] {
  return alternativesOf(run.valueOf({ file: call.file, node: calledBy(call).callee })).filter(
    (value): value is FunctionValue => value.type === 'function' && PREFETCH.test(value.from.file.text),
  );
}

/** Whether a call of a function of the project does nothing but to fetch wanted paths: such a call may go. */
function onlyFetches(call: Call, run: Run): boolean {
  const isOther = (text: Value): boolean => !hrefPathsOf(text).every(run.isWanted);
  if (givenBy(call, run).some((values) => values.some((value) => holdsText(value, isOther)))) return false;
  return alternativesOf(run.valueOf({ file: call.file, node: calledBy(call).callee })).every((callee) => {
    if (callee.type !== 'function') return false;
    const {
      from: { file },
      node: code,
    } = callee;
    return !hasNode(code, (node) => {
      if (node.type !== 'CallExpression') return false;
      const name = unwrap(node.callee);
      const isHook = name.type === 'Identifier' && /^use[A-Z]/u.test(name.name);
      return !isHook && !node.arguments.some(iterationBy) && !fetches({ file, node }, run);
    });
  });
}

/** Whether a value may be something else than a wanted path. */
function holdsOthers(target: Value, { isWanted }: Run): boolean {
  return alternativesOf(target).some((value) => {
    const paths = hrefPathsOf(value);
    return paths.length === 0 || !paths.every(isWanted);
  });
}

/** The arguments of a call, or of each call that an iteration makes. */
function givenBy(call: Call, run: Run): (readonly Value[])[] {
  const { file, node } = call;
  const { items } = calledBy(call);
  if (!items) return [node.arguments.map((argument) => run.valueOf({ file, node: argument }))];
  return alternativesOf(run.valueOf({ file, node: items })).flatMap((list) =>
    list.type === 'array' ? list.items.map(({ value }) => [value]) : [],
  );
}

/** The wanted paths that a component fetches because of its props: `<Warm path="/sign-out" />`. */
export function fetchedBy(component: Located<FunctionNode>, props: Value, run: Run): HrefPath[] {
  if (!PREFETCH.test(component.file.text)) return [];
  const { node } = component;
  return pathsInside({ type: 'function', node, frame: undefined, from: component }, [props], run, MAX_HOPS);
}

/** The paths that a function fetches because of what it is given. Others are reported where they stand. */
function pathsInside(
  { frame: upper, from: { file }, node: code }: FunctionValue,
  args: readonly Value[],
  run: Run,
  hops: number,
): HrefPath[] {
  return callsIn(file)
    .filter((one) => contains(code, one))
    .flatMap((node) => {
      const pathsIn = (outer: Run): HrefPath[] =>
        outer.rounds({ file, node }).flatMap((inner) => pathsOfCall({ file, node }, inner, hops - 1));
      const paths = pathsIn(run.within({ code, args, upper }));
      if (paths.length === 0) return [];
      const own = new Set(pathsIn(run.always).map(({ pathname }) => pathname));
      return paths.filter(({ pathname }) => !own.has(pathname));
    });
}
