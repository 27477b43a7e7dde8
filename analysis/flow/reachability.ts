/** Whether code is reached, under assumptions about the tests on the way to it. */
import type { TSESTree } from '@typescript-eslint/types';
import type { Node } from '../syntax/ast.ts';
import { truthWhere } from './conditions.ts';
import { type Path, type Test, completes, pathTo } from './paths.ts';

/** What the tests in the code come out as. Undefined, and what is left out: that is not known. */
export interface Assumptions {
  isTrue?(expression: Node): boolean | undefined;
  isNullish?(expression: Node): boolean | undefined;
  /** Whether two expressions are equal: what a `switch` asks. */
  areEqual?(a: Node, b: Node): boolean | undefined;
  /** Whether a block of `try` throws. */
  throws?(block: TSESTree.BlockStatement): boolean | undefined;
  /** Whether a call never gives control back. Left out: it does. */
  ends?(expression: Node): boolean;
  /** Whether a loop is left by its end. */
  passes?(loop: Node): boolean | undefined;
  /** Whether a loop has a round at all. */
  repeats?(loop: Node): boolean | undefined;
}

/** The truth of a path under assumptions; undefined where they do not decide it. */
export const truthOfPath = (path: Path, assumptions: Assumptions): boolean | undefined =>
  truthWhere(path, (test) => truthOfTest(test, assumptions));

export function truthOfTest({ kind, node }: Test, assumptions: Assumptions): boolean | undefined {
  switch (kind) {
    case 'true':
      return assumptions.isTrue?.(node);
    case 'nullish':
      return assumptions.isNullish?.(node);
    case 'equals':
      return node.type === 'SwitchCase' && node.test
        ? assumptions.areEqual?.(node.parent.discriminant, node.test)
        : undefined;
    case 'throws':
      return node.type === 'TryStatement' ? assumptions.throws?.(node.block) : undefined;
    case 'ends':
      return assumptions.ends?.(node) ?? false;
    case 'passes':
      return assumptions.passes?.(node);
    case 'repeats':
      return assumptions.repeats?.(node);
  }
}

/** False only where the assumptions say so: no way leads to the place. */
export const mayRun = (node: Node, assumptions: Assumptions, within?: Node): boolean =>
  truthOfPath(pathTo(node, within), assumptions) !== false;

/** Whether a statement may come to its end. */
export const mayComplete = (statement: Node, assumptions: Assumptions): boolean =>
  truthOfPath(completes(statement), assumptions) !== false;

/** Whether a statement never comes to its end, whichever way it goes: `try { return a() } catch { return null }`. */
export const leaves = (statement: Node): boolean => !mayComplete(statement, {});
