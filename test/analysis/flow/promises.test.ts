/** What promises come to, and whether a promise that another function is given fails along with it. */
import { describe, expect, it } from 'vitest';
import { escapes } from '../../../analysis/flow/exceptions/rejections.ts';
import type { Library } from '../../../analysis/flow/library.ts';
import { type Origin, alternativesIn } from '../../../analysis/flow/origins.ts';
import { type Node, enclosingFunction, walk } from '../../../analysis/syntax/ast.ts';
import { loaderOf, parse } from '../support.ts';

const library: Library = { meaningOf: () => undefined, keptBy: () => undefined, valuesOf: () => undefined };
const loader = loaderOf({});

function callOf(name: string, code: string) {
  const file = parse(code);
  let call: Node | undefined;
  walk(file.ast, (node) => {
    if (node.type === 'CallExpression' && node.callee.type === 'Identifier' && node.callee.name === name) call ??= node;
  });
  if (call?.type !== 'CallExpression') throw new Error(`the code has no call of ${name}()`);
  return { file, node: call };
}

/** The values of what `use(…)` is called with: an expression by its text, all else by its kind. */
function valuesIn(code: string): string[] {
  const { file, node } = callOf('use', code);
  const [argument] = node.arguments;
  if (!argument) throw new Error('use() has no argument');
  const shown = (origins: readonly Origin[]): string[] =>
    origins.flatMap((origin) => {
      if (origin.kind === 'parameter') return shown(origin.awaited);
      if (origin.kind === 'result') return ['unknown'];
      return origin.kind === 'expression' ? file.text.slice(...origin.at.node.range) : origin.kind;
    });
  return shown(alternativesIn({ file, node: argument, path: [] }, { loader, library }));
}

describe('a promise comes to', () => {
  it.each<[string, string, string[]]>([
    ['what the first of several does', 'use(await Promise.race([1, 2]))', ['1', '2']],
    ['what is taken of all of them', 'const [, b] = await Promise.all([1, 2]); use(b)', ['2']],
    ['what it is resolved with', 'use(await Promise.resolve(1))', ['1']],
    ['what a handler returns', 'use(load().then(() => 1))', ['1']],
    ['what it was, or what a handler of its failure returns', 'use(Promise.resolve(1).catch(() => 2))', ['1', '2']],
    ['what it was before finally()', 'use(Promise.resolve(1).finally(() => 2))', ['1']],
    ['what an executor resolves it with', 'use(await new Promise((resolve) => { resolve(1) }))', ['1']],
    [
      'what another promise does whose handler resolves it',
      'const later = (p) => new Promise((resolve) => { p.then((x) => { clear(); resolve(x) }) }); use(await later(Promise.resolve(1)))',
      ['1'],
    ],
    ['nothing that is known, where a list is spread', 'use(await Promise.race([1, ...more]))', ['unknown']],
    ['nothing that is known, where a handler has a name', 'use(load().then(handle))', ['unknown']],
    ['nothing that is known of another Promise', 'const Promise = mine; use(Promise.resolve(1))', ['unknown']],
  ])('%s', (_, code, values) => {
    expect(valuesIn(code)).toEqual(values);
  });
});

/** Whether the failure of `here()` leaves the function around it. */
function isLeft(code: string): boolean {
  const { file, node } = callOf('here', code);
  const owner = enclosingFunction(node);
  if (!owner) throw new Error('here() is in no function');
  return escapes({ file, function: owner, node }, loader);
}

describe('the failure of a promise leaves the function', () => {
  it.each([
    ['through a helper that races it', 'const w = (p) => Promise.race([p, timeout()]);'],
    ['through a helper that waits for it', 'async function w(p) { const x = await p; return x; }'],
    ['through two helpers', 'const v = async (p) => p; const w = (p) => v(p);'],
    ['through an executor that is handed it', 'const w = (p) => new Promise((yes, no) => { p.then(yes, no); });'],
    [
      'through an executor whose handler rejects',
      'const w = (p) => new Promise((yes, no) => { p.then(yes).catch((e) => { clear(); no(e); }); });',
    ],
  ])('%s', (_, helper) => {
    expect(isLeft(`${helper} async function f() { return (await w(here())) ?? null; }`)).toBe(true);
  });

  it.each([
    ['through a helper that catches it', 'async function w(p) { try { return await p; } catch { return null; } }'],
    ['through a helper whose handler returns', 'const w = (p) => p.catch(() => null);'],
    [
      'through an executor that resolves then',
      'const w = (p) => new Promise((yes, no) => { p.then(yes, () => yes()); });',
    ],
    ['through a helper that drops it', 'const w = (p) => null;'],
    ['through a helper that is not in sight', ''],
    ['through helpers that call each other without end', 'const w = (p) => v(q.then(() => p)); const v = (p) => w(p);'],
  ])('but not %s', (_, helper) => {
    expect(isLeft(`${helper} async function f() { return (await w(here())) ?? null; }`)).toBe(false);
  });

  it('but not where the call of the helper is tried', () => {
    const code = 'const w = (p) => p; async function f() { try { return await w(here()); } catch { return null; } }';
    expect(isLeft(code)).toBe(false);
  });
});
