/** Where a bridge runs: only while the provider that is given its hook is mounted, which a component may leave out as long as there is no token. */
import { dirname } from 'node:path';
import type { TSESTree } from '@typescript-eslint/types';
import {
  type FunctionNode,
  type Node,
  attributeNamed,
  enclosingFunction,
  ownNodesOf,
} from '../../../analysis/syntax/ast.ts';
import { importsOf } from '../../../analysis/syntax/bindings/imports.ts';
import { readsOf } from '../../../analysis/syntax/bindings/scopes.ts';
import { functionName } from '../../../analysis/syntax/functions.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import type { Ref } from '../../../analysis/flow/calls/call-contexts.ts';
import { type World, truthIn } from '../../../analysis/flow/conditions.ts';
import { type Assumptions, mayRun } from '../../../analysis/flow/reachability.ts';
import { perProject } from '../../../project/memos/per-project.ts';
import { nearestPackage } from '../../../project/modules/packages.ts';
import type { Project } from '../../../project/project.ts';
import { runningFilesBelow } from '../../../project/modules/source-files.ts';
import { libraryOf, usesOf } from '../../libraries/index.ts';
import { conditionOf, readerFor } from '../values/read-condition.ts';
import { type Origin, calleesOf } from '../values/trace.ts';
import type { Bridge } from './bridge.ts';

/** More files than these are not looked at. */
const MAX_FILES = 5_000;
const PROVIDER = /\bConvexProviderWithAuth/u;

/** The files of a package that may mount Convex's provider, by path. */
const providerFiles = perProject('token providers', ({ facts }, root: string): readonly string[] =>
  [...runningFilesBelow(root, facts, MAX_FILES)].filter((path) => PROVIDER.test(facts.text(path) ?? '')),
);

/** The text of a file that is under edit differs from what other files import. */
function isSame(one: FunctionNode, other: FunctionNode): boolean {
  const name = functionName(one)?.name;
  return name === undefined ? one.range[0] === other.range[0] : name === functionName(other)?.name;
}

interface Mounted {
  readonly file: SourceFile;
  readonly element: TSESTree.JSXOpeningElement;
}

/** The elements of Convex's provider that are given a bridge's hook; undefined where another one may be given it. */
function elementsOf({ file, home }: Bridge, project: Project): readonly Mounted[] | undefined {
  const root = nearestPackage(project.facts, file.path)?.root ?? dirname(file.path);
  const others = providerFiles(project, root).flatMap((path) =>
    path === file.path ? [] : (project.sourceFile(path) ?? []),
  );
  const found: Mounted[] = [];
  for (const place of [file, ...others]) {
    if (isMadeByCalls(place)) return undefined;
    for (const { entry, node: element } of usesOf(place, project)) {
      if (entry.tokenProvider === undefined || element.type !== 'JSXOpeningElement') continue;
      const hook = attributeNamed(element, 'useAuth')?.value;
      const origins =
        hook?.type === 'JSXExpressionContainer'
          ? calleesOf({ file: place, node: hook.expression, path: [] }, project)
          : [];
      // `<ConvexProviderWithAuth {...props}>`
      if (entry.tokenProvider === 'own' && !origins.some(({ kind }) => KNOWN.has(kind))) return undefined;
      if (origins.some((origin) => isOrCallsBridge(origin))) found.push({ file: place, element });
    }
  }
  return found;

  /** `const useAuth = () => useAuthFromAuthKit()` hands on what the bridge returns. */
  function isOrCallsBridge(origin: Origin, depth = 0): boolean {
    if (origin.kind !== 'function' || depth > MAX_HOOKS) return false;
    const { file: other, node } = origin.at;
    if (other.path === file.path && isSame(node, home)) return true;
    return ownNodesOf(node.body, 'CallExpression').some(({ callee }) =>
      calleesOf({ ...origin.at, node: callee, path: [] }, project).some((called) => isOrCallsBridge(called, depth + 1)),
    );
  }
}

/** Hooks that call one another. */
const MAX_HOOKS = 3;

/** Where a hook comes from, if it is known which one it is. */
const KNOWN: ReadonlySet<string> = new Set(['function', 'package', 'workos']);

/** Whether a file does more with Convex's provider than write its element: `createElement(ConvexProviderWithAuth, …)`. */
const isMadeByCalls = (place: SourceFile): boolean =>
  importsOf(place).some(
    ({ module, name, variable }) =>
      libraryOf(module)?.exports[name]?.tokenProvider !== undefined &&
      readsOf(variable).some(({ type }) => type !== 'JSXIdentifier'),
  );

/** Tells of a world whether the bridge may run in it: not where each component that mounts its provider returns before it does. */
export function mountedIn(bridge: Bridge, project: Project): (world: World) => boolean {
  let elements: readonly Mounted[] | undefined;
  return (world) => {
    elements ??= elementsOf(bridge, project) ?? [];
    const isMounted = ({ element, file }: Mounted): boolean => {
      const of = (node: Node): Ref => ({ file, node, path: [] });
      const assumptions: Assumptions = {
        isTrue: (node) => truthIn(conditionOf(of(node), project), world),
        areEqual: (one, other) => truthIn(readerFor(file, project).equality(of(one), of(other), one), world),
      };
      return mayRun(element, assumptions, enclosingFunction(element));
    };
    return elements.length === 0 || elements.some(isMounted);
  };
}
