/** The way to a place: under which tests it is reached, and by which exits a function is left. */
import { describe, expect, it } from 'vitest';
import { type Node, isFunction, walk } from '../../../analysis/syntax/ast.ts';
import { type Condition, truthIn } from '../../../analysis/flow/conditions.ts';
import { type Path, type Test, exitsOf, pathTo, stepsTo, testsBefore } from '../../../analysis/flow/paths.ts';
import { leaves, mayRun } from '../../../analysis/flow/reachability.ts';
import { writesReaching } from '../../../analysis/flow/writes.ts';
import { parse } from '../support.ts';

/** A path for a reader, in the words of the code. */
function shown(path: Path, text: string): string {
  const of = (node: Node): string => text.slice(...node.range);
  const ofTest = ({ kind, node }: Test): string => {
    if (kind === 'true') return of(node);
    if (kind === 'equals' && node.type === 'SwitchCase' && node.test) return `is ${of(node.test)}`;
    return kind === 'nullish' ? `no ${of(node)}` : kind;
  };
  const show = (one: Condition<Test>): string => {
    switch (one.kind) {
      case 'known':
        return String(one.value);
      case 'atom':
        return ofTest(one.atom);
      case 'not':
        return `!${show(one.of)}`;
      case 'if':
        return `(${show(one.test)} ? ${show(one.then)} : ${show(one.otherwise)})`;
      default:
        return `(${one.of.map(show).join(one.kind === 'and' ? ' && ' : ' || ')})`;
    }
  };
  return show(path);
}

function placeIn(code: string): { readonly place: Node; readonly owner: Node; readonly text: string } {
  const file = parse(code);
  let place: Node | undefined;
  walk(file.ast, (node) => {
    if (node.type === 'Identifier' && node.name === 'here') place ??= node;
  });
  if (!place) throw new Error('the code has no place called here');
  return { place, owner: file.ast, text: file.text };
}

describe('the tests before a place', () => {
  it.each([
    ['the test around it', 'if (a) here', ['a']],
    ['the one that ends before it', 'function f() { if (a) return; here }', ['a']],
    ['not one that goes on', 'function f() { if (a) { log() } here }', []],
    ['not one whose other branch alone ends', 'function f() { if (a) { b() } else { throw 1 } here }', ['a']],
    ['those of operators', 'a && (b || (c ?? here))', ['c', 'b', 'a']],
    ['what an assignment asks', 'x ??= here', ['x']],
    ['not those behind it', 'function f() { here; if (a) return; }', []],
    ['not those of a sibling branch', 'if (a) { if (b) return } else here', ['a']],
  ])('are %s', (_, code, expected) => {
    const { owner, place, text } = placeIn(
      code.includes('return') && !code.includes('function') ? `function g() { ${code} }` : code,
    );
    expect(testsBefore(place, owner).map(({ node }) => text.slice(...node.range))).toEqual(expected);
  });
});

describe('the steps to a place', () => {
  it.each([
    ['a branch', 'if (a) here', ['into a']],
    ['a guard before it', 'function f() { if (a) return; here }', ['past !a']],
    ['both, the last one first', 'function f() { if (a) return; if (b) { here } }', ['into b', 'past !a']],
    ['an operator', 'a || here', ['into !a']],
    ['a loop', 'while (a) { here }', ['into repeats']],
    ['a block whose failure is caught', 'try { here } catch {}', ['into !throws']],
    ['nothing, in the test itself', 'if (here) x', []],
    ['nothing, past a statement that comes to its end', 'function f() { if (a) { log } here }', []],
  ])('are %s', (_, code, expected) => {
    const { owner, place, text } = placeIn(code);
    expect(stepsTo(place, owner).map(({ kind, when }) => `${kind} ${shown(when, text)}`)).toEqual(expected);
  });
});

describe('a path', () => {
  it.each([
    ['into a branch', 'if (a) here; else x', 'a'],
    ['into the other branch', 'a ? x : here', '!a'],
    ['past a guard', 'function f() { if (a) return; here }', '!a'],
    ['past a nested guard', 'function f() { if (a) { if (b) return; } here }', '(a ? !b : true)'],
    ['to a function that is declared after a return', 'function f() { return; function g() { here } }', 'true'],
    ['into a case', "switch (x) { case 'a': break; case 'b': here }", "(!is 'a' && is 'b')"],
    [
      'into a case that another one falls into',
      "switch (x) { case 'a': case 'b': here }",
      "((!is 'a' && is 'b') || is 'a')",
    ],
    ['to the default', "switch (x) { case 'a': break; default: here }", "!is 'a'"],
    ['into a handler', 'try { a() } catch { here }', 'throws'],
    ['into a loop', 'for (const x of y) { here }', 'repeats'],
    ['past a jump in a loop', 'while (a) { if (b) continue; here }', '(!b && repeats)'],
    ['past a loop that may return', 'function f() { for (const x of y) { return } here }', 'passes'],
    ['past a loop that does not', 'function f() { for (const x of y) { z() ; } here }', 'passes'],
  ])('%s', (_, code, expected) => {
    const { owner, place, text } = placeIn(code);
    const path = pathTo(place, owner);
    const withoutCalls = shown(path, text).replaceAll('!ends', 'true');
    expect(withoutCalls).toBe(expected);
  });
});

