/** The plugin: its meta, its rules, its presets. */
import type { ESLint, Linter, Rule } from 'eslint';
import pkg from './package.json' with { type: 'json' };
import { parseFile } from './parsers/files.ts';
import { type ParserOptions, parseScript } from './parsers/scripts.ts';
import { createPresets, type PresetName } from './presets.ts';
import { factsCacheKey } from './project/memos/cache-key.ts';
import { rules } from './rules/index.ts';

type ParseForESLint = (text: string, options?: ParserOptions) => Linter.ESLintParseResult;

/** What the package exports by default. `require('eslint-plugin-authkit')` is the same object. */
export interface AuthKitPlugin extends ESLint.Plugin {
  readonly meta: { readonly name: string; readonly version: string; readonly namespace: 'authkit' };
  readonly rules: Record<string, Rule.RuleModule>;
  readonly configs: Record<PresetName, Linter.Config[]>;
  /** Changes with the files that verdicts depend on, below a folder (absolute): for `settings.authkit.cacheKey`. */
  readonly factsCacheKey: (rootDir: string) => string;
}

const meta = { name: pkg.name, version: pkg.version, namespace: 'authkit' } as const;

/** ESLint prints and caches a parser by its name and version. */
const parser = (name: string, parseForESLint: ParseForESLint): Linter.Parser => ({
  meta: { name: `${meta.name}/${name}`, version: meta.version },
  parseForESLint,
});

const base = { meta, rules, factsCacheKey: (rootDir: string) => factsCacheKey(rootDir) };

const plugin: AuthKitPlugin = Object.assign(base, {
  configs: createPresets(base, rules, {
    files: parser('files', parseFile),
    scripts: parser('scripts', parseScript),
  }),
});

export type { AuthKitSettings } from './project/settings.ts';
// Nothing else with a value: the CommonJS build then is the plugin itself.
export default plugin;
