/** Which modules a file loads, once its types are taken away. */
import { describe, expect, it } from 'vitest';
import { moduleRequestsOf } from '../../../../analysis/syntax/bindings/module-requests.ts';
import { parse } from '../../support.ts';

const requests = (code: string): readonly string[] => moduleRequestsOf(parse(code)).map(({ module }) => module);

describe('a file loads', () => {
  it.each([
    ['a module of which it reads a value', "import { a } from 'a'; a();"],
    ['a module for what it does', "import 'a';"],
    ['a module that it hands on by name', "export { b } from 'a';"],
    ['a module that it hands on whole', "export * from 'a';"],
    ['a module of which it reads a value besides a type', "import { type T, a } from 'a'; a();"],
  ])('%s', (_, code) => {
    expect(requests(code)).toEqual(['a']);
  });
});

describe('a file does not load', () => {
  it.each([
    ['a module of types', "import type { T } from 'a'; let x: T;"],
    ['a module of which it names types only', "import { type T } from 'a'; let x: T;"],
    ['a module whose imports nothing reads', "import { a } from 'a';"],
    ['a module of which it hands on types', "export type { T } from 'a';"],
    ['anything for an export of its own', 'const a = 1; export { a };'],
  ])('%s', (_, code) => {
    expect(requests(code)).toEqual([]);
  });
});
