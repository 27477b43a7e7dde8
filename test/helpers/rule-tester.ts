/** Runs each case of a rule under ESLint 9 and ESLint 10. */
import type { RuleTester } from 'eslint';
import { describe, it } from 'vitest';
import type { AuthKitRule } from '../../rules/create-rule.ts';
import { eslints, isReadable, languageOptionsFor, type ParserName } from './eslints.ts';
import { projectFixture } from './project-fixture.ts';

type Settings = Readonly<Record<string, unknown>>;

export interface ValidCase {
  /** A sentence. */
  readonly name: string;
  readonly code: string;
  /** Relative to the project; default `components/nav.tsx`. Its extension chooses the parser. */
  readonly filename?: string;
  /** The other files of the project. */
  readonly files?: Readonly<Record<string, string>>;
  /** Absolute root of a project that is already, instead of `files`. */
  readonly root?: string;
  readonly options?: readonly unknown[];
  /** A function gets the project's root: RuleTester's `cwd` is this repository. */
  readonly settings?: Settings | ((root: string) => Settings);
  readonly parser?: ParserName;
  readonly only?: boolean;
}

export interface InvalidCase extends ValidCase {
  readonly errors: RuleTester.InvalidTestCase['errors'];
  /** After one pass of fixes; null or absent when there is no fix. */
  readonly output?: string | null;
}

export interface Cases {
  /** Files that several cases share; a case's own files come on top. */
  readonly files?: Readonly<Record<string, string>>;
  readonly valid: readonly ValidCase[];
  readonly invalid: readonly InvalidCase[];
}

export const ruleTester = {
  /** Defines one test a case and ESLint version. To be called at the top of a test file or in a `describe`. */
  run(rule: AuthKitRule, { files, invalid, valid }: Cases): void {
    for (const { RuleTester: Tester, version } of eslints) {
      describe(version, () => {
        Object.assign(Tester, { describe, it, itOnly: it.only });
        new Tester().run(rule.definition.name, rule, {
          valid: valid.filter(isWritable).map((item) => placed(item, files)),
          invalid: invalid.filter(isWritable).map((item) => ({
            ...placed(item, files),
            errors: item.errors,
            output: item.output === item.code ? null : (item.output ?? null),
          })),
        });
      });
    }
  },
};

const DEFAULT_FILENAME = 'components/nav.tsx';

/** Whether the case is one for the parser: an edit of a TypeScript file may write types. */
const isWritable = ({
  code,
  errors = [],
  filename = DEFAULT_FILENAME,
  output,
}: Partial<InvalidCase> & ValidCase): boolean =>
  [code, output, ...(Array.isArray(errors) ? errors.flatMap(suggestedBy) : [])].every(
    (text) => typeof text !== 'string' || isReadable(filename, text),
  );

const suggestedBy = (error: RuleTester.TestCaseError | RegExp | string): readonly (string | undefined)[] => {
  const suggestions = typeof error === 'object' && 'suggestions' in error ? error.suggestions : undefined;
  return Array.isArray(suggestions) ? suggestions.map(({ output }) => output) : [];
};

function placed(item: ValidCase, shared: Readonly<Record<string, string>> | undefined): RuleTester.ValidTestCase {
  const { code, filename = DEFAULT_FILENAME, name, only, options, parser, settings } = item;
  const root = item.root ?? projectFixture({ ...shared, ...item.files }).root;
  return {
    name,
    code,
    filename: `${root}/${filename}`,
    languageOptions: languageOptionsFor(filename, parser),
    ...(options && { options: [...options] }),
    ...(settings && { settings: typeof settings === 'function' ? settings(root) : settings }),
    ...(only === true && { only }),
  };
}