describe('whether a place may be reached', () => {
  const truths: Record<string, boolean> = { yes: true, no: false };
  it.each([
    ['behind a test that holds', 'if (yes) here', true],
    ['behind one that does not', 'if (no) here', false],
    ['behind one that is not known', 'if (a) here', true],
    ['after a certain return', 'function f() { if (yes) return; here }', false],
    ['after a return on both sides', 'function f() { if (a) return; else throw 1; here }', false],
    ['after an unlikely return', 'function f() { if (no) return; here }', true],
    ['after a labelled block that is left', 'function f() { out: { if (yes) break out; return } here }', true],
    ['after one that is not', 'function f() { out: { if (no) break out; return } here }', false],
    ['in a callback behind a return', 'function f() { if (yes) return; g(() => here) }', false],
    ['behind a finally that returns', 'function f() { try { a() } finally { return } here }', false],
    ['behind a do loop that returns', 'function f() { do { return } while (a); here }', false],
    ['behind a do loop that is left', 'function f() { do { break } while (a); here }', true],
    ['in code that is deeper than anyone writes', `${'if (a) {'.repeat(400)} here ${'}'.repeat(400)}`, true],
  ])('%s', (_, code, expected) => {
    const { place } = placeIn(code);
    const isTrue = (test: Node): boolean | undefined => (test.type === 'Identifier' ? truths[test.name] : undefined);
    expect(mayRun(place, { isTrue })).toBe(expected);
  });
});

describe('a function is left', () => {
  const exits = (code: string): string[] => {
    const file = parse(code);
    const [owner] = file.ast.body;
    if (!owner || !isFunction(owner)) throw new Error('the code starts with no function');
    return exitsOf(owner).map(({ argument, kind, when }) =>
      [kind, argument && file.text.slice(...argument.range), 'when', shown(when, file.text)].filter(Boolean).join(' '),
    );
  };
  it.each([
    ['by its end', 'function f() { a }', ['end when true']],
    ['by one of two returns', 'function f() { if (a) return 1; return 2 }', ['return 1 when a', 'return 2 when !a']],
    ['by a throw, or its end', 'function f() { if (a) throw e }', ['throw e when a', 'end when !a']],
    ['not by the return of a function in it', 'function f() { g(() => { return 1 }) }', ['end when !ends']],
    [
      'behind what is waited for, by its end where that gives control back',
      'async function f() { const a = await g() }',
      ['end when !ends'],
    ],
  ])('%s', (_, code, expected) => {
    expect(exits(code)).toEqual(expected);
  });

  it.each([
    ['try { return a() } catch { return null }', true],
    ['try { a() } catch { return null }', false],
    ['if (a) return', false],
    ['switch (a) { default: throw b }', true],
    ['switch (a) { case 1: throw b }', false],
  ])('`%s` leaves: %s', (code, expected) => {
    const [owner] = parse(`function f() { ${code} }`).ast.body;
    if (owner?.type !== 'FunctionDeclaration') throw new Error('no function');
    expect(leaves(owner.body)).toBe(expected);
  });
});

describe('the writes that count at a place', () => {
  it.each([
    ['both of two branches', 'let x; if (a) x = 1; else x = 2; here', ['1 when a', '2 when !a']],
    ['not what is behind it', 'let x = 1; here; x = 2', ['1 when true']],
    ['not those of the other branch', 'let x = 0; if (a) { x = 1 } else { here }', ['0 when true']],
    ['not what a return follows', 'let x = 0; if (a) { x = 1; return } here', ['0 when true']],
    [
      'what a jump leads out with',
      'let x = 0; out: { x = 1; if (a) break out; x = 2 } here',
      ['0 when true', '1 when true', '2 when !a'],
    ],
    ['one in the same branch for certain', 'let x = 0; if (a) { x = 1; here }', ['0 when true', '1 when true']],
    ['one in a case that falls through', 'let x; switch (a) { case 1: x = 1; case 2: here }', ['1 when is 1']],
    ['not one in a case that ends', 'let x; switch (a) { case 1: x = 1; break; case 2: here }', []],
  ])('are %s', (_, code, expected) => {
    const file = parse(`function f() { ${code} }`);
    const writes: Node[] = [];
    let place: Node | undefined;
    walk(file.ast, (node) => {
      if (node.type !== 'Identifier') return;
      if (node.name === 'here') place = node;
      const { parent } = node;
      const isWrite =
        (parent.type === 'VariableDeclarator' && parent.init !== null) || parent.type === 'AssignmentExpression';
      if (node.name === 'x' && isWrite) writes.push(node);
    });
    const [owner] = file.ast.body;
    if (!place || owner?.type !== 'FunctionDeclaration') throw new Error('no place');
    const found = writesReaching(writes, place, owner.body).map(({ node, when }) => {
      const { parent } = node;
      const value =
        parent?.type === 'VariableDeclarator'
          ? parent.init
          : parent?.type === 'AssignmentExpression'
            ? parent.right
            : null;
      const truth = truthIn(when);
      return `${value ? file.text.slice(...value.range) : ''} when ${truth === undefined ? shown(when, file.text) : String(truth)}`;
    });
    expect(found).toEqual(expected);
  });
});
