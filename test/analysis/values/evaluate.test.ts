import { describe, expect, it } from 'vitest';
import { environmentOf } from '../../../analysis/values/environment.ts';
import { parseSourceFile } from '../../../analysis/syntax/source-file.ts';
import { evaluated } from '../support.ts';

const preview = environmentOf({
  VERCEL_ENV: 'preview',
  NODE_ENV: 'production',
  VERCEL_URL: true,
  VERCEL_BRANCH_URL: true,
  UNSET: false,
});

describe('text', () => {
  it.each([
    ["use('/a')", ['/a']],
    ['use(`/a/${"b"}`)', ['/a/b']],
    ["use(String.raw`/a\\x2f${'b'}`)", ['/a\\x2fb']],
    ['use(tag`/a`)', ['unknown']],
    ['const String = { raw: other }; use(String.raw`/a`)', ['unknown']],
    ["const A = '/a'; use(A + '/b')", ['/a/b']],
    ["use(1 + 2 + 'a')", ['3a']],
    ["use('a' + 1 + 2)", ['a12']],
    ["use(x + 1 + 'a')", ['…a']],
    ["use(x + y + 'a')", ['……a']],
    ["use(('/a' as Route)!)", ['/a']],
    ["const R = { out: '/a' } as const; use(R.out)", ['/a']],
    ["const R = { auth: { out: '/a' } }; const { auth: { out: path } } = R; use(path)", ['/a']],
    ["use(cond ? '/a' : '/b')", ['/a', '/b']],
    ["use(x ?? '/b')", ['unknown', '/b']],
    ['declare const x: string; use(x)', ['unknown']],
    ["const f = (p: string) => `/x${p}`; use(f('/a'))", ['/x/a']],
    ["function f() { if (a) return '/a'; return '/b'; } use(f())", ['/a', '/b']],
    ["enum R { Out = '/a' } use(R.Out)", ['/a']],
    ["class R { static out = '/a' } use(R.out)", ['/a']],
    [
      "class R { static base = '/a'; static get out() { return R.base + '/b'; } static in = this.base; } use(R.out + R.in)",
      ['/a/b/a'],
    ],
    ["const R = { base: '/a', get out() { return this.base + '/b'; } }; use(R.out)", ['/a/b']],
    ['const R = { get out() { return R.out; } }; use(R.out)', ['unknown']],
    ["const o = { list: ['/a'] }; o.list.push('/b'); use(o)", ['{list: [/a, /b]}']],
    ["const o = { list: [{ to: '/a' }] }; o.list[0].to = '/b'; use(o.list[0].to)", ['/b']],
    ["const o = { a: '/a', b: '/b' }; delete o.a; use(o)", ['{b: /b}']],
    ["const o = { a: '/a' }; if (c) delete o.a; use(o.a)", ['/a', 'unknown']],
    ["const o = { a: '/a' }; Object.assign(o, { b: '/b' }); use(o)", ['{a: /a, b: /b}']],
    ["const list = ['/a', '/b']; list[1] = '/c'; use(list)", ['[/a, /c]']],
    ["use(['/a', '/b'].map((path, index) => (index === 0 ? path : '/c')))", ['[/a, /c]']],
    ["use(['/a', '/b'].filter((path, index) => index === 1))", ['[/b]']],
    ["use('/a//'.replace(/\\/+$/, ''))", ['/a']],
    ["use('/a'.replace(/a/, '$&$&'))", ['/aa']],
    ["use((null == undefined) ? '/a' : '/b')", ['/a']],
    ["use((null === undefined) ? '/a' : '/b')", ['/b']],
    ["use((['/a'] == '/a') ? '/a' : '/b')", ['/a', '/b']],
    ["use(('' != null) ? '/a' : '/b')", ['/a']],
    ["use('/a'.replace('a', '$&$&'))", ['/aa']],
    ["use('/a/a'.replaceAll('a', '[$&]$$'))", ['/[a]$/[a]$']],
    ["use('/a'.startsWith('/a/b'))", ['false']],
    ["use(`/a${x}`.startsWith('/b/c'))", ['false']],
    ["use(`/a${x}`.startsWith('/a/b') ? '/c' : '/d')", ['/c', '/d']],
    ["use('a.dev'.endsWith('.x.a.dev'))", ['false']],
    ["use(`${x}.dev`.endsWith('.app.com'))", ['false']],
    ["use(`${x}.dev`.endsWith('.app.dev') ? '/c' : '/d')", ['/c', '/d']],
    ["use(['a', 'b'].join('/'))", ['a/b']],
    ["use(new URL('/a', 'https://x.dev/b').href)", ['https://x.dev/a']],
    ["use(new URL('/a', base).pathname)", ['/a']],
    ["use('  /a '.trim())", ['/a']],
    ["let p = '/a'; if (c) p = '/b'; use(p)", ['/b', '/a']],
    ["let p; p = '/b'; use(p)", ['/b']],
    ["const items = [{ href: '/a' }, { href: '/b' }]; items.map((item) => use(item.href))", ['/a', '/b']],
    ["for (const item of ['/a', '/b']) use(item)", ['/a', '/b']],
    ['const a = b; const b = a; use(a)', ['unknown']],
    ["const R = { a: '/a', b: '/b' }; use(R[key])", ['/a', '/b']],
    ["use(Object.values({ a: '/a' }).find((p) => p === '/a'))", ['/a']],
    ["const o = { ...{ a: '/a' }, b: 1 }; use(o)", ['{a: /a, b: 1}']],
  ])('%s', (code, expected) => {
    expect(evaluated(code)).toEqual(expected);
  });

  it('does not follow a shadowed name', () => {
    expect(evaluated("const A = '/a'; function f(A: string) { use(A) }")).toEqual(['unknown']);
  });

  it('joins a thousand pieces', () => {
    const sum = Array.from({ length: 1_000 }, () => "'a'").join(' + ');
    expect(evaluated(`use((${sum}).slice(997))`)).toEqual(['aaa']);
  });

  it('says so of a file that is nested too deeply, instead of ending the stack', () => {
    const code = Array.from({ length: 20_000 }, () => "'a'").join(' + ');
    expect(parseSourceFile('/app/deep.ts', code)).toMatchObject({
      ok: false,
      problem: { message: 'Nested too deeply' },
    });
  });
});

