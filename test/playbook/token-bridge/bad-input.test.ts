/** Whatever a file holds: no throw, no hang, and silence where nothing is known. */
import { describe, expect, it } from 'vitest';
import { parseSourceFile } from '../../../analysis/syntax/source-file.ts';
import { diagnosesOf } from '../../../playbook/token-bridge/detect/diagnosis.ts';
import { rewriteOf } from '../../../playbook/token-bridge/fix/rewrite.ts';
import { openProject } from '../../../project/project.ts';
import { projectFixture } from '../../helpers/project-fixture.ts';
import { ASKS, bridge, forces } from '../../helpers/token-bridges.ts';

function diagnose(code: string, files: Record<string, string> = {}) {
  const { path, root } = projectFixture(files);
  const parsed = parseSourceFile(path('components/bridge.tsx'), code);
  if (!parsed.ok) throw new Error(parsed.problem.message);
  const project = openProject({ cwd: root, settings: {} });
  const diagnoses = diagnosesOf(parsed.file, project);
  for (const diagnosis of diagnoses) rewriteOf(diagnosis, project);
  return diagnoses;
}

const HOOKS =
  "import { useAccessToken, useAuth } from '@workos-inc/authkit-nextjs/components';\nimport { useCallback } from 'react';\n";

describe.each([
  [
    'an object outside of a function',
    'export const bridge = { isLoading: false, fetchAccessToken: async () => null };',
  ],
  [
    'a spread of something unknown',
    'export function useB(all) { return { ...all, isLoading: false, fetchAccessToken: all.fetch }; }',
  ],
  [
    'a spread of itself',
    'export function useB() { const all = { ...all, isLoading: all, fetchAccessToken: all.fetchAccessToken }; return all; }',
  ],
  [
    'a hook that returns itself',
    'export function useB() { const b = useB(); return { isLoading: b.isLoading, fetchAccessToken: b.fetchAccessToken }; }',
  ],
  [
    'a fetcher without a body',
    `${HOOKS}export function useB() { const { user } = useAuth(); return { isAuthenticated: !!user, fetchAccessToken: undefined }; }`,
  ],
  [
    'an empty fetcher',
    `${HOOKS}export function useB() { const { user } = useAuth(); const fetchAccessToken = useCallback(() => {}, []); return { isAuthenticated: !!user, fetchAccessToken }; }`,
  ],
  [
    'a method',
    `${HOOKS}export function useB() { const { user } = useAuth(); const { getAccessToken } = useAccessToken(); return { isAuthenticated: !!user, async fetchAccessToken() { return getAccessToken(); } }; }`,
  ],
  [
    'a getter',
    `${HOOKS}export function useB() { const { user } = useAuth(); return { isAuthenticated: !!user, get fetchAccessToken() { return async () => null; } }; }`,
  ],
  [
    'hooks behind a condition',
    `${HOOKS}export function useB(on) { if (!on) return null; const { user } = useAuth(); const { refresh } = useAccessToken(); const fetchAccessToken = async () => refresh(); return { isAuthenticated: !!user, fetchAccessToken }; }`,
  ],
  [
    'holes in arrays and empty patterns',
    `${HOOKS}export function useB() { const {} = useAuth(); const [, b] = [,]; const fetchAccessToken = useCallback(async () => b, [, b]); return { isLoading: b, fetchAccessToken }; }`,
  ],
  ['a class', 'export class B { use() { return { isLoading: this.x, fetchAccessToken: this.fetch }; } }'],
  [
    'a generator',
    `${HOOKS}export function useB() { const { refresh } = useAccessToken(); const fetchAccessToken = function* () { yield refresh(); }; return { isLoading: false, fetchAccessToken }; }`,
  ],
])('%s', (_name, code) => {
  it('is looked at without a throw', () => {
    expect(() => diagnose(code)).not.toThrow();
  });
});

it('finds nothing in an object of a type only', () => {
  expect(diagnose('type Bridge = { isLoading: boolean; fetchAccessToken: () => Promise<null> };')).toEqual([]);
});

it('ends where files import each other in a circle', () => {
  const files = {
    'components/a.ts': "import { useB } from './b';\nexport const useA = () => useB();",
    'components/b.ts': "import { useA } from './a';\nexport const useB = () => useA();",
  };
  const code =
    "import { useA } from './a';\nexport function useBridge() { const a = useA(); return { isLoading: a.loading, isAuthenticated: !!a.user, fetchAccessToken: a.fetch }; }";
  expect(diagnose(code, files)).toEqual([]);
});

it('ends where helpers call each other in every way', () => {
  const names = Array.from({ length: 12 }, (_, index) => `h${String(index)}`);
  const above = names
    .map((name) => `const ${name} = async () => { ${names.map((other) => `await ${other}();`).join(' ')} };`)
    .join('\n');
  expect(diagnose(bridge({ above, fetcher: 'useCallback(async () => h0(), [])' }))).toHaveLength(1);
});

const chain = (count: number, of: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => of(index)).join('\n');

