/** Whether React's compiler memoises what a bridge's hook makes. */
import { dirname, join } from 'node:path';
import type { App } from '../../../project/app-model.ts';
import type { Project } from '../../../project/project.ts';
import { isNamedForReact } from '../../react.ts';
import type { Bridge } from './bridge.ts';
import { hasDirective } from '../../../analysis/syntax/directives.ts';

/** False too for what the compiler leaves alone: functions that are named neither like a hook nor like a component, and `'use no memo'`. True where the config computes it. */
export function usesReactCompiler({ file, home }: Bridge, project: Project): boolean {
  const asked = hasDirective(home, 'use memo');
  const isLeftOut = OPT_OUT.some((directive) => hasDirective(home, directive) || hasDirective(file.ast, directive));
  if (isLeftOut || (!asked && !isNamedForReact(home))) return false;
  const isOn = (setting: App['reactCompiler']): boolean => (setting === 'annotation' ? asked : setting !== false);
  return (
    project.appsFor(file.path).some(({ reactCompiler }) => isOn(reactCompiler)) ||
    usesCompilerOfBundler(file.path, project)
  );
}

const OPT_OUT = ['use no memo', 'use no forget'];

const BUNDLER_CONFIGS = [
  'vite.config.ts',
  'vite.config.mts',
  'vite.config.js',
  'vite.config.mjs',
  'babel.config.js',
  'babel.config.json',
  '.babelrc',
];

/** authkit-react is at home in Vite, where a Babel plugin (or `reactCompilerPreset()` of `@vitejs/plugin-react`) turns the compiler on. */
function usesCompilerOfBundler(path: string, { facts }: Project): boolean {
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
    const configs = BUNDLER_CONFIGS.flatMap((name) => facts.text(join(folder, name)) ?? []);
    if (configs.length > 0)
      return configs.some((text) => /babel-plugin-react-compiler|reactCompilerPreset/u.test(text));
    // The package's own folder is the last one whose configs are its own.
    if (facts.text(join(folder, 'package.json')) !== undefined) break;
  }
  return false;
}