describe('lists, maps and pieces of text', () => {
  it.each([
    ["const m = new Map([['out', '/a'], ['in', '/b']]); use(m.get('out'))", ['/a']],
    ["const m = new Map([['out', '/a'], ['in', '/b']]); use(m.get(key))", ['/a', '/b', 'undefined']],
    ["const m = new Map([['out', '/a']]); use(m.get('in'))", ['undefined']],
    ["const m = new Map(); m.set('out', '/a'); use(m.get('out'))", ['/a']],
    ["const m = new Map([['out', '/a']]); use([...m.values()])", ['[/a]']],
    ["const m = new Map([['out', '/a']]); use(Array.from(m.keys()))", ['[out]']],
    ["const m = new Map([['out', '/a']]); use([...m])", ['[[out, /a]]']],
    ["const s = new Set(['/a']); s.add('/b'); use(s.has('/b'))", ['true']],
    ["const s = new Set(['/a']); if (x) s.add('/b'); use(s.has('/b'))", ['unknown']],
    ["use(Object.fromEntries([['out', '/a'], ['in', '/b']]))", ['{out: /a, in: /b}']],
    ["use(['a', 'b'].reduce((all, part) => `${all}/${part}`, ''))", ['/a/b']],
    ["use([...['/a', '/b'].entries()])", ['[[0, /a], [1, /b]]']],
    ["const join = (...parts: string[]) => '/' + parts.join('/'); use(join('a', 'b'))", ['/a/b']],
    ["const join = (...parts) => '/' + parts.map(String).join('/'); use(join('a', 1))", ['/a/1']],
    ["use(['a b', 'c'].map(encodeURIComponent).join('/'))", ['a%20b/c']],
    ["use(['a', b].map(encodeURIComponent).join('/'))", ['a/…']],
    ["use(encodeURIComponent('\\uD800'))", ['unknown']],
    ["const String = (a) => '/b'; use(['a'].map(String)[0])", ['/b']],
    ["use(['a'].map(parse)[0])", ['unknown']],
    ["enum P { Root = '/', Out = Root + 'a' } use(P.Out)", ['/a']],
    ["enum P { Root = '/', Out = `${P.Root}a` } use(P.Out)", ['/a']],
    ["use('/a/b'.slice(2))", ['/b']],
    ["use('//a'.replace(/^\\/+/, '/'))", ['/a']],
    ["use('/a_b_c'.replace(/_/g, '-'))", ['/a-b-c']],
    ["use('/[locale]/a'.replace('[locale]', locale))", ['/…/a']],
    ["use('/a'.replace(/(a+)+$/, 'b'))", ['unknown']],
    ['use(3 - 1)', ['2']],
    ['use(3 > 1 && 1 >= 2)', ['false']],
    ['use(x > 1)', ['unknown']],
  ])('%s', (code, values) => {
    expect(evaluated(code)).toEqual(values);
  });
});

