/** How a failure leaves code: whether something catches it, and whether it is thrown or a rejected promise then. */
import { describe, expect, it } from 'vitest';
import { flightOutOf } from '../../../../analysis/flow/exceptions/exception-flight.ts';
import { isCaught, throwsItself } from '../../../../analysis/flow/exceptions/rejections.ts';
import { type Node, walk } from '../../../../analysis/syntax/ast.ts';
import { parse } from '../../support.ts';

/** The call of `here()` in a code. */
function callIn(code: string) {
  const file = parse(code);
  let call: Node | undefined;
  walk(file.ast, (node) => {
    if (node.type === 'CallExpression' && node.callee.type === 'Identifier' && node.callee.name === 'here')
      call ??= node;
  });
  if (!call) throw new Error('the code has no call of here()');
  return { file, node: call };
}

describe('a failure is caught', () => {
  it.each([
    ['by a catch', 'async function f() { try { await here() } catch { } }'],
    ['by a method of the promise', 'here().catch(() => null)'],
    ['by the second argument of then()', 'here().then((x) => x, () => null)'],
    ['by Promise.allSettled()', 'await Promise.allSettled([here()])'],
  ])('%s', (_, code) => {
    expect(isCaught(callIn(code).node)).toBe(true);
  });

  it.each([
    ['by a catch that rethrows', 'async function f() { try { await here() } catch (error) { throw error } }'],
    ['by a try without a catch', 'async function f() { try { await here() } finally { log() } }'],
    ['in the handler itself', 'async function f() { try { a() } catch { await here() } }'],
    ['by then() alone', 'here().then((x) => x)'],
    ['by a method that throws again', 'here().catch((error) => { throw error })'],
    ['by the try around the function that it is in', 'try { g(() => here()) } catch { }'],
    ['by Promise.all()', 'await Promise.all([here()])'],
  ])('not %s', (_, code) => {
    expect(isCaught(callIn(code).node)).toBe(false);
  });
});

describe('a failure leaves', () => {
  it.each([
    ['thrown', 'thrown', 'function f() { here() }'],
    ['thrown, once it is awaited', 'rejected', 'async function f() { await here() } ', 'rejected'],
    ['as the promise that is returned', 'rejected', 'function f() { return here() }'],
    ['as the promise of an async function', 'thrown', 'async function f() { here() }', 'rejected'],
    ['through a variable that is awaited later', 'rejected', 'async function f() { const x = here(); await x }'],
    ['through a callback', 'thrown', 'function f() { run(() => here()) }'],
    ['past then()', 'rejected', 'async function f() { await here().then(use) }'],
    ['past a catch() that throws it again', 'rejected', 'function f() { return here().catch((e) => { throw e }) }'],
  ])('%s', (_, start, code, end = start) => {
    const call = callIn(code);
    expect(flightOutOf(call, start as 'rejected' | 'thrown', call.file.ast, () => false)).toBe(end);
  });

  it.each([
    ['whose promise is a statement of its own', 'rejected', 'async function f() { here(); }'],
    ['whose promise no code waits for', 'rejected', 'async function f() { const x = here(); use(x) }'],
    ['in a try that swallows it', 'thrown', 'function f() { try { here() } catch { } }'],
    ['that a catch() takes', 'rejected', 'function f() { return here().catch(() => null) }'],
    ['that is a result', 'rejected', 'async function f() { await Promise.allSettled([here()]) }'],
  ])('not at all: one %s', (_, start, code) => {
    const call = callIn(code);
    const swallows = ({ node }: { node: { handler: { body: Node } | null } }) =>
      node.handler !== null && !throwsItself(node.handler.body);
    expect(flightOutOf(call, start as 'rejected' | 'thrown', call.file.ast, swallows)).toBeUndefined();
  });
});