it.each([
  [
    'flags',
    bridge({
      before: `const c0 = loading;\n${chain(40, (index) => `const c${String(index + 1)} = c${String(index)} || c${String(index)};`)}`,
      fetcher: forces(),
      isLoading: 'c40',
    }),
  ],
  [
    'fetchers',
    bridge({
      before: `const f0 = ${forces()};\n${chain(40, (index) => `const f${String(index + 1)} = user ? f${String(index)} : f${String(index)};`)}`,
      fetcher: 'f40',
    }),
  ],
  [
    'callees',
    bridge({
      before: `const r0 = refresh;\n${chain(40, (index) => `const r${String(index + 1)} = user ? r${String(index)} : r${String(index)};`)}`,
      fetcher: 'useCallback(async () => r40().catch(() => null), [])',
    }),
  ],
  [
    'branches of an effect',
    bridge({
      before: `const [wait, setWait] = useState(false);\nuseEffect(() => { ${chain(40, (index) => `if (user.x${String(index)}) setWait(loading);`)} }, []);`,
      fetcher: forces(),
      isLoading: 'wait',
    }),
  ],
  [
    'branches of a helper',
    bridge({
      above: `function waits(x) { ${chain(40, (index) => `if (x.a${String(index)}) { if (x.b${String(index)}) return true; }`)} return false; }`,
      fetcher: forces(),
      isLoading: 'waits(user)',
    }),
  ],
  [
    'branches of a reducer',
    bridge({
      above: `function reducer(state, action) { let next = state; ${chain(40, (index) => `if (action.a${String(index)}) next = { ...next, busy: !next.busy };`)} return next; }`,
      before: 'const [state, dispatch] = useReducer(reducer, { busy: false });',
      fetcher: "useCallback(async () => { dispatch({ type: 'a' }); return refresh().catch(() => null); }, [refresh])",
      isLoading: 'loading || state.busy',
    }),
  ],
  [
    'reducers that call each other',
    bridge({
      above: `const r0 = (state) => state;\n${chain(40, (index) => `const r${String(index + 1)} = (state, action) => r${String(index)}(r${String(index)}(state, action), action);`)}`,
      before: 'const [state, dispatch] = useReducer(r40, { busy: false });',
      fetcher: 'useCallback(async () => { dispatch(1); return refresh().catch(() => null); }, [refresh, state])',
      isLoading: 'loading || state.busy',
    }),
  ],
])('does not double its work with each of forty %s', (_name, code) => {
  expect(diagnose(code)).toHaveLength(1);
});

it.each([
  [
    'blocks',
    bridge({
      fetcher: `useCallback(async () => { ${'{'.repeat(1_000)} return refresh(); ${'}'.repeat(1_000)} }, [refresh])`,
    }),
  ],
  [
    'links of a promise',
    bridge({ fetcher: `useCallback(() => refresh()${'.then((token) => token)'.repeat(1_000)}, [refresh])` }),
  ],
  [
    'operands that loop',
    bridge({
      token: 'getAccessToken, refresh, loading: busy',
      fetcher: forces(),
      isLoading: `loading ${'|| busy '.repeat(1_000)}`,
    }),
  ],
  [
    'operands that answer',
    bridge({
      token: 'accessToken, getAccessToken',
      fetcher: `useCallback(async () => accessToken ${'?? accessToken '.repeat(1_000)} ?? null, [accessToken])`,
    }),
  ],
  ['negations', bridge({ fetcher: forces(), isLoading: `${'!!'.repeat(1_000)}loading` })],
  [
    'operands of a helper',
    bridge({
      above: `const any = (a) => a ${'|| a '.repeat(1_000)};`,
      fetcher: 'useCallback(async () => { any(false); return refresh().catch(() => null); }, [refresh])',
    }),
  ],
])('does not end the stack in 1,000 %s', (_name, code) => {
  expect(() => diagnose(code)).not.toThrow();
});

it('looks at a provider file of 5,000 lines', () => {
  const filler = Array.from(
    { length: 5_000 },
    (_, index) => `export const value${String(index)} = { a: ${String(index)}, b: () => value${String(index)} };`,
  );
  const { path, root } = projectFixture();
  const parsed = parseSourceFile(
    path('components/bridge.tsx'),
    bridge({ above: filler.join('\n'), fetcher: forces() }),
  );
  if (!parsed.ok) throw new Error(parsed.problem.message);
  const project = openProject({ cwd: root, settings: {} });
  expect(diagnosesOf(parsed.file, project)).toHaveLength(1);
});

it('answers at once when it is asked again', () => {
  const { path, root } = projectFixture();
  const parsed = parseSourceFile(path('components/bridge.tsx'), bridge({ fetcher: ASKS }));
  if (!parsed.ok) throw new Error(parsed.problem.message);
  const project = openProject({ cwd: root, settings: {} });
  expect(diagnosesOf(parsed.file, project)).toBe(diagnosesOf(parsed.file, project));
});
