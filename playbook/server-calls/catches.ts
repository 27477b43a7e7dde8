/** What a `catch` does with the exception by which Next.js leaves a function: lets it through, or answers in its place. */
import type { TSESTree } from '@typescript-eslint/types';
import {
  type Node,
  hasNode,
  isFunction,
  ownNodesOf,
  propertyName,
  unwrap,
  walkOwnCode,
  wrapped,
} from '../../analysis/syntax/ast.ts';
import { functionAt } from '../../analysis/syntax/functions.ts';
import { type Located, definitionOf } from '../../analysis/syntax/bindings/definitions.ts';
import { readsOf, variableOf } from '../../analysis/syntax/bindings/scopes.ts';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import type { Evaluator } from '../../analysis/values/evaluate.ts';
import type { Project } from '../../project/project.ts';
import { useAt } from '../libraries/index.ts';
import { isNullishLiteral } from '../../analysis/syntax/objects.ts';
import { isReturnedAsIs } from '../../analysis/flow/calls/reached-calls.ts';
import { throwsItself } from '../../analysis/flow/exceptions/rejections.ts';

export interface InFile {
  readonly file: SourceFile;
  readonly project: Project;
}

/** The file that is asked about, and what it is asked with. */
export interface Asked extends InFile {
  readonly evaluator: Evaluator;
  readonly signedIn: Evaluator;
  readonly signedOut: Evaluator;
}

/** What a `catch` says to visitors without a session: that they have none, or nothing at all (`null`, `false`). */
export type Answer = 'nothing' | 'refusal';

const SIGNED_OUT_ANSWER = /\b40[13]\b|unauthori[sz]ed|unauthenticated|not (?:signed|logged) in/iu;

/** How a `catch` is written for visitors without a session: it says 401, redirects them by itself, or gives nothing. */
export function answerToSignedOut(body: Node, { file, project }: InFile): Answer | undefined {
  const answerOf = (value: Node | null): Answer | undefined => {
    if (!value || isNothing(value)) return 'nothing';
    return SIGNED_OUT_ANSWER.test(file.text.slice(...value.range)) ? 'refusal' : undefined;
  };
  const isLeft = (node: Node) =>
    node.type === 'CallExpression' && useAt({ file, node }, project)?.entry.leavesByException !== undefined;
  if (body.type !== 'BlockStatement') return isLeft(unwrap(body)) ? 'refusal' : answerOf(body);
  let answer: Answer | undefined;
  walkOwnCode(body, (node) => {
    if (answer === 'refusal') return;
    if (node.type === 'ReturnStatement' || node.type === 'ThrowStatement') answer = answerOf(node.argument) ?? answer;
    if (isLeft(node)) answer = 'refusal';
  });
  return answer;
}

const isNothing = (node: Node): boolean => {
  const value = unwrap(node);
  return isNullishLiteral(value) || (value.type === 'Literal' && value.value === false);
};

/**
 * Whether a `catch` lets what Next.js throws through: it throws, or hands the error to a function that may. Functions that only report errors
 * are known not to.
 */
export function letsThrough(body: Node, param: Node | null | undefined, asked: InFile): boolean {
  const { file, project } = asked;
  const error = param?.type === 'Identifier' ? variableOf(file, param) : undefined;
  const reads = new Set<Node>(error ? readsOf(error) : []);
  // A function that returns a function is come to by either.
  const inner = new Set<Node>();
  const isLetThrough = (node: Node): boolean => {
    // A function in it may run at once, and what it tries may fail: `withScope(() => { throw error; })`.
    if (isFunction(node) || node.type === 'CatchClause') {
      if (inner.has(node)) return false;
      inner.add(node);
      return throwsItself(node.body, isLetThrough);
    }
    // Another error is no redirect any more, and neither is one of another class.
    if (node.type === 'ThrowStatement')
      return !isMade({ file, node: node.argument }, project) && !isOfOtherClass(node, body);
    if (node.type !== 'CallExpression') return false;
    const isGivenIt = node.arguments.some((argument) => reads.has(unwrap(argument)));
    return isRethrowing({ file, node }, project) || (isGivenIt && mayRethrow({ file, node }, asked));
  };
  return throwsItself(body, isLetThrough);
}

