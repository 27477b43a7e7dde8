/** What finders ask the evaluator, and its parts each other. What makes one is evaluate.ts. */
import type { TSESTree } from '@typescript-eslint/types';
import type { Step } from '../syntax/bindings/declarations.ts';
import type { Located } from '../syntax/bindings/definitions.ts';
import type { ModuleLoader } from '../syntax/bindings/modules.ts';
import type { Environment } from './environment.ts';
import type { Frame, Value } from './values.ts';

export interface EvaluatorOptions {
  readonly loader: ModuleLoader;
  /** Default: nothing is known of any variable. */
  readonly environment?: Environment;
  /**
   * What the playbook knows and the analysis does not: what a call of a package's function returns, what to call an
   * unknown. Asked before anything else is tried, of every expression. Undefined: no opinion.
   */
  readonly interpret?: (expression: Located, evaluator: Evaluator, frame: Frame | undefined) => Value | undefined;
  /**
   * Whether a package's function never gives control back: `redirect()`, which throws. Only where the playbook says so are
   * functions of the project asked as well whether they only throw.
   */
  readonly isEnding?: (call: Located<TSESTree.CallExpression>) => boolean;
}

export interface Evaluator {
  readonly options: EvaluatorOptions;
  /** The value of an expression; `frame` says what the parameters of the functions around it are. */
  evaluate(expression: Located, frame?: Frame): Value;
  /** What a call of a function value returns; undefined for one that no project file defines. */
  call(callee: Value, args: readonly Value[], from: Located): Value | undefined;
  /** What a step into a value gives: a property, an index, what a rest leaves. */
  member(value: Value, step: Step, from: Located): Value;
  /** What an export of a module is (`*`: all of them, as an object); an unknown that says which one, of a module that is not the project's. */
  imported(module: string, name: string, from: Located): Value;
  /** Allows further questions as many steps as if none had been asked: those of another rule about the same file. */
  renew(): void;
}
