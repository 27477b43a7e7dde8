/** What `init` would write, and what it leaves to a person. */
import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { applyEdits as applyJsonEdits, modify } from 'jsonc-parser';
import { formattingOf as formattingIn } from '../../project/formatting.ts';
import { parseJson } from '../../project/json.ts';
import { recordOf } from '../../project/settings.ts';
import { createFacts } from '../../project/memos/stamps.ts';
import { type Detected, installCommand } from './detect.ts';
import { newConfig, withPreset } from './eslint-config.ts';
import { type Extras, extraSteps } from './extras.ts';
import { configsOf, mayBringParser } from './parsers.ts';
import type { Plan, Step } from './step.ts';

const SCRIPT = 'check:auth';

/** Makes the plan. Nothing is written. */
export function planOf(detected: Detected, extras: Extras): Plan {
  const config =
    detected.oxlintConfig !== undefined && detected.eslintConfig === undefined ? oxlint(detected) : eslint(detected);
  const steps = [config, script(detected), ...extraSteps(detected, extras)];
  return {
    edits: steps.flatMap(({ edits = [] }) => edits).filter(({ after, before }) => after !== before),
    manual: steps.flatMap(({ manual = [] }) => manual),
    isConfigEdited: (config.edits ?? []).length > 0,
    next: [
      ...(detected.dependencies.has('eslint-plugin-authkit') ? [] : [installCommand(detected)]),
      'npx eslint-plugin-authkit check',
    ],
  };
}

function eslint({ dependencies, eslintConfig, legacyConfig, root, typescript }: Detected): Step {
  if (eslintConfig === undefined) {
    if (legacyConfig !== undefined) return { manual: [legacy(basename(legacyConfig))] };
    // Without ESLint there is nothing to configure: check brings what it needs.
    return dependencies.has('eslint')
      ? { edits: [{ path: join(root, 'eslint.config.mjs'), before: undefined, after: newConfig() }] }
      : {};
  }
  const before = readFileSync(eslintConfig, 'utf8');
  const isTooNew = Number(typescript?.split('.')[0] ?? 0) >= 7 && !before.includes('typescript-eslint');
  const configs = configsOf({ path: eslintConfig, text: before });
  const preset = mayBringParser(configs) && !isTooNew ? 'recommended' : 'standalone';
  const result = withPreset(eslintConfig, before, preset, formattingOfConfig(eslintConfig));
  if (result.kind === 'present') return {};
  if (result.kind === 'edit') return { edits: [{ path: eslintConfig, before, after: result.text }] };
  const lines = [
    "import authkit from 'eslint-plugin-authkit';",
    `authkit.configs.${preset}  // one more item of the config`,
  ];
  return { manual: [{ what: `${basename(eslintConfig)} was not edited: ${result.reason}. Add to it`, lines }] };
}

function legacy(name: string): Plan['manual'][number] {
  const isInManifest = name === 'package.json';
  return {
    what: `${isInManifest ? '"eslintConfig" in package.json' : name} is a config of the old kind, and the presets need eslint.config.js. Until you migrate, the command works without it`,
    lines: isInManifest
      ? ['https://eslint.org/docs/latest/use/configure/migration-guide']
      : [`npx @eslint/migrate-config ${name}`],
  };
}

const formattingOfConfig = (path: string) => formattingIn(createFacts(), path, dirname(path));

function oxlint({ oxlintConfig = '' }: Detected): Step {
  const before = readFileSync(oxlintConfig, 'utf8');
  if (before.includes('eslint-plugin-authkit')) return {};
  const preset = './node_modules/eslint-plugin-authkit/oxlint-recommended.json';
  const { isValid, problem, value } = parseJson(oxlintConfig, before);
  const present = recordOf(value)['extends'];
  if (!isValid || (present !== undefined && !Array.isArray(present))) {
    const reason = isValid ? 'its "extends" is no list' : `it can't be read (${problem?.message ?? ''})`;
    const what = `${basename(oxlintConfig)} was not edited: ${reason}. Add to it`;
    return { manual: [{ what, lines: [`"extends": ["${preset}"]`] }] };
  }
  const path = present ? ['extends', -1] : ['extends'];
  const edits = modify(before, path, present ? preset : [preset], {
    formattingOptions: formattingOf(before),
    isArrayInsertion: true,
  });
  return { edits: [{ path: oxlintConfig, before, after: applyJsonEdits(before, edits) }] };
}

function script({ manifest, root }: Detected): Step {
  const { scripts } = recordOf(parseJson('package.json', manifest).value);
  if (recordOf(scripts)[SCRIPT] !== undefined) return {};
  const edits = modify(manifest, ['scripts', SCRIPT], 'eslint-plugin-authkit check', {
    formattingOptions: formattingOf(manifest),
  });
  return { edits: [{ path: join(root, 'package.json'), before: manifest, after: applyJsonEdits(manifest, edits) }] };
}

function formattingOf(text: string) {
  const indent = /^(?<indent>[\t ]+)\S/mu.exec(text)?.groups?.['indent'] ?? '  ';
  const isTab = indent.startsWith('\t');
  return { insertSpaces: !isTab, tabSize: isTab ? 1 : indent.length, eol: text.includes('\r\n') ? '\r\n' : '\n' };
}