describe('what a spread hands on', () => {
  it.each([
    ["const f = (a, b) => b; use(f(...['/a', '/b']))", ['/b']],
    ["const f = (a, b) => a; use(f('/a', ...rest))", ['/a']],
    ["const f = (a, b) => a; use(f(...rest, '/b'))", ['unknown']],
    ["const f = (a, b = '/b') => b; use(f(...rest))", ['unknown', '/b']],
    ["const f = (a) => a; use(f(...[x && '/a', '/b'].filter(Boolean)))", ['unknown']],
    ["use(Object.assign({ to: '/a' }, ...rest).to)", ['/a', 'unknown']],
    ["use(Object.assign({}, ...rest, { to: '/b' }).to)", ['/b']],
  ])('%s', (code, values) => {
    expect(evaluated(code)).toEqual(values);
  });
});

describe('calls without arguments', () => {
  it('follow a function once, however many there are', () => {
    const large = `function f() { return '/a' ${"+ ''".repeat(300)}; }`;
    expect(evaluated(`${large} use([${'f(), '.repeat(20)}])`)).toEqual([`[${Array(20).fill('/a').join(', ')}]`]);
  });

  it('end where a function calls itself', () => {
    expect(evaluated(`function f() { return x ? '/a' : f(); } use(f())`)).toEqual(['/a', 'unknown']);
  });

  it('are kept apart for functions that are made in another', () => {
    const code = `const make = (path) => () => path; use([make('/a')(), make('/b')()])`;
    expect(evaluated(code)).toEqual(['[/a, /b]']);
  });
});

describe('the environment', () => {
  it.each([
    ['use(process.env.VERCEL_URL)', ['${process.env.VERCEL_URL}']],
    [
      "use(process.env.VERCEL_ENV === 'preview' ? `https://${process.env.VERCEL_URL}` : '/prod')",
      ['https://${process.env.VERCEL_URL}'],
    ],
    ["use(process.env.UNSET || '/fallback')", ['/fallback']],
    ["use(process.env.VERCEL_URL ?? '/fallback')", ['${process.env.VERCEL_URL}']],
    ["use(process.env.MAYBE ?? '/fallback')", ['${process.env.MAYBE}', '/fallback']],
    ["use(process.env.UNSET?.trim() ?? '/fallback')", ['/fallback']],
    ["use(process.env.UNSET?.replace('a', 'b').trim() || '/fallback')", ['/fallback']],
    ["use(process.env.VERCEL_URL?.trim() ?? '/fallback')", ['${process.env.VERCEL_URL}']],
    ['const { VERCEL_ENV: e } = process.env; use(e)', ['preview']],
    ['const env = process.env; use(env.VERCEL_ENV)', ['preview']],
    [
      "use(new URL('/callback', `https://${process.env.VERCEL_URL}`).toString())",
      ['https://${process.env.VERCEL_URL}/callback'],
    ],
    ["let u = '/prod'; if (process.env.VERCEL_ENV === 'preview') { u = '/preview'; } use(u)", ['/preview']],
    ["function f() { if (process.env.VERCEL_ENV === 'production') return '/p'; return '/o'; } use(f())", ['/o']],
    ["const url = new URL(x); url.pathname = '/callback'; use(url.href)", ['…/callback']],
    ["const o: any = {}; if (process.env.VERCEL_ENV === 'preview') o.a = 1; use(o)", ['{a: 1}']],
    ["const p: any[] = ['a']; if (process.env.MAYBE) p.push('b'); use(p)", ['[a, b?]']],
    ["const p = [...(process.env.UNSET ? ['b'] : []), 'a']; use(p)", ['[a]']],
    [
      "function f() { switch (process.env.VERCEL_ENV) { case 'production': return '/p'; case 'preview': return '/v'; default: return '/d'; } } use(f())",
      ['/v'],
    ],
    ["switch (process.env.X) { case 'a': f(); } use(!process.env.UNSET)", ['true']],
  ])('%s', (code, expected) => {
    expect(evaluated(code, preview)).toEqual(expected);
  });
});

