/**
 * Goes through the code that runs when a function (or any other code) does, and into the functions that its calls lead to. Which ones these are, and
 * which callbacks run where they are given, is the visitor's to say.
 */
import type { TSESTree } from '@typescript-eslint/types';
import { type FunctionNode, type Node, childrenOf, isFunction } from '../../syntax/ast.ts';
import type { SourceFile } from '../../syntax/source-file.ts';
import type { Ref } from './call-contexts.ts';

/** A function on the way, and the call (or element) in it that leads on. */
export interface Site<Owner extends Node = FunctionNode> {
  readonly file: SourceFile;
  readonly function: Owner;
  readonly node: Node;
  /** The arguments of the functions around it. */
  readonly ref: Ref;
}

export type CallNode = TSESTree.CallExpression | TSESTree.NewExpression;

interface CallVisitor<Owner extends Node> {
  /** The functions that run at the last of some sites. Undefined: it is not reached, and nothing in it is looked at. */
  enter(
    sites: readonly Site<Owner>[],
    site: Site<Owner> & { readonly node: CallNode | TSESTree.JSXOpeningElement },
  ): readonly (Ref & { readonly node: Owner })[] | undefined;
  /** Whether a function that code holds runs where it is written. */
  runs(callback: FunctionNode, within: Ref): boolean;
}

/** Calls that are further away are not followed. */
const MAX_SITES = 12;

/** Visits the calls of a function, or of other code, in source order, each before those of the functions that it leads to. */
export function walkCalls<Owner extends Node>(
  at: Ref & { readonly node: Owner },
  visitor: CallVisitor<Owner>,
  before: readonly Site<Owner>[] = [],
): void {
  if (before.length >= MAX_SITES) return;
  const root: Node = at.node;
  const stack: Node[] = isFunction(root) ? [...root.params, root.body].reverse() : [root];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (isFunction(node) && !visitor.runs(node, at)) continue;
    if (node.type === 'CallExpression' || node.type === 'NewExpression' || node.type === 'JSXOpeningElement') {
      const ref: Ref = { file: at.file, node, path: [], frame: at.frame };
      const site = { file: at.file, function: at.node, node, ref };
      const sites = [...before, site];
      const targets = visitor.enter(sites, site);
      if (!targets) continue;
      for (const target of targets) walkCalls(target, visitor, sites);
    }
    stack.push(...childrenOf(node).reverse());
  }
}

/** Whether a function is handed to a call (or called on the spot); any other runs when it is called by name. */
export const isCallback = ({ parent }: FunctionNode): boolean =>
  parent.type === 'CallExpression' || parent.type === 'NewExpression';
