/** Helpers of the project that are given what redirects, and wait for it in a `try` that swallows: `safe(() => signOut())`, `tryCatch(signOut())`. */
import type { TSESTree } from '@typescript-eslint/types';
import { type Flight, flightOutOf } from '../../analysis/flow/exceptions/exception-flight.ts';
import {
  type FunctionNode,
  type Node,
  enclosingFunction,
  isFunction,
  ownNodesOf,
  propertyName,
  unwrap,
  wrapped,
} from '../../analysis/syntax/ast.ts';
import { type Located, definitionOf } from '../../analysis/syntax/bindings/definitions.ts';
import { type Concern, loaderFor } from '../../analysis/syntax/bindings/modules.ts';
import { readsOf, variableOf } from '../../analysis/syntax/bindings/scopes.ts';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import { leaves } from '../../analysis/flow/reachability.ts';
import { functionAt, functionOf, parameterFor } from '../../analysis/syntax/functions.ts';
import { AUTHKIT } from '../libraries/authkit-nextjs.ts';
import { knownDefinition } from '../libraries/index.ts';
import { type Answer, type Asked, answerToSignedOut, exceptionReads, letsThrough, swallows } from './catches.ts';
import { type Redirect, promisedIn, redirectsOf } from './redirects.ts';

interface Given {
  readonly redirect: Redirect;
  readonly flight: Flight;
}

interface SwallowedByHelper {
  readonly redirect: Redirect;
  /** What the helper says to visitors without a session. */
  readonly answer: Answer | undefined;
}

/** Most functions that are given one are hooks and helpers that catch nothing. */
const OF_CATCHES: Concern = { of: 'code', text: /\bcatch\b/u };

/** The redirects that the arguments of a call have, and that the function which is called swallows. */
export function swallowedByHelper(node: TSESTree.CallExpression, asked: Asked): readonly SwallowedByHelper[] {
  const { file, project } = asked;
  return node.arguments.flatMap((argument) => {
    const value = unwrap(argument);
    if (!mayBeGiven(value)) return [];
    const helper = parameterFor({ file, node }, argument, loaderFor(project, OF_CATCHES));
    if (!helper) return [];
    const reads = readsOf(helper.variable);
    const isCalled = reads.some((read) => calledAt(read) !== undefined);
    return givenBy(value, isCalled, asked).flatMap(({ flight, redirect }) => {
      const handlers = reads.map((read) =>
        handlerAround(isCalled ? calledAt(read) : read, flight, { ...asked, file: helper.file }),
      );
      const [handler] = handlers;
      // One that is not caught may be the one that runs.
      if (!handler || handlers.some((each) => each === undefined)) return [];
      if (
        returnsError(handler, { ...asked, file: helper.file }) &&
        !isDropped(redirect, node, handler, helper.file, asked)
      )
        return [];
      return [{ redirect, answer: answerOfHelper(handler, helper, node, asked) }];
    });
  });
}

/** What a `catch` of a helper says to visitors without a session, or the function that it is given for the purpose: `attempt(load, () => redirect('/'))`. */
function answerOfHelper(
  { body }: TSESTree.CatchClause,
  helper: Located<FunctionNode>,
  { arguments: given }: TSESTree.CallExpression,
  asked: Asked,
): Answer | undefined {
  const { file, project } = asked;
  const answers = ownNodesOf(body, 'CallExpression').map(({ callee }) => {
    const called = definitionOf({ file: helper.file, node: callee }, project);
    const isGiven = called.kind === 'parameter' && called.function === helper.node && called.path.length === 0;
    const argument = isGiven ? given[called.index] : undefined;
    const other = argument && functionAt({ file, node: argument }, project);
    return other && answerToSignedOut(other.node.body, { ...asked, file: other.file });
  });
  const own = answerToSignedOut(body, { ...asked, file: helper.file });
  return answers.includes('refusal') ? 'refusal' : own;
}

const mayBeGiven = (value: Node): boolean =>
  isFunction(value) || ['CallExpression', 'Identifier', 'MemberExpression'].includes(value.type);

