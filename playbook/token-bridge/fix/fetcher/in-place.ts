/** The least that a fetcher has to change: its forced refreshes, its tests of the token and the states that it sets are removed; the rest stays. */
import { unwrap } from '../../../../analysis/syntax/ast.ts';
import { linesWithComments } from '../../../../analysis/edits/removals.ts';
import { asksForToken, callsIn } from '../../detect/calls.ts';
import { returnNullInHandlers, wrapInTry } from './catching.ts';
import { isRemoved, put, slice } from '../edit-builder.ts';
import { type FetcherContext, returnsNull } from './fetcher.ts';
import { without } from '../flags.ts';
import { dropForced, dropForcedBranches } from './forced.ts';

/** Edits a fetcher in place. False where one of its refreshes is part of something larger. */
export function editInPlace(context: FetcherContext): boolean {
  if (context.isHopeless) return false;
  if (!context.keepsForced) {
    dropForcedBranches(context);
    if (!context.calls.every((call) => dropForced(call, context))) return false;
  }
  dropTokenGuards(context);
  dropStateWrites(context);
  if (!context.mayThrow) return true;
  return returnNullInHandlers(context) || wrapInTry(context);
}

/** `if (!accessToken) return null;`: `getAccessToken()` returns nothing where there is none. */
function dropTokenGuards(context: FetcherContext): void {
  const { builder, loader, node } = context;
  if (node.body.type !== 'BlockStatement' || !context.isBadGuard) return;
  for (const statement of node.body.body) {
    if (statement.type !== 'IfStatement' || statement.alternate || !returnsNull(statement.consequent)) continue;
    const rest = without(statement.test, { builder, loader, isBad: context.isBadGuard, flag: 'isLoading' });
    if (rest === 'foreign' || rest?.text === slice(builder.file, unwrap(statement.test))) continue;
    if (rest) put(builder, statement.test.range, rest.text);
    else put(builder, linesWithComments(builder.file, statement), '');
  }
}

/** `setBusy(true);` of a state that no flag may depend on, with the `finally` that then is empty. */
function dropStateWrites({ builder, calls, isBadState }: FetcherContext): void {
  const statements = calls.flatMap(({ sites: [site, inner], what }) => {
    const statement = site?.node.parent;
    return what.kind === 'setState' &&
      isBadState(what.state) &&
      !inner &&
      statement?.type === 'ExpressionStatement' &&
      !callsIn(statement, calls).some(asksForToken)
      ? [statement]
      : [];
  });
  for (const statement of statements) {
    const block = statement.parent;
    const tried = block.parent;
    if (
      block.type === 'BlockStatement' &&
      tried?.type === 'TryStatement' &&
      tried.finalizer === block &&
      tried.handler &&
      block.body.every((one) => statements.some((other) => other === one))
    )
      put(builder, [tried.handler.range[1], tried.range[1]], '');
    else if (!isRemoved(builder, statement)) put(builder, linesWithComments(builder.file, statement), '');
  }
}
