/** What holds a token: a ref, a state, a store, the browser's storage, a parameter that is given one. */
import type { TSESTree } from '@typescript-eslint/types';
import { propertyName, nodesOf } from '../../../../analysis/syntax/ast.ts';
import type { SourceFile } from '../../../../analysis/syntax/source-file.ts';
import { calleeName } from '../../../../analysis/flow/timers.ts';
import { isTokenOfRoute } from './token-routes.ts';
import type { Project } from '../../../../project/project.ts';
import type { Ref } from '../../../../analysis/flow/calls/call-contexts.ts';
import { hookOf, refValues, setterPromises } from '../../values/hooks.ts';
import { isRepeated } from '../../values/lifetime.ts';
import { assignmentsTo, callsThatSet, updateBy } from '../../values/states.ts';
import { isNullishLiteral } from '../../../../analysis/syntax/objects.ts';
import { returnedExpressions } from '../../../../analysis/flow/paths.ts';
import { type Origin, alternativeOrigins, isValue } from '../../values/trace.ts';
import { readsOfFunction } from '../../../../analysis/values/iterations.ts';

/** How many copies of copies are followed: a state that a ref keeps, and the like. */
const MAX_COPIES = 3;

/** Whether something puts a token into a ref. */
export const isTokenRef = (ref: Ref, project: Project): boolean =>
  refValues(ref).some((value) => isToken(value, project));

/** `localStorage.getItem('token')` in a file that puts the token there. */
export function isTokenStorage({ file, node }: Ref, project: Project): boolean {
  const key = node.type === 'CallExpression' && storageCall(node, 'getItem') ? node.arguments[0] : undefined;
  if (!key || !file.text.includes('setItem')) return false;
  return nodesOf(file.ast, 'CallExpression').some((call) => {
    const [name, value] = call.arguments;
    const isSame = name !== undefined && file.text.slice(...name.range) === file.text.slice(...key.range);
    return isSame && value && storageCall(call, 'setItem') && isToken({ file, node: value, path: [] }, project);
  });
}

function storageCall({ callee }: TSESTree.CallExpression, method: string): boolean {
  return (
    callee.type === 'MemberExpression' &&
    propertyName(callee) === method &&
    /(?:^|\.)(?:local|session)Storage\.\w+$/u.test(calleeName(callee))
  );
}

/**
 * Whether a state is set to a token: by calls, by promises (`getAccessToken().then(setToken)`), by assignments to a store. `file` is where a store is
 * looked for; a state of a hook is set in its own file.
 */
export function isTokenState(state: Ref, project: Project, file: SourceFile = state.file, depth = 0): boolean {
  // What is set again and again is no copy of one token.
  if (callsThatSet(state, file, project).some(({ node }) => isRepeated({ file, node }))) return false;
  const awaited = state.path.length === 0 ? setterPromises(state) : [];
  return [...valuesSet(state, file, project), ...awaited].some((value) => isToken(value, project, depth));
}

/** Whether all that a file does with a store is to copy the token that the hook returns: `useEffect(() => { setToken(accessToken ?? null); })`. */
export const copiesToken = (state: Ref, file: SourceFile, project: Project): boolean =>
  valuesSet(state, file, project).every((value) =>
    alternativeOrigins(value, project).every(
      (origin) =>
        isValue(origin, 'token.value') ||
        (origin.kind === 'expression' && isNullishLiteral(origin.at.node)) ||
        (origin.kind === 'global' && origin.name === 'undefined'),
    ),
  );

/** What a file sets a state to. */
function valuesSet(state: Ref, file: SourceFile, project: Project): Ref[] {
  const { path } = state;
  const given = callsThatSet(state, file, project).flatMap((call): Ref[] => {
    const update = updateBy(state, call, project);
    if (update?.kind === 'result')
      return returnedExpressions(update.of.node).map((returned) => ({ ...update.of, node: returned, path }));
    return update?.kind === 'value' ? [{ ...update.ref, path }] : [];
  });
  return [...given, ...assignmentsTo(state, file, project).map(({ right }): Ref => ({ file, node: right, path: [] }))];
}

/** Whether an expression is a token on some way. `depth`: how many copies it has come through. */
export function isToken(ref: Ref, project: Project, depth = 0): boolean {
  return alternativeOrigins(ref, project).some((origin) => isTokenOrigin(origin, project, depth));
}

/** The same of where a value comes from. */
export function isTokenOrigin(origin: Origin, project: Project, depth: number): boolean {
  switch (origin.kind) {
    case 'answer':
      return true;
    case 'workos':
      return isValue(origin, 'token.value');
    case 'fetched':
      return isTokenOfRoute(origin, project);
    // latest.current = token, a state: a copy of a copy.
    case 'state':
      return (
        depth < MAX_COPIES &&
        hookOf(origin.at, project) !== undefined &&
        isTokenState(origin.at, project, origin.at.file, depth + 1)
      );
    case 'parameter':
      return depth < MAX_COPIES && argumentsFor(origin).some((given) => isToken(given, project, depth + 1));
    default:
      return false;
  }
}

/** What the calls of a function in its own file give to a parameter: `keep(token)` of `const keep = (token) => { kept = token; }`. */
function argumentsFor({ file, function: owner, index, path }: Origin & { readonly kind: 'parameter' }): Ref[] {
  return readsOfFunction(file, owner).flatMap((read) => {
    const given = read.parent?.type === 'CallExpression' && read.parent.callee === read && read.parent.arguments[index];
    return given && given.type !== 'SpreadElement' ? [{ file, node: given, path }] : [];
  });
}
