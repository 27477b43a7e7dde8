/** Comments that turn a rule off bind its codemod as they bind ESLint: every case is put to both. */
import { describe, expect, it } from 'vitest';
import { transformFor } from '../../codemods/transform.ts';
import { openProject } from '../../project/project.ts';
import { eslints, languageOptionsFor } from '../helpers/eslints.ts';
import { tinyRule } from '../helpers/tiny-rule.ts';

const rule = tinyRule();
const codemod = transformFor(rule);

interface Case {
  readonly name: string;
  readonly input: string;
  readonly output: string;
}

const CASES: readonly Case[] = [
  {
    name: 'a line comment keeps the next line',
    input: '// eslint-disable-next-line authkit/tiny\nbad;\nbad;\n',
    output: '// eslint-disable-next-line authkit/tiny\nbad;\ngood;\n',
  },
  {
    name: 'a block comment keeps the line after its end',
    input: '/* eslint-disable-next-line\n  authkit/tiny */\nbad;\nbad;\n',
    output: '/* eslint-disable-next-line\n  authkit/tiny */\nbad;\ngood;\n',
  },
  {
    name: 'a comment keeps its own line',
    input: 'bad; // eslint-disable-line authkit/tiny\nbad;\n',
    output: 'bad; // eslint-disable-line authkit/tiny\ngood;\n',
  },
  {
    name: 'a disabled line ends at its end, whatever its kind of line break',
    input: 'bad; // eslint-disable-line\r\nbad;\u2028bad; // eslint-disable-line\r\n',
    output: 'bad; // eslint-disable-line\r\ngood;\u2028bad; // eslint-disable-line\r\n',
  },
  {
    name: 'the comment above one disabled line says nothing of the line below it',
    input: '// eslint-disable-next-line authkit/tiny\n\nbad;\n',
    output: '// eslint-disable-next-line authkit/tiny\n\ngood;\n',
  },
  {
    name: 'a block is kept from eslint-disable to eslint-enable',
    input: 'bad;\n/* eslint-disable authkit/tiny */\nbad;\n/* eslint-enable authkit/tiny */\nbad;\n',
    output: 'good;\n/* eslint-disable authkit/tiny */\nbad;\n/* eslint-enable authkit/tiny */\ngood;\n',
  },
  {
    name: 'eslint-enable without names turns on what was disabled by name',
    input: '/* eslint-disable authkit/tiny */\nbad;\n/* eslint-enable */\nbad;\n',
    output: '/* eslint-disable authkit/tiny */\nbad;\n/* eslint-enable */\ngood;\n',
  },
  {
    name: 'eslint-enable of another rule turns nothing on',
    input: '/* eslint-disable */\nbad;\n/* eslint-enable no-console */\nbad;\n',
    output: '/* eslint-disable */\nbad;\n/* eslint-enable no-console */\nbad;\n',
  },
  {
    name: 'a block begins within its line',
    input: 'bad; /* eslint-disable authkit/tiny */ bad;\n',
    output: 'good; /* eslint-disable authkit/tiny */ bad;\n',
  },
  {
    name: 'without names every rule is meant',
    input: 'bad; // eslint-disable-line\n',
    output: 'bad; // eslint-disable-line\n',
  },
  {
    name: 'a list of names may be quoted',
    input: "bad; // eslint-disable-line no-console, 'authkit/tiny'\n",
    output: "bad; // eslint-disable-line no-console, 'authkit/tiny'\n",
  },
  {
    name: 'another rule is another matter',
    input: 'bad; // eslint-disable-line no-console\n',
    output: 'good; // eslint-disable-line no-console\n',
  },
  {
    name: 'what follows two hyphens is the reason, not a name',
    input:
      'bad; // eslint-disable-line no-console -- authkit/tiny is fine\nbad; // eslint-disable-line authkit/tiny -- meant so\n',
    output:
      'good; // eslint-disable-line no-console -- authkit/tiny is fine\nbad; // eslint-disable-line authkit/tiny -- meant so\n',
  },
  {
    name: 'eslint-disable in a line comment is none',
    input: '// eslint-disable authkit/tiny\nbad;\n',
    output: '// eslint-disable authkit/tiny\ngood;\n',
  },
  {
    name: 'a directive in a string is none',
    input: "f('/* eslint-disable */');\nbad;\n",
    output: "f('/* eslint-disable */');\ngood;\n",
  },
  {
    name: 'a mention in the middle of a comment is none',
    input: '/* about eslint-disable */\nbad;\n',
    output: '/* about eslint-disable */\ngood;\n',
  },
  {
    name: 'a line that both a block and a comment keep stays kept behind an eslint-enable',
    input: '/* eslint-disable */\n/* eslint-enable */ bad; // eslint-disable-line\n',
    output: '/* eslint-disable */\n/* eslint-enable */ bad; // eslint-disable-line\n',
  },
  {
    name: 'a configuration comment turns the rule off for the file',
    input: 'bad;\n/* eslint authkit/tiny: off */\n',
    output: 'bad;\n/* eslint authkit/tiny: off */\n',
  },
  {
    name: 'a configuration comment turns it off by a number in a list',
    input: '/* eslint "authkit/tiny": [0] */\nbad;\n',
    output: '/* eslint "authkit/tiny": [0] */\nbad;\n',
  },
  {
    name: 'a configuration comment that turns it on changes nothing',
    input: '/* eslint authkit/tiny: "warn" */\nbad;\n',
    output: '/* eslint authkit/tiny: "warn" */\ngood;\n',
  },
  {
    name: 'a comment in JSX keeps the element below',
    input: '<p>\n  {/* eslint-disable-next-line authkit/tiny */}\n  <a>{bad}</a>\n  <a>{bad}</a>\n</p>;\n',
    output: '<p>\n  {/* eslint-disable-next-line authkit/tiny */}\n  <a>{bad}</a>\n  <a>{good}</a>\n</p>;\n',
  },
  {
    name: 'places are counted behind a byte order mark and letters beyond ASCII',
    input: "\uFEFF'日本 🎉'; bad; // eslint-disable-line\n'é'; /* 🎉 */ bad;\n",
    output: "\uFEFF'日本 🎉'; bad; // eslint-disable-line\n'é'; /* 🎉 */ good;\n",
  },
  {
    name: 'a second pass sees the comments too',
    input: 'bad2; bad2; // eslint-disable-line\nbad2;\n',
    output: 'bad2; bad2; // eslint-disable-line\ngood;\n',
  },
];

describe.each(CASES)('$name', ({ input, output }) => {
  it('for the codemod', () => {
    expect(codemod({ path: '/app/a.tsx', source: input }) ?? input).toBe(output);
  });

  it.each(eslints)('for $version', ({ Linter }) => {
    const config = {
      files: ['**/*.tsx'],
      languageOptions: languageOptionsFor('a.tsx'),
      linterOptions: { reportUnusedDisableDirectives: 'off' as const },
      plugins: { authkit: { rules: { tiny: rule } } },
      rules: { 'authkit/tiny': 'error' as const },
    };
    expect(new Linter({ cwd: '/app' }).verifyAndFix(input, [config], { filename: '/app/a.tsx' }).output).toBe(output);
  });
});

it('what is disabled is listed neither as changed nor as left', () => {
  const source = '/* eslint-disable authkit/tiny */ bad; hopeless;\n';
  const project = openProject({ cwd: '/app', settings: {} });
  expect(codemod.run({ path: '/app/a.tsx', source, project })).toEqual({ text: source, changed: [], left: [] });
});