describe('other files', () => {
  it('follows a constant, a re-export and a namespace', () => {
    const modules = {
      './a': "export const OUT = '/a';",
      './b': "export * from './a'; export { OUT as EXIT } from './a';",
    };
    expect(evaluated("import { OUT } from './a'; use(OUT)", undefined, modules)).toEqual(['/a']);
    expect(evaluated("import { EXIT } from './b'; use(EXIT)", undefined, modules)).toEqual(['/a']);
    expect(evaluated("import { OUT } from './b'; use(OUT)", undefined, modules)).toEqual(['/a']);
    expect(evaluated("import * as R from './b'; use(R.EXIT)", undefined, modules)).toEqual(['/a']);
    expect(evaluated("import * as R from './b'; use(R.OUT)", undefined, modules)).toEqual(['/a']);
  });

  it('reads of a namespace what is asked for alone', () => {
    const modules = { './a': "export * as x from './a'; export * as y from './a'; export const OUT = '/a';" };
    expect(evaluated("import * as R from './a'; use(R.x.y.OUT)", undefined, modules)).toEqual(['/a']);
  });

  it('reads once what many barrels hand on, and knows it from two names', () => {
    const barrels = Array.from({ length: 40 }, (_, index): [string, string][] =>
      ['left', 'right'].map((side) => [
        `./${side}${String(index)}`,
        `export * from './left${String(index + 1)}'; export * from './right${String(index + 1)}';`,
      ]),
    ).flat();
    const modules = {
      ...Object.fromEntries(barrels),
      './left40': "export const A = '/a';",
      './right40': "export const B = '/b'; export * from './left0';",
    };
    expect(evaluated("import * as R from './left0'; use(R.A)", undefined, modules)).toEqual(['/a']);
    expect(evaluated("import * as R from './left0'; use(R.B)", undefined, modules)).toEqual(['/b']);
  });

  it('knows of a namespace neither what two modules hand on under one name, nor a default', () => {
    const modules = {
      './a': "export const OUT = '/a'; export const A = '/a'; export default '/a';",
      './b': "export const OUT = '/b'; export * from './c';",
      './c': "export * from './a'; export * from './b';",
    };
    expect(evaluated("import * as R from './c'; use(R.A)", undefined, modules)).toEqual(['/a']);
    expect(evaluated("import * as R from './c'; use(R.OUT)", undefined, modules)).not.toEqual(['/a']);
    expect(evaluated("import * as R from './c'; use(R.OUT)", undefined, modules)).not.toEqual(['/b']);
    expect(evaluated("import * as R from './c'; use(R.default)", undefined, modules)).toEqual(['unknown']);
  });

  it('ends on a circle of imports', () => {
    const modules = { './a': "export { X } from './b';", './b': "export { X } from './a';" };
    expect(evaluated("import { X } from './a'; use(X)", undefined, modules)).toEqual(['unknown']);
  });
});
