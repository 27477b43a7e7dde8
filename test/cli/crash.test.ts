/** What a defect of ours looks like: the file counts as one that was not checked, and the others are checked. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { run } from '../../cli/run.ts';
import { processTerminal, type Terminal } from '../../cli/output/terminal.ts';
import { rules } from '../../rules/index.ts';
import { projectFixture } from '../helpers/project-fixture.ts';
import { APP } from './cli.ts';

const BUG =
  'This is a bug in eslint-plugin-authkit. Please report it with the output of the same command under AUTHKIT_RETHROW=1';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

/** Runs a command in this process, where a rule can be made to fail. */
async function runWith(args: readonly string[], finder: string): Promise<{ code: number; out: string }> {
  vi.stubEnv('AUTHKIT_RETHROW', '');
  const { definition } = rules[finder] ?? {};
  if (!definition) throw new Error(`no rule ${finder}`);
  vi.spyOn(definition, 'find').mockImplementation(() => {
    throw new TypeError('x is not a function');
  });
  let out = '';
  const write = (text: string) => {
    out += text;
  };
  const { root } = projectFixture(APP);
  const terminal: Terminal = { ...processTerminal(), cwd: root, env: {}, out: write, err: write };
  return { code: await run(args, terminal), out };
}

describe('a rule that fails', () => {
  it('makes check exit with 2, although no other rule finds an error, and say how to report it', async () => {
    const { code, out } = await runWith(['check'], 'no-sign-out-prefetch');
    expect(out).toContain('components/nav.tsx');
    expect(out).toContain('authkit/no-sign-out-prefetch could not check this file: TypeError: x is not a function');
    expect(out).toContain(BUG);
    expect(code).toBe(2);
  });

  it('does not hide what others find: no-get-sign-out reports, and the code is still 2', async () => {
    const { code, out } = await runWith(['check', '--strict', '--format', 'json'], 'no-sign-out-prefetch');
    expect(out).toContain('authkit/no-get-sign-out');
    expect(code).toBe(2);
  });

  it('makes a codemod leave the file as it is, and exit with 2', async () => {
    const { code, out } = await runWith(['codemod', 'no-sign-out-prefetch', '--dry-run'], 'no-sign-out-prefetch');
    expect(out).toContain('no-sign-out-prefetch failed, which is a bug: TypeError: x is not a function');
    expect(code).toBe(2);
  });
});
