import { describe, expect, it } from 'vitest';
import type { Linter } from 'eslint';
import validEnv from '../../rules/valid-env.ts';
import { eslints, languageOptionsFor } from '../helpers/eslints.ts';
import { projectFixture } from '../helpers/project-fixture.ts';

describe.each(eslints)('valid-env in $version', ({ Linter: LinterClass }) => {
  const verify = (text: string, name = '.env') => {
    const { root } = projectFixture();
    const config: Linter.Config = {
      files: ['**/.env', '**/.env.*'],
      plugins: { authkit: { rules: { 'valid-env': validEnv } } },
      languageOptions: languageOptionsFor(name),
      rules: { 'authkit/valid-env': 'error' },
    };
    return new LinterClass({ cwd: root }).verify(text, [config], { filename: `${root}/${name}` });
  };

  it('points at the value, and says how long it is', () => {
    expect(verify('# mine\nWORKOS_COOKIE_PASSWORD="abc"\n')).toMatchObject([
      {
        ruleId: 'authkit/valid-env',
        messageId: 'shortPassword',
        line: 2,
        column: 24,
        endLine: 2,
        endColumn: 29,
        message: expect.stringContaining('has 3 characters') as string,
      },
    ]);
    expect(verify('WORKOS_COOKIE_PASSWORD=abc #defghijklmnopqrstuvwxyz012345\n')[0]?.message).toBe(
      "WORKOS_COOKIE_PASSWORD has 3 characters, because '#' starts a comment, and AuthKit throws on every request below 32. Put the value in quotes.",
    );
  });

  it('keeps quiet where all is well', () => {
    expect(verify(`WORKOS_COOKIE_PASSWORD=${'x'.repeat(32)}\n`)).toEqual([]);
  });

  it('listens to a comment of eslint-disable', () => {
    expect(verify('# eslint-disable-next-line authkit/valid-env -- made up\nWORKOS_COOKIE_PASSWORD=abc\n')).toEqual([]);
    expect(verify('WORKOS_COOKIE_PASSWORD=abc # eslint-disable-line\n')).toEqual([]);
  });

  it('reads CRLF and a byte order mark', () => {
    expect(verify('\uFEFFA=b\r\nWORKOS_COOKIE_PASSWORD=abc\r\n')).toMatchObject([{ line: 2, column: 24 }]);
  });

  it('takes a comment that only begins like one of eslint-disable for a comment', () => {
    const lines = ['# eslint-disable-foo', '# eslint-enable-x authkit/valid-env', '# eslint-disable-next line'];
    expect(verify(`${lines.join('\n')}\nWORKOS_COOKIE_PASSWORD=abc\n`)).toMatchObject([
      { messageId: 'shortPassword', line: 4 },
    ]);
  });

  it('listens to eslint-disable for the rest of a file, up to eslint-enable', () => {
    expect(verify('# eslint-disable authkit/valid-env -- made up\nA=b\nWORKOS_COOKIE_PASSWORD=abc\n')).toEqual([]);
    const disabled = '# eslint-disable\nNEXT_PUBLIC_WORKOS_API_KEY=sk\n# eslint-enable\n';
    expect(verify(`${disabled}WORKOS_COOKIE_PASSWORD=abc\n`)).toMatchObject([{ line: 4 }]);
  });

  it('leaves a module of that name to the parsers of modules', () => {
    expect(verify('WORKOS_COOKIE_PASSWORD=abc', '.env.ts')).toEqual([]);
  });
});
