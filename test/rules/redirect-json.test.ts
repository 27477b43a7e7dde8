/** The side of the redirect rules that reads convex.json, through the JSON language that the presets bring. */
import json from '@eslint/json';
import type { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import plugin from '../../index.ts';
import { eslints } from '../helpers/eslints.ts';
import { projectFixture } from '../helpers/project-fixture.ts';

const SENDS_URL =
  "import { authkitProxy } from '@workos-inc/authkit-nextjs';\nexport default authkitProxy({ redirectUri: process.env.VERCEL_ENV === 'preview' ? `https://${process.env.VERCEL_URL}/callback` : undefined });\n";

describe.each(eslints)('convex.json in $version', ({ Linter: LinterClass }) => {
  const verify = (text: string, language: 'json' | 'json5' | 'jsonc' = 'jsonc', name = 'convex.json') => {
    const { root } = projectFixture({
      'convex.json': text,
      'proxy.ts': SENDS_URL,
      'app/callback/route.ts': 'export const GET = 1;',
    });
    const config: Linter.Config = {
      files: ['**/*.json'],
      plugins: { authkit: plugin, json },
      language: `json/${language}`,
      rules: {
        'authkit/valid-redirect-uri': 'error',
        'authkit/consistent-preview-host': 'error',
        'authkit/no-hardcoded-redirect-host': 'error',
      },
    };
    return new LinterClass({ cwd: root }).verify(text, [config], { filename: `${root}/${name}` });
  };
  const registers = (host: string) =>
    `{\n  "authKit": { "preview": { "configure": { "redirectUris": ["https://${host}/callback"] } } }\n}\n`;

  it.each(['json', 'jsonc', 'json5'] as const)('points at the template (%s)', (language) => {
    expect(verify(registers('${VERCEL_URL}'), language)).toMatchObject([
      {
        ruleId: 'authkit/valid-redirect-uri',
        messageId: 'missingBuildEnv',
        line: 2,
        column: 70,
        endColumn: 83,
        suggestions: [{ messageId: 'writeInstead', fix: { text: '${buildEnv.VERCEL_URL}' } }],
      },
    ]);
  });

  it('compares with the proxy', () => {
    expect(verify(registers('${buildEnv.VERCEL_PROJECT_PRODUCTION_URL}'))).toMatchObject([
      { ruleId: 'authkit/consistent-preview-host', messageId: 'otherRegisteredHost', line: 2, column: 61 },
    ]);
    expect(verify(registers('${buildEnv.VERCEL_URL}'))).toEqual([]);
    // Of two hosts of previews the proxy's is the one to change, and is reported there.
    expect(verify(registers('${buildEnv.VERCEL_BRANCH_URL}'))).toEqual([]);
  });

  it('leaves other JSON files alone', () => {
    expect(verify(registers('${VERCEL_URL}'), 'jsonc', 'package.json')).toEqual([]);
  });

  it('reads CRLF and a byte order mark', () => {
    expect(verify(`\uFEFF${registers('${VERCEL_URL}').replaceAll('\n', '\r\n')}`)).toMatchObject([
      { line: 2, column: 70 },
    ]);
  });

  it('comes with the preset', () => {
    const { root } = projectFixture({ 'proxy.ts': SENDS_URL });
    const lint = (name: string, text: string) =>
      new LinterClass({ cwd: root }).verify(text, [...plugin.configs.files], { filename: `${root}/${name}` });
    expect(lint('convex.json', registers('${VERCEL_URL}'))).toMatchObject([{ ruleId: 'authkit/valid-redirect-uri' }]);
    expect(lint('convex.json', registers('app.vercel.app'))).toMatchObject([
      { ruleId: 'authkit/no-hardcoded-redirect-host' },
    ]);
    expect(lint('.env.local', 'WORKOS_COOKIE_PASSWORD=short')).toMatchObject([{ ruleId: 'authkit/valid-env' }]);
  });
});