/** `if (error instanceof TypeError) throw error;`: what Next.js throws is an `Error` and nothing narrower. */
function isOfOtherClass(node: Node, body: Node): boolean {
  for (let current = node; current.parent && current !== body; current = current.parent) {
    const { parent } = current;
    if (parent.type !== 'IfStatement' || parent.consequent !== current) continue;
    const test = unwrap(parent.test);
    const named = test.type === 'BinaryExpression' && test.operator === 'instanceof' ? unwrap(test.right) : undefined;
    if (named?.type === 'Identifier' && named.name !== 'Error' && !/redirect|next/iu.test(named.name)) return true;
  }
  return false;
}

const MADE: ReadonlySet<string> = new Set(['NewExpression', 'Literal', 'TemplateLiteral', 'ObjectExpression']);

/** Whether a value is made where it is thrown: `new ApiError(401)`, or `unauthorized()`, whose function returns nothing else. */
function isMade({ file, node }: Located, project: Project): boolean {
  const value = unwrap(node);
  if (value.type !== 'CallExpression') return MADE.has(value.type);
  const target = functionAt({ file, node: value.callee }, project);
  if (!target || target.node.generator) return false;
  const { body } = target.node;
  if (body.type !== 'BlockStatement') return MADE.has(unwrap(body).type);
  const returns = ownNodesOf(target.node, 'ReturnStatement');
  return returns.length > 0 && returns.every(({ argument }) => argument !== null && MADE.has(unwrap(argument).type));
}

const REPORTS = /^(?:capture\w*|debug|error|info|log|report\w*|trace|track\w*|warn|String|notify)$/u;

function mayRethrow({ file, node }: Located<TSESTree.CallExpression>, { project }: InFile): boolean {
  const callee = unwrap(node.callee);
  const name =
    callee.type === 'MemberExpression' ? propertyName(callee) : callee.type === 'Identifier' ? callee.name : '';
  const target = definitionOf({ file, node: callee }, project);
  if (target.kind === 'value' && isFunction(target.node)) {
    return hasNode(
      target.node.body,
      (each) => each.type === 'ThrowStatement' || isRethrowing({ file: target.file, node: each }, project),
    );
  }
  if (target.kind === 'export') return /throw|redirect|^handle/iu.test(target.name);
  return !REPORTS.test(name ?? '');
}

const isRethrowing = ({ file, node }: Located, project: Project): boolean =>
  node.type === 'CallExpression' && useAt({ file, node }, project)?.entry.rethrows === true;

/** Whether a `try` swallows what is thrown in its block, or in its handler. */
export const swallows = (node: TSESTree.TryStatement, asked: InFile, part: Node = node.block): boolean =>
  returnsLast(node) ||
  (part === node.block &&
    node.handler !== null &&
    !letsThrough(node.handler.body, node.handler.param, asked) &&
    !throwsLater(node.handler, asked.file));

/** `finally { return; }`, which takes the place of whatever is thrown before. */
export const returnsLast = ({ finalizer }: TSESTree.TryStatement): boolean =>
  finalizer?.body.some(({ type }) => type === 'ReturnStatement') ?? false;

/** `catch (error) { return { user: null, error }; }`: the caller gets the exception itself, and may throw it. */
export const returnsException = (handler: TSESTree.CatchClause, { file }: InFile): boolean =>
  exceptionReads(handler, file).some((read) => isReturnedAsIs(read, handler));

/** Where a handler reads what it has caught. */
export function exceptionReads({ param }: TSESTree.CatchClause, file: SourceFile): readonly Node[] {
  const error = param?.type === 'Identifier' ? variableOf(file, param) : undefined;
  return error ? readsOf(error) : [];
}

/** `catch (error) { last = error; }`, and behind it `throw last;`. */
function throwsLater(handler: TSESTree.CatchClause, file: SourceFile): boolean {
  return exceptionReads(handler, file).some((read) => {
    const value = wrapped(read);
    const { parent } = value;
    if (parent?.type !== 'AssignmentExpression' || parent.right !== value || parent.left.type !== 'Identifier')
      return false;
    const kept = variableOf(file, parent.left);
    return kept !== undefined && readsOf(kept).some((one) => wrapped(one).parent?.type === 'ThrowStatement');
  });
}
