/** Lints files with the recommended preset and no config file. */
import type { ESLint, Linter, Rule } from 'eslint';
import plugin from '../../index.ts';
import { suppressedCount } from '../../project/configuration/suppressions.ts';
import type { Project } from '../../project/project.ts';
import { rules } from '../../rules/index.ts';
import { crashOf } from '../../rules/report.ts';
import type { GivenSettings } from '../files/project.ts';
import { UsageError } from '../usage.ts';
import { type Asked, type Levels, findingsWithin, lintedPath } from './ask-rules.ts';
import { countsOf, failed, type LintResult, nameOf, PREFIX, resultOf } from './results.ts';

/**
 * ESLint, set up for the preset alone. Throws a `UsageError` when no ESLint is installed that the plugin supports.
 * `cwd` has to contain every file that will be linted.
 */
export async function createESLint(
  cwd: string,
  { fix, hidden = new Set(), levels = new Map(), project, settings, strict = false }: ESLintOptions,
): Promise<ESLint> {
  const { ESLint } = await loadESLint();
  const configs = project ? configsWithin(project) : plugin.configs;
  const isStrict = strict || project?.settings.authkit.strict === true;
  const preset = isStrict ? configs.strict : configs.recommended;
  // Each configuration has an instance of its own, and a formatter prints the results of all of them.
  class CheckESLint extends ESLint {
    override getRulesMetaForResults(): Record<string, Rule.RuleMetaData> {
      return RULES_META;
    }
  }
  return withoutWarnings(
    () =>
      new CheckESLint({
        cwd,
        overrideConfigFile: true,
        overrideConfig: [
          // Which files are left out has been decided before; a test that someone names is to be checked.
          ...[...configs.standalone, ...preset].map((config) => ({ ...config, ignores: [] })),
          ...configs.files,
          ...levelsOver(
            [...preset, ...configs.files],
            new Map([...[...hidden].map((name) => [name, 'error'] as const), ...levelsOf(project), ...levels]),
          ),
          { linterOptions: { reportUnusedDisableDirectives: 'off' }, ...(settings && { settings: { ...settings } }) },
        ],
        ignore: false,
        warnIgnored: false,
        fix: fix && (({ ruleId }) => ruleId?.startsWith(PREFIX) === true && !hidden.has(nameOf(ruleId))),
      }),
  );
}

/** The presets, with rules that look at the project as the run does: another one of their own would read and parse all of it again. */
function configsWithin(project: Project): typeof plugin.configs {
  const within = { ...plugin, rules: mapped(rules, (rule) => rule.within(project, findingsWithin(project))) };
  return mapped(plugin.configs, (preset) =>
    preset.map((config) => ({ ...config, ...(config.plugins && { plugins: { authkit: within } }) })),
  );
}

const mapped = <Name extends string, From, To>(
  record: Readonly<Record<Name, From>>,
  make: (from: From) => To,
): Record<Name, To> =>
  Object.fromEntries(Object.entries<From>(record).map(([name, from]) => [name, make(from)])) as Record<Name, To>;

/** ESLint warns of an `.eslintignore` that it no longer reads; nothing of its configuration is read here. */
function withoutWarnings<Value>(make: () => Value): Value {
  const emitWarning = process.emitWarning.bind(process);
  process.emitWarning = () => undefined;
  try {
    return make();
  } finally {
    process.emitWarning = emitWarning;
  }
}

/** The meta of each rule, by its name in a config. */
export const RULES_META = Object.fromEntries(
  Object.entries(rules).map(([name, { meta = {} }]) => [`${PREFIX}${name}`, meta]),
);

export interface ESLintOptions extends Asked {
  readonly fix: boolean;
  /** The project of the run: its configuration is followed, and the rules look at it. Default: none is, and they open one each. */
  readonly project?: Project;
  /** Over those of every configuration. */
  readonly settings?: GivenSettings | undefined;
}