/** What a function throws when it is called, or the promise that it returns; and what a promise of AuthKit's is rejected with. */
function givenBy(value: Node, isCalled: boolean, asked: Asked): readonly Given[] {
  if (isCalled) return isFunction(value) ? redirectsOf(value, asked) : givenByName(value, asked);
  // `redirect()` throws before the helper is called.
  return promisedIn(value, asked)
    .filter(({ call }) => call === undefined)
    .map((redirect) => ({ redirect, flight: 'rejected' }));
}

/** The same of a function that is handed over by its name: `safely(leave)`, `safely(leave.bind(null, '/'))`, `safely(signOut)`. */
function givenByName(value: Node, asked: Asked): readonly Given[] {
  const { file, project } = asked;
  const node = boundBy(value) ?? value;
  const definition = definitionOf({ file, node }, project);
  const target = functionOf(definition);
  if (target)
    return redirectsOf(target.node, { ...asked, file: target.file }).map(({ flight, redirect }) => ({
      redirect: {
        ...redirect,
        place: value,
        shown:
          target.file === file || redirect.shown.includes(' ')
            ? redirect.shown
            : `${redirect.shown} (${project.display(target.file.path)})`,
      },
      flight,
    }));
  const known = knownDefinition(definition, project);
  if (known?.entry.leavesByException !== 'always' || known.entry.isRefusal === true) return [];
  const redirect: Redirect = {
    place: value,
    shown: `${known.name}()`,
    isForSignedOut: false,
    asksForSession: false,
    call: undefined,
  };
  return [{ redirect, flight: known.library.name === AUTHKIT ? 'rejected' : 'thrown' }];
}

/** `leave` of `leave.bind(null, '/')`. */
function boundBy(value: Node): Node | undefined {
  const callee = value.type === 'CallExpression' ? unwrap(value.callee) : undefined;
  return callee?.type === 'MemberExpression' && propertyName(callee) === 'bind' ? callee.object : undefined;
}

/** The call of a function that is read there. */
const calledAt = ({ parent, range }: Node): Node | undefined =>
  parent?.type === 'CallExpression' &&
  parent.callee.range[0] === range[0] &&
  unwrap(parent.callee).type === 'Identifier'
    ? parent
    : undefined;

/** The `catch` that swallows what comes out of a place; a promise has to be waited for in its `try`. */
function handlerAround(place: Node | undefined, flight: Flight, asked: Asked): TSESTree.CatchClause | undefined {
  const { file } = asked;
  let handler: TSESTree.CatchClause | undefined;
  if (place)
    flightOutOf({ file, node: place }, flight, file.ast, ({ node }, part) => {
      if (swallows(node, asked, part)) handler = node.handler ?? undefined;
      return handler !== undefined;
    });
  return handler;
}

/** `return [null, error]`, `failure = error`: what becomes of it is for the caller to say. */
function returnsError(handler: TSESTree.CatchClause, asked: Asked): boolean {
  const { file } = asked;
  const reads = exceptionReads(handler, file);
  if (reads.some((read) => wrapped(read).parent?.type === 'AssignmentExpression')) return true;
  return reads.some((read) => isHandedOn(read, asked, 1)) && ownNodesOf(handler.body, 'ReturnStatement').length > 0;
}

/** Whether an error goes into another value, which may be returned: `{ error }`, `const failure = error`, `err(error)`. */
function isHandedOn(read: Node, asked: Asked, calls: number): boolean {
  const value = wrapped(read);
  const { parent } = value;
  switch (parent?.type) {
    case 'ArrayExpression':
    case 'ArrowFunctionExpression':
    case 'NewExpression':
    case 'Property':
    case 'ReturnStatement':
    case 'VariableDeclarator':
      return true;
    case 'ConditionalExpression':
      return parent.test !== value;
    case 'CallExpression': {
      const helper = calls > 0 ? parameterFor({ file: asked.file, node: parent }, value, asked.project) : undefined;
      return (
        helper !== undefined &&
        readsOf(helper.variable).some((one) => isHandedOn(one, { ...asked, file: helper.file }, calls - 1))
      );
    }
    default:
      return false;
  }
}

