/** `router.prefetch('/sign-out')`: the same mistake as a link, by hand. */
import type { TSESTree } from '@typescript-eslint/types';
import { isFunction, resultsOf, walk } from '../../analysis/ast.ts';
import { type Located, definitionOf } from '../../analysis/bindings.ts';
import { isReachable } from '../../analysis/flow.ts';
import { runsOf } from '../../analysis/iterations.ts';
import type { ModuleLoader } from '../../analysis/modules.ts';
import type { SourceFile } from '../../analysis/source-file.ts';
import type { Project } from '../../project/project.ts';
import { linkEvaluator } from './links.ts';
import { type HrefPath, hrefPathsOf } from './paths.ts';

export interface RouterPrefetch {
  readonly call: TSESTree.CallExpression;
  readonly paths: readonly HrefPath[];
}

const ROUTER_MODULES = new Set(['next/navigation', 'next/navigation.js', 'next/router', 'next/router.js', 'next-view-transitions']);

/** The calls of a Next.js router's `prefetch` in a file, with the paths that they fetch. */
export function routerPrefetchesIn(file: SourceFile, project: Project): RouterPrefetch[] {
  if (!/\bprefetch\b\s*(?:\?\.)?\s*\(/u.test(file.text)) return [];
  const evaluator = linkEvaluator(project);
  const found: RouterPrefetch[] = [];
  walk(file.ast, (node) => {
    if (node.type !== 'CallExpression' || !isRouterPrefetch(file, node, project)) return;
    const [target] = node.arguments;
    if (!target) return;
    const paths = runsOf(evaluator, { file, node }).flatMap((run) =>
      isReachable(evaluator, { file, node }, run) ? hrefPathsOf(evaluator.evaluate({ file, node: target }, run)) : [],
    );
    found.push({ call: node, paths });
  });
  return found;
}

function isRouterPrefetch(file: SourceFile, { callee }: TSESTree.CallExpression, loader: ModuleLoader): boolean {
  const definition = definitionOf({ file, node: callee }, loader);
  const { path } = definition.kind === 'unknown' ? { path: [] } : definition;
  if (path.at(-1) !== 'prefetch') return false;
  // import Router from 'next/router'; Router.prefetch(…)
  if (definition.kind === 'export') return definition.module.startsWith('next/router') && definition.name === 'default';
  return definition.kind === 'value' && isRouterHook({ file: definition.file, node: definition.node }, loader, MAX_HOOKS);
}

/** Hooks of the project that hand on what a router's hook gives them. */
const MAX_HOOKS = 4;

/** Whether an expression is the call of a hook that gives a router of Next.js. */
function isRouterHook({ file, node }: Located, loader: ModuleLoader, hooks: number): boolean {
  if (node.type !== 'CallExpression' || hooks === 0) return false;
  const hook = definitionOf({ file, node: node.callee }, loader);
  if (hook.kind === 'export') return ROUTER_MODULES.has(hook.module) && /^use(?:Transition)?Router$/u.test(hook.name);
  if (hook.kind !== 'value') return false;
  // const useAppRouter = () => useRouter()
  if (isFunction(hook.node) && hook.path.length === 0) {
    return resultsOf(hook.node).some((result) => {
      const given = definitionOf({ file: hook.file, node: result }, loader);
      return given.kind === 'value' && given.path.length === 0 && isRouterHook({ file: given.file, node: given.node }, loader, hooks - 1);
    });
  }
  // const { useRouter } = createNavigation(routing)
  if (hook.path.at(-1) !== 'useRouter' || hook.node.type !== 'CallExpression') return false;
  const factory = definitionOf({ file: hook.file, node: hook.node.callee }, loader);
  return factory.kind === 'export' && factory.module === 'next-intl/navigation';
}