/** The rules that `--strict` would run in addition, where nothing else turns them on. */
export function rulesOnlyInStrict(levels: Levels): ReadonlySet<string> {
  const { recommended } = plugin.configs;
  const isOn = (name: string) =>
    levels.has(name) || recommended.some(({ rules }) => `${PREFIX}${name}` in (rules ?? {}));
  return new Set(
    Object.entries(rules)
      .filter(([name, { definition }]) => definition.presets.strict !== undefined && !isOn(name))
      .map(([name]) => name),
  );
}

function levelsOf(project: Project | undefined): Levels {
  return new Map([...(project?.configuration.rules ?? [])].map(([name, { level }]) => [name, level]));
}

/**
 * The levels that are given, for the files of each config of the preset: scripts have all rules, other files those that look at them.
 * What is off, and the options, the rules see to themselves.
 */
function levelsOver(preset: readonly Linter.Config[], given: Levels): Linter.Config[] {
  const levels = [...given].filter(([name]) => rules[name]);
  return preset.flatMap(({ files, rules = {} }, index) => {
    const own = levels.filter(([name]) => index === 0 || `${PREFIX}${name}` in rules);
    if (!files || own.length === 0) return [];
    return [{ files, rules: Object.fromEntries(own.map(([name, level]) => [`${PREFIX}${name}`, level])) }];
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
export async function lintFile(eslint: ESLint, path: string, text: string, project: Project): Promise<LintResult> {
  try {
    const [result] = await eslint.lintText(text, { filePath: lintedPath(path) });
    return result ? withoutSuppressed(onlyOurs({ ...result, filePath: path }), project) : resultOf(path, []);
  } catch (error) {
    if (process.env['AUTHKIT_RETHROW'] === '1') throw error;
    const [message = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    return failed(path, `This file could not be checked: ${message}. ${HOW_TO_REPORT}`);
  }
}

/** Of a defect of ours. */
const HOW_TO_REPORT =
  'This is a bug in eslint-plugin-authkit. Please report it with the output of the same command under AUTHKIT_RETHROW=1';

// An inline comment can turn on rules other than ours, or name rules that are not there. One that ESLint can't read, or no longer does
// (`/* eslint-env node */`), is fatal to it as well; the file has been checked nevertheless.
function onlyOurs(result: LintResult): LintResult {
  const isOurs = ({ fatal, message, ruleId }: Linter.LintMessage) =>
    ruleId === null ? fatal === true && message.startsWith('Parsing error') : ruleId.startsWith(PREFIX);
  return {
    ...result,
    ...countsOf(result.messages.filter(isOurs).map(crashAsFailure)),
    suppressedMessages: result.suppressedMessages.filter(isOurs),
  };
}

/** A rule that failed has found nothing: the file was not checked. */
function crashAsFailure(message: Linter.LintMessage): Linter.LintMessage {
  const crash = crashOf(message);
  return crash === undefined
    ? message
    : { ...message, ruleId: null, fatal: true, severity: 2, message: `${crash}. ${HOW_TO_REPORT}` };
}

// As ESLint's lib/services/suppressions-service.js: errors alone, and all of a rule in a file or none.
function withoutSuppressed(result: LintResult, { cwd, facts }: Project): LintResult {
  const errors = result.messages.filter(({ severity }) => severity === 2);
  const suppressed = new Set(
    [...new Set(errors.map(({ ruleId }) => ruleId))].filter((id) => {
      const found = errors.filter(({ ruleId }) => ruleId === id).length;
      return id !== null && found <= suppressedCount(facts, cwd, result.filePath, id.replace(PREFIX, ''));
    }),
  );
  if (suppressed.size === 0) return result;
  const isSuppressed = ({ ruleId, severity }: Linter.LintMessage) => severity === 2 && suppressed.has(ruleId);
  const known = result.messages
    .filter(isSuppressed)
    .map((message) => ({ ...message, suppressions: [{ kind: 'file', justification: '' }] }));
  return {
    ...result,
    ...countsOf(result.messages.filter((message) => !isSuppressed(message))),
    suppressedMessages: [...result.suppressedMessages, ...known],
  };
}