/**
 * Whether the caller of a helper that hands the error back certainly lets no redirect through. What sends visitors to sign in may be answered there,
 * unless they are given something else: `if (error) return { error: error.message };`
 */
function isDropped(
  { isForSignedOut }: Redirect,
  call: TSESTree.CallExpression,
  handler: TSESTree.CatchClause,
  file: SourceFile,
  asked: Asked,
): boolean {
  const awaited = wrapped(call).parent;
  const owner = enclosingFunction(call);
  if (awaited?.type !== 'AwaitExpression' || !owner) return false;
  const holder = wrapped(awaited).parent;
  if (holder?.type === 'ExpressionStatement') return !isForSignedOut;
  const key = keyOfError(handler, file);
  if (holder?.type !== 'VariableDeclarator' || key === undefined) return false;
  const bound = boundTo(holder.id, key);
  if (bound === 'nothing') return !isForSignedOut;
  const variable = bound?.type === 'Identifier' ? variableOf(asked.file, bound) : undefined;
  const reads = variable ? readsOf(variable) : [];
  if (!variable || !reads.every(isLookedAt) || letsThrough(owner.body, bound, asked)) return false;
  return !isForSignedOut || isAnsweredWithError(reads, asked);
}

/** Whether code tests for an error, and returns then what says nothing of a session. */
function isAnsweredWithError(reads: readonly Node[], asked: Asked): boolean {
  const tests = reads.flatMap((read) => {
    const { parent } = wrapped(read);
    return parent?.type === 'IfStatement' && parent.test === wrapped(read) ? [parent.consequent] : [];
  });
  return tests.length > 0 && tests.every((then) => leaves(then) && answerToSignedOut(then, asked) === undefined);
}

/** Where in what it returns a `catch` puts the error: `error` of `{ data: null, error }`, 1 of `[null, error]`. Undefined where that differs. */
function keyOfError(handler: TSESTree.CatchClause, file: SourceFile): number | string | undefined {
  const reads = new Set(exceptionReads(handler, file));
  const keys = ownNodesOf(handler.body, 'ReturnStatement').map(({ argument }): number | string | undefined => {
    const value = argument && unwrap(argument);
    if (value?.type === 'ArrayExpression')
      return value.elements.findIndex((one) => one !== null && reads.has(unwrap(one)));
    const property =
      value?.type === 'ObjectExpression'
        ? value.properties.find((one) => one.type === 'Property' && reads.has(unwrap(one.value)))
        : undefined;
    return property?.type === 'Property' ? propertyName(property) : undefined;
  });
  return new Set(keys).size === 1 && keys[0] !== -1 ? keys[0] : undefined;
}

/** What a pattern binds a part of a value to; undefined where that can't be told. */
function boundTo(pattern: Node, key: number | string): Node | 'nothing' | undefined {
  if (pattern.type === 'ArrayPattern' && typeof key === 'number') {
    if (pattern.elements.some((element) => element?.type === 'RestElement')) return undefined;
    return pattern.elements[key] ?? 'nothing';
  }
  if (pattern.type !== 'ObjectPattern' || typeof key === 'number') return undefined;
  const members = pattern.properties;
  if (members.some((one) => one.type === 'RestElement' || one.computed)) return undefined;
  const member = members.find((one) => one.type === 'Property' && propertyName(one) === key);
  return member?.type === 'Property' ? member.value : 'nothing';
}

/** Whether code only looks at an error: tests it, reads a member, or gives it to a call, of which `letsThrough` knows more. */
function isLookedAt(read: Node): boolean {
  const value = wrapped(read);
  const { parent } = value;
  switch (parent?.type) {
    case 'CallExpression':
      return parent.callee !== value;
    case 'BinaryExpression':
    case 'IfStatement':
    case 'TemplateLiteral':
    case 'UnaryExpression':
      return true;
    case 'MemberExpression':
      return parent.object === value;
    case 'ConditionalExpression':
      return parent.test === value;
    case 'LogicalExpression':
      return parent.operator === '&&' && parent.left === value;
    default:
      return false;
  }
}
