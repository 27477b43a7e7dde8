/** Next.js apps: where they are, which folders their routers have, and what their config says in plain literals. */
import { dirname, isAbsolute, join, resolve, sep } from 'node:path';
import { type Value, knownText } from '../analysis/values.ts';
import { createEvaluator } from '../analysis/evaluate.ts';
import { defineExport } from '../analysis/bindings.ts';
import { isFunction } from '../analysis/ast.ts';
import type { SourceFile } from '../analysis/source-file.ts';
import { type Package, foldersAbove, packageIn, workspaceOf } from './packages.ts';
import type { Project } from './project.ts';

export interface App {
  /** Absolute folder with the app's package.json. */
  readonly root: string;
  /** The folder of the App Router (`app` or `src/app`); undefined when there is none. */
  readonly appDir: string | undefined;
  /** The folder of the Pages Router. */
  readonly pagesDir: string | undefined;
  readonly dependencies: ReadonlyMap<string, string>;
  /** The major version of `next`, if package.json tells it. */
  readonly nextMajor: number | undefined;
  readonly basePath: string | undefined;
  /** `i18n.locales` of the Pages Router. */
  readonly locales: readonly string[];
  /** Extensions of pages and route handlers, without dots. */
  readonly pageExtensions: readonly string[];
  readonly reactCompiler: boolean;
}

const CONFIG_FILES = ['next.config.ts', 'next.config.mts', 'next.config.mjs', 'next.config.js', 'next.config.cjs'];
const PAGE_EXTENSIONS = ['tsx', 'ts', 'jsx', 'js', 'mjs', 'mts'];

/** The apps that a file belongs to: its own; for a file of a shared package, all apps of the workspace. */
export function appsFor(project: Project, path: string): readonly App[] {
  const folder = dirname(path);
  return project.facts.memo(`apps:${project.cwd}:${String(project.settings.authkit.rootDir)}:${folder}`, () => {
    const given = project.settings.authkit.rootDir;
    if (given) return appsIn(project, folder, given);
    for (const above of foldersAbove(path, '')) {
      const one = packageIn(project.facts, above);
      if (one?.dependencies.has('next') === true) return [readApp(project, one)];
    }
    const nearest = foldersAbove(path, '').find((above) => packageIn(project.facts, above));
    const packages = nearest === undefined ? [] : (workspaceOf(project.facts, nearest)?.packages ?? []);
    return packages.filter((one) => one.dependencies.has('next')).map((one) => readApp(project, one));
  });
}

/** Of the roots that settings name, the one that the file stands in, or all. */
function appsIn(project: Project, folder: string, roots: readonly string[]): App[] {
  const absolute = roots.map((root) => (isAbsolute(root) ? root : resolve(project.cwd, root)));
  const own = absolute.filter((root) => folder === root || folder.startsWith(root + sep));
  return (own.length > 0 ? own : absolute).map((root) =>
    readApp(project, packageIn(project.facts, root) ?? { root, name: undefined, dependencies: new Map(), json: {} }),
  );
}

function readApp(project: Project, { dependencies, json, root }: Package): App {
  return project.facts.memo(`app:${root}`, () => {
    const folder = (name: string) =>
      [join(root, name), join(root, 'src', name)].find((path) => project.facts.kind(path) === 'directory');
    const config = nextConfig(project, root);
    const extensions = listOf(config('pageExtensions'));
    return {
      root,
      appDir: folder('app'),
      pagesDir: folder('pages'),
      dependencies,
      nextMajor: majorOf(dependencies.get('next')),
      basePath: textOf(config('basePath')),
      locales: listOf(config('i18n', 'locales')) ?? [],
      pageExtensions: extensions && extensions.length > 0 ? extensions : PAGE_EXTENSIONS,
      reactCompiler: isOn(config('reactCompiler')) || isOn(config('experimental', 'reactCompiler')) || usesBabelPlugin(project, root, json),
    };
  });
}

/** Reads members of the config that next.config exports, through wrappers such as `withNextIntl(config)`. */
function nextConfig(project: Project, root: string): (...path: string[]) => Value | undefined {
  const file = CONFIG_FILES.map((name) => project.sourceFile(join(root, name))).find(Boolean);
  const configs = file ? exportedConfigs(project, file) : [];
  return (...path) => {
    for (const config of configs) {
      let value: Value | undefined = config;
      for (const step of path) value = value?.type === 'object' ? value.properties.get(step)?.value : undefined;
      if (value) return value;
    }
    return undefined;
  };
}

function exportedConfigs(project: Project, file: SourceFile): Value[] {
  const evaluator = createEvaluator({ loader: project });
  const seen: Value[] = [];
  const visit = (located: { file: SourceFile; node: SourceFile['ast'] | Parameters<typeof isFunction>[0] }, depth: number): void => {
    if (!located.node || depth === 0) return;
    const expression = { file: located.file, node: located.node };
    const value = evaluator.evaluate(expression);
    if (value.type === 'object') seen.push(value);
    else if (value.type === 'function') {
      const returned = evaluator.call(value, [], expression);
      if (returned?.type === 'object') seen.push(returned);
    } else if (value.type === 'unknown' && value.definition.kind === 'value' && value.definition.node.type === 'CallExpression') {
      const { definition } = value;
      for (const argument of value.definition.node.arguments) visit({ file: definition.file, node: argument }, depth - 1);
    }
  };
  const exported = defineExport(file, 'default', [], project);
  if (exported.kind === 'value') visit({ file: exported.file, node: exported.node }, 4);
  return seen;
}

const textOf = (value: Value | undefined): string | undefined => value && knownText(value);

function listOf(value: Value | undefined): string[] | undefined {
  if (value?.type !== 'array') return undefined;
  return value.items.map((item) => knownText(item.value)).filter((item) => item !== undefined);
}

function isOn(value: Value | undefined): boolean {
  return value?.type === 'object' || (value?.type === 'literal' && value.value === true);
}

function usesBabelPlugin(project: Project, root: string, json: Readonly<Record<string, unknown>>): boolean {
  const configs = ['babel.config.js', 'babel.config.json', '.babelrc', '.babelrc.json', '.babelrc.js'];
  const texts = configs.map((name) => project.facts.text(join(root, name)) ?? '');
  return [...texts, JSON.stringify(json['babel'] ?? '')].some((text) => text.includes('react-compiler'));
}

function majorOf(range: string | undefined): number | undefined {
  const digits = /^[^\d]*(?<major>\d+)(?:\.|$)/u.exec(range ?? '')?.groups?.['major'];
  return digits === undefined ? undefined : Number(digits);
}
