/** The JSON that the commands print is as the schemas of the package say. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../helpers/commands.ts';
import { projectFixture } from '../helpers/project-fixture.ts';
import { APP, CALL, cli, NAV } from './cli.ts';

function validator(name: string): (text: string) => string[] {
  const schema = JSON.parse(readFileSync(join(ROOT, 'schemas', name), 'utf8')) as object;
  const validate = new Ajv().compile(schema);
  return (text) => {
    void validate(JSON.parse(text));
    return (validate.errors ?? []).map(({ dataPath, message = '' }) => `${dataPath} ${message}`);
  };
}

describe('check --json', () => {
  const errorsOf = validator('check.schema.json');

  it.each([
    ['findings with fixes', APP, []],
    ['suggestions', { ...APP, 'components/warm.tsx': CALL.replace('const warmed = ', '').replace('warmed', '1') }, []],
    ['suppressed findings', { ...APP, 'components/nav.tsx': `/* eslint-disable */\n${NAV}` }, []],
    ['a file that does not parse', { 'a.tsx': `${NAV}(` }, ['a.tsx']],
    ['nothing', { 'a.ts': '' }, []],
    ['fixed files', APP, ['--fix']],
    ['explanations', { ...APP, 'components/warm.tsx': CALL }, ['--explain']],
    [
      'explanations with values and what is sent',
      {
        'vercel.json': '{}',
        'proxy.ts':
          "import { authkitProxy } from '@workos-inc/authkit-nextjs';\nconst base = process.env.VERCEL_ENV === 'production' ? 'https://shop.example' : 'https://shop.vercel.app';\nexport default authkitProxy({ redirectUri: `${base}/callback` });\n",
      },
      ['--explain'],
    ],
  ])('%s', (_, files, args) => {
    const { stdout } = cli(projectFixture(files).root, ['check', '--json', ...args]);
    expect(errorsOf(stdout)).toEqual([]);
  });

  it('would not hold of another shape', () => {
    expect(errorsOf('[{ "filePath": 1 }]')).not.toEqual([]);
  });
});

describe('codemod --json', () => {
  const errorsOf = validator('codemod.schema.json');

  it.each([
    ['changes', APP, []],
    ['diffs', APP, ['--diff']],
    ['places that are left', { ...APP, 'components/warm.tsx': CALL }, ['--dry-run']],
    ['a file that does not parse', { ...APP, 'a.tsx': `${NAV}(` }, []],
    ['nothing', { 'a.ts': '' }, []],
  ])('%s', (_, files, args) => {
    const { stdout } = cli(projectFixture(files).root, ['codemod', 'all', '--json', ...args]);
    expect(errorsOf(stdout)).toEqual([]);
  });
});
