/** Code that is legal and seldom written. */

/** Where a statement may be. */
export const STATEMENTS: readonly string[] = [
  '{ using handle = open(); }',
  'using handle0 = globalThis.open?.();',
  '@decorated class Odd { @field accessor value = 1; static { this.value; } #hidden = 2; }',
  'const odd = <svg:rect xlink:href="/sign-out" data-a-b={1} {...{}} />;',
  'label: for (;;) { break label; }',
  'var \\u{61}b = 1; ab;',
  "const lone = '\uD800';",
  'const separators = "\u2028\u2029";',
  'if (a) ; else { }',
  'debugger;;;',
  'switch (1) { default: case 2: }',
  'export {};',
  "export * as 'odd name' from './odd';",
  "import odd1, * as odd2 from 'next/link';",
  "import type { Route } from 'next';",
  "import json from './a.json' with { type: 'json' };",
  'try { throw null } catch { } finally { }',
  'async function* odd3() { for await (const x of y) yield* x; }',
  'const { a = 1, b: { c = 2, ...d } = {}, ["e" + 1]: e, ...rest } = {};',
  'declare module "odd" { export const a: unique symbol; }',
  'namespace Odd4 { export const a = 1; }',
  'enum Odd5 { A = 1, B = A << 1, C = "c".length }',
  'function odd6(this: Window, [a, , b]: any[] = [], ...{ length }: any) { return new.target; }',
  'type Odd7<in out T> = T extends `${infer A}-${string}` ? A : never;',
  "const __proto = { __proto__: null, get a() { return 1; }, set a(v) {}, async *['b']() {} };",
  'while (false) var hoisted = hoisted;',
  'const self = self2; var self2 = self;',
  'a ??= b ||= c &&= d;',
  'delete process.env.WORKOS_REDIRECT_URI;',
  "'use server';",
  "'use client'",
];

/** What an expression may be wrapped into; `§` stands for it. */
export const WRAPPERS: readonly string[] = [
  '(§)',
  '((§))',
  '(0, §)',
  '(§ as any)',
  '(§)!',
  '(§ satisfies unknown)',
  '(await §)',
  '(() => §)()',
  '[§][0]',
  '({ key: § }).key',
  '(true ? § : null)',
  '(§ ?? §)',
  '`${§}`',
  '(/* odd */ § // end\n)',
  '(§)?.toString()',
  'new Proxy(§, {})',
  'import.meta.url + §',
  'void §',
  '(function* () { yield §; })()',
  '<>{§}</>',
];

/** What white space may be. */
export const BLANKS: readonly string[] = [
  '/* comment */',
  ' /* two\nlines */ ',
  ' // to the end\n',
  '\t',
  '\u00A0',
  '\n\n',
  '\r\n',
  '\r',
  '\u2028',
  '\uFEFF',
];

export const NAMES: readonly string[] = [
  '__proto__',
  'constructor',
  'toString',
  'ñandú',
  '\\u{61}b',
  'async',
  'of',
  'undefined',
  '$',
];

/** What a string may say. */
export const TEXTS: readonly string[] = [
  '',
  '/',
  '//',
  '/sign-out',
  'https://',
  'http://[::1',
  'https://{a}@b:99999/%zz?#',
  '\uD800',
  '%',
  '%E0%A4%A',
  '__proto__',
  '/:path((?!a).*)',
  '\\u2028',
  '${x}',
];
