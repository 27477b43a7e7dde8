/**
 * Fixtures of a codemod, and the invariants that each of them has to keep.
 *
 * A fixture is a folder `test/codemods/<name>/<case>/`:
 * - `input.tsx` (or any other script extension), and `output.tsx` unless nothing is to change;
 * - `project/`, optional: the files around it;
 * - `fixture.json`, optional: `as`, where the input is in the project (default `components/input.tsx`); `settings`;
 *   `left`, how many findings have no edit (default 0).
 */
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { extname, join, relative } from 'node:path';
import type { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import { type Edit, applyEdits } from '../../analysis/edits/edits.ts';
import type { Codemod } from '../../codemods/transform.ts';
import { openProject } from '../../project/project.ts';
import type { AuthKitRule } from '../../rules/create-rule.ts';
import { eslints, languageOptionsFor } from './eslints.ts';
import { parsed } from './parse.ts';
import { projectFixture } from './project-fixture.ts';

export interface CodemodFixture {
  readonly name: string;
  /** Where the file is in the project. */
  readonly as: string;
  readonly input: string;
  /** The same as `input` where nothing is to change. */
  readonly output: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly left?: number;
}

/** A file written otherwise, without changing what it means; input and output are both put through it. */
const VARIANTS: readonly (readonly [name: string, rewrite: (text: string) => string])[] = [
  ['as it stands', (text) => text],
  ['with CRLF line ends', crlf],
  ['with a byte order mark', (text) => `\uFEFF${text}`],
  ['with a byte order mark and CRLF', (text) => `\uFEFF${crlf(text)}`],
  ['indented with tabs', (text) => text.replace(/^(?: {2})+/gmu, (spaces) => '\t'.repeat(spaces.length / 2))],
  ['with a shebang', (text) => `#!/usr/bin/env node\n${text}`],
  ["with 'use client'", (text) => `'use client';\n\n${text.replace(/^(['"])use client\1;?\s*/u, '')}`],
];

function crlf(text: string): string {
  return text.replace(/\r?\n/gu, '\r\n');
}

/** Reads the fixtures of a folder. Throws for a folder without any: a test of nothing must not pass. */
export function readFixtures(folder: string): CodemodFixture[] {
  const names = readdirSync(folder).filter((name) => statSync(join(folder, name)).isDirectory());
  if (names.length === 0) throw new Error(`no fixtures in ${folder}`);
  return names.map((name) => readFixture(join(folder, name), name));
}

function readFixture(folder: string, name: string): CodemodFixture {
  const inputName = readdirSync(folder).find((file) => file.startsWith('input.'));
  if (inputName === undefined) throw new Error(`${folder} has no input file`);
  const extension = extname(inputName);
  const input = readFileSync(join(folder, inputName), 'utf8');
  const outputPath = join(folder, `output${extension}`);
  const configPath = join(folder, 'fixture.json');
  return {
    name,
    as: `components/input${extension}`,
    input,
    output: existsSync(outputPath) ? readFileSync(outputPath, 'utf8') : input,
    files: readProject(join(folder, 'project')),
    ...(existsSync(configPath) ? (JSON.parse(readFileSync(configPath, 'utf8')) as Partial<CodemodFixture>) : {}),
  };
}

function readProject(folder: string): Record<string, string> {
  if (!existsSync(folder)) return {};
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
  const files = paths.filter((path) => statSync(path).isFile());
  return Object.fromEntries(files.map((path) => [relative(folder, path), readFileSync(path, 'utf8')]));
}

/** Defines the tests of what has to hold for every fixture in every variant. */
export function testCodemod(rule: AuthKitRule, codemod: Codemod, fixtures: readonly CodemodFixture[]): void {
  describe.each(fixtures)('$name', (fixture) => {
    describe.each(VARIANTS)('%s', (_variant, rewrite) => {
      const input = rewrite(fixture.input);
      const output = rewrite(fixture.output);
      const { path, root } = projectFixture({ ...fixture.files, [fixture.as]: input });
      const settings = fixture.settings ?? {};
      const project = () => openProject({ cwd: root, settings });
      const transform = (source: string) =>
        codemod({ path: path(fixture.as), source }, undefined, { cwd: root, settings });

      it(input === output ? 'stays identical to the byte' : 'becomes the expected output', () => {
        expect(transform(input) ?? input).toBe(output);
      });

      it('changes nothing in a second run', () => {
        expect(transform(output)).toBeUndefined();
      });

      it('leaves behind only what has no edit', () => {
        const { left, problem } = codemod.run({ path: path(fixture.as), source: output, project: project() });
        expect(problem).toBeUndefined();
        expect(left.filter(({ finding }) => finding.fix)).toEqual([]);
        expect(left).toHaveLength(fixture.left ?? 0);
      });

      it.each(eslints)('equals what $version makes of it', ({ Linter: AnyLinter }) => {
        const linter = new AnyLinter({ cwd: root });
        const reviewed = applyAll(linter, rule, {
          as: fixture.as,
          path: path(fixture.as),
          settings,
          input,
          project: project(),
        });
        expect(reviewed).toBe(output);
      });
    });
  });
}

/** A text that a rule is let at in the editor. */
export interface Subject {
  readonly as: string;
  readonly path: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly input: string;
  readonly project: ReturnType<typeof openProject>;
}

/** What a person gets who lets ESLint fix, accepts the suggestion of every fix to be reviewed, and so on to the end. */
export function applyAll(linter: Linter, rule: AuthKitRule, subject: Subject): string {
  const { name } = rule.definition;
  const config: Linter.Config = {
    files: ['**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}'],
    languageOptions: languageOptionsFor(subject.as),
    linterOptions: { reportUnusedDisableDirectives: 'off' },
    plugins: { authkit: { rules: { [name]: rule } } },
    rules: { [`authkit/${name}`]: 'error' },
    settings: { ...subject.settings },
  };
  let text = subject.input;
  for (let pass = 0; pass < 10; pass += 1) {
    const { messages, output } = linter.verifyAndFix(text, [config], { filename: subject.path });
    const fatal = messages.find(({ fatal: isFatal, ruleId }) => isFatal === true || ruleId === null);
    if (fatal) throw new Error(fatal.message);
    const accepted = reviewFixes(messages, rule, subject, output);
    if (accepted.length === 0) return output;
    const bom = output.startsWith('\uFEFF') ? '\uFEFF' : '';
    text = bom + applyEdits(output.slice(bom.length), accepted).text;
  }
  return text;
}

// A suggestion carries no mark that it is the fix; the finder says which one is.
function reviewFixes(
  messages: readonly Linter.LintMessage[],
  rule: AuthKitRule,
  subject: Subject,
  source: string,
): Edit[][] {
  const fixIds = new Set(
    rule.definition
      .find(parsed(subject.path, source), subject.project, undefined)
      .filter(({ fix }) => fix?.safety === 'review')
      .map(({ fixMessageId }) => fixMessageId),
  );
  return messages.flatMap(({ suggestions = [] }) => {
    const fix = suggestions.find(({ messageId }) => fixIds.has(messageId));
    return fix ? [[{ range: [fix.fix.range[0], fix.fix.range[1]] as const, text: fix.fix.text }]] : [];
  });
}
