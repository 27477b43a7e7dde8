/** Whether React's compiler memoises what a bridge's hook makes. */
import { dirname, join } from 'node:path';
import type { FunctionNode } from '../../analysis/ast.ts';
import type { Project } from '../../project/project.ts';
import type { Bridge } from './bridge.ts';

/** False too for what the compiler leaves alone: functions that are named neither like a hook nor like a component, and `'use no memo'`. True where the config computes it. */
export function usesReactCompiler({ file, home }: Bridge, project: Project): boolean {
  if (!isCompilable(home)) return false;
  return project.appsFor(file.path).some(({ reactCompiler }) => reactCompiler !== false) || usesCompilerOfBundler(file.path, project);
}

const BUNDLER_CONFIGS = ['vite.config.ts', 'vite.config.mts', 'vite.config.js', 'vite.config.mjs', 'babel.config.js', 'babel.config.json', '.babelrc'];

/** authkit-react is at home in Vite, where a Babel plugin (or `reactCompilerPreset()` of `@vitejs/plugin-react`) turns the compiler on. */
function usesCompilerOfBundler(path: string, { facts }: Project): boolean {
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
    const configs = BUNDLER_CONFIGS.flatMap((name) => facts.text(join(folder, name)) ?? []);
    if (configs.length > 0) return configs.some((text) => /babel-plugin-react-compiler|reactCompilerPreset/u.test(text));
    // The package's own folder is the last one whose configs are its own.
    if (facts.text(join(folder, 'package.json')) !== undefined) break;
  }
  return false;
}

function isCompilable(home: FunctionNode): boolean {
  const parent = home.parent;
  const name = home.id?.name ?? (parent.type === 'VariableDeclarator' && parent.id.type === 'Identifier' ? parent.id.name : '');
  if (!/^(?:use[A-Z0-9]|[A-Z])/u.test(name)) return false;
  const first = home.body.type === 'BlockStatement' ? home.body.body[0] : undefined;
  return !(first?.type === 'ExpressionStatement' && /^use no (?:memo|forget)$/u.test(first.directive ?? ''));
}
