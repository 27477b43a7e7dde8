/** Lints files with the recommended preset and no config file. */
import { basename } from 'node:path';
import type { ESLint, Linter } from 'eslint';
import { withoutBOM } from '../../analysis/syntax/source-file.ts';
import plugin from '../../index.ts';
import { isEnvFile } from '../../project/env-files.ts';
import type { Project } from '../../project/project.ts';
import { findSafely, mayConcern } from '../../rules/create-rule.ts';
import { isTextRule, type TextRule } from '../../rules/on-text.ts';
import { UsageError } from '../usage.ts';
import { parser } from './parser.ts';

type LintResult = ESLint.LintResult;

const PREFIX = 'authkit/';

/** Makes the question whether a text has anything that a rule of the preset looks for, in a project that is looked at once. */
export function concernOf(project: Project): (text: string, path: string) => boolean {
  const ids = plugin.configs.recommended.flatMap(({ rules }) => Object.keys(rules ?? {}));
  const definitions = [...new Set(ids)].flatMap((id) => plugin.rules[id.replace(PREFIX, '')]?.definition ?? []);
  return (text, path) =>
    isText(basename(path))
      ? textRules.some((rule) => findsIn(rule, path, text, project))
      : definitions.some(({ needles }) => mayConcern(needles, text, path, () => project));
}

const textRules = Object.values(plugin.rules).filter(isTextRule);

/** Whether some rule looks at a file that is no script, by its base name. */
export function isText(name: string): boolean {
  return textRules.some(({ textSide }) => textSide.isFile(name));
}

// Asking the rule is cheaper than loading ESLint, which is needed only to print what it finds.
function findsIn({ definition, textSide }: TextRule, path: string, text: string, project: Project): boolean {
  if (!textSide.isFile(basename(path))) return false;
  return findSafely(definition, () => textSide.find(path, withoutBOM(text), project)).length > 0;
}

/**
 * ESLint, set up for the preset alone. Throws a `UsageError` when no ESLint is installed that the plugin supports.
 * `cwd` has to contain every file that will be linted.
 */
export async function createESLint(cwd: string, { fix }: { fix: boolean }): Promise<ESLint> {
  const { ESLint } = await loadESLint();
  return new ESLint({
    cwd,
    overrideConfigFile: true,
    overrideConfig: [
      // Which files are left out has been decided before; a test that somebody names is to be checked.
      ...plugin.configs.recommended.map((config) => (config.files ? { ...config, ignores: [] } : config)),
      {
        files: ['**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}'],
        languageOptions: { parser },
        linterOptions: { reportUnusedDisableDirectives: 'off' },
      },
    ],
    ignore: false,
    warnIgnored: false,
    fix: fix && (({ ruleId }) => ruleId?.startsWith(PREFIX) === true),
  });
}

async function loadESLint() {
  const eslint = await import('eslint').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new UsageError('check needs ESLint, and it is not installed: npm install --save-dev eslint', {
      showHelp: false,
    });
  });
  const { version } = eslint.ESLint;
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < 9 || (major === 9 && minor < 22)) {
    throw new UsageError(
      `check needs ESLint 9.22 or later, and ${version} is installed: npm install --save-dev eslint@latest`,
      { showHelp: false },
    );
  }
  return eslint;
}

/** Lints one text. Never throws: what goes wrong becomes a fatal message of the file. */
export async function lintFile(eslint: ESLint, path: string, text: string): Promise<LintResult> {
  try {
    const [result] = await eslint.lintText(text, { filePath: path });
    return result ? withoutSecrets(onlyOurs(result)) : resultOf(path, []);
  } catch (error) {
    if (process.env['AUTHKIT_RETHROW'] === '1') throw error;
    const [message = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    return failed(path, `could not be checked, which is a bug: ${message}`);
  }
}

// An inline comment can turn on rules beside ours, or name rules that are not there.
function onlyOurs(result: LintResult): LintResult {
  const isOurs = ({ fatal, ruleId }: Linter.LintMessage) => fatal === true || ruleId?.startsWith(PREFIX) === true;
  return {
    ...result,
    ...countsOf(result.messages.filter(isOurs)),
    suppressedMessages: result.suppressedMessages.filter(isOurs),
  };
}

// ESLint hands the whole text of a file to formatters, and `json` prints it.
function withoutSecrets(result: LintResult): LintResult {
  if (!isEnvFile(basename(result.filePath))) return result;
  const { source: _, ...rest } = result;
  return rest;
}

/** The result of a file that could not be looked at. */
export function failed(path: string, message: string): LintResult {
  return resultOf(path, [{ ruleId: null, fatal: true, severity: 2, message, line: 1, column: 1 }]);
}

/** The result of a file that has these messages (none: it is clean). */
export function resultOf(path: string, messages: Linter.LintMessage[]): LintResult {
  return { filePath: path, ...countsOf(messages), suppressedMessages: [], usedDeprecatedRules: [] };
}

/** A result without its warnings. */
export function errorsOnly(result: LintResult): LintResult {
  return { ...result, ...countsOf(result.messages.filter(({ severity }) => severity === 2)) };
}

function countsOf(messages: Linter.LintMessage[]) {
  const number = (test: (message: Linter.LintMessage) => boolean) => messages.filter(test).length;
  return {
    messages,
    errorCount: number(({ severity }) => severity === 2),
    fatalErrorCount: number(({ fatal }) => fatal === true),
    warningCount: number(({ severity }) => severity === 1),
    fixableErrorCount: number(({ fix, severity }) => severity === 2 && fix !== undefined),
    fixableWarningCount: number(({ fix, severity }) => severity === 1 && fix !== undefined),
  };
}
