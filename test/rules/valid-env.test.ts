import { describe, expect, it } from 'vitest';
import type { Linter } from 'eslint';
import { envLanguage } from '../../rules/env-language.ts';
import validEnv from '../../rules/valid-env.ts';
import { eslints } from '../helpers/eslints.ts';
import { projectFixture } from '../helpers/project-fixture.ts';

describe.each(eslints)('valid-env in $version', ({ Linter: LinterClass }) => {
  const verify = (text: string, name = '.env') => {
    const { root } = projectFixture();
    const plugin = { languages: { env: envLanguage() }, rules: { 'valid-env': validEnv } };
    const config: Linter.Config = {
      files: ['**/.env', '**/.env.*'],
      plugins: { authkit: plugin },
      language: 'authkit/env',
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

  it('is loaded once', () => {
    expect(envLanguage()).toBe(envLanguage());
  });
});
