/** TypeScript and eslint-config-next, as an app runs them, over many small apps at once. */
import { join, relative, sep } from 'node:path';
import { ESLint } from 'eslint';
import coreWebVitals from 'eslint-config-next/core-web-vitals';
import nextTypeScript from 'eslint-config-next/typescript';
import ts from 'typescript';

/** create-next-app's, and what reports code that is left over. */
const COMPILER_OPTIONS = {
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.dom.d.ts', 'lib.dom.iterable.d.ts', 'lib.es2023.d.ts'],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  moduleDetection: ts.ModuleDetectionKind.Force,
  jsx: ts.JsxEmit.ReactJSX,
  strict: true,
  noUncheckedIndexedAccess: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  allowUnreachableCode: false,
  allowJs: true,
  checkJs: false,
  esModuleInterop: true,
  resolveJsonModule: true,
  isolatedModules: true,
  skipLibCheck: true,
  noEmit: true,
  types: ['node'],
};

/** The app that a file belongs to: `<root>/<side>/<app>/…`. */
const appOf = (root, path) => join(root, ...relative(root, path).split(sep).slice(0, 2));

/** Diagnostics by file: `TS2304`. One program for all: what takes the time is the packages' types. */
export function typeScriptReports(root, paths) {
  const host = ts.createCompilerHost(COMPILER_OPTIONS);
  const cache = ts.createModuleResolutionCache(root, (name) => name, COMPILER_OPTIONS);
  // `@/…` is the app's own root, or its `src`.
  const resolve = (name, from) => {
    const app = appOf(root, from);
    const names = name.startsWith('@/') ? ['', 'src'].map((folder) => join(app, folder, name.slice(2))) : [name];
    for (const one of names) {
      const found = ts.resolveModuleName(one, from, COMPILER_OPTIONS, host, cache);
      if (found.resolvedModule) return found;
    }
    return { resolvedModule: undefined };
  };
  host.resolveModuleNameLiterals = (literals, from) => literals.map(({ text }) => resolve(text, from));
  host.getCurrentDirectory = () => root;
  const nextTypes = join(root, 'next-env.d.ts');
  const program = ts.createProgram([nextTypes, ...paths], COMPILER_OPTIONS, host);
  return Object.fromEntries(
    paths.map((path) => {
      const file = program.getSourceFile(path);
      if (!file) throw new Error(`${path} is not in the program`);
      const diagnostics = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
      return [
        path,
        diagnostics.map(({ code, messageText }) => ({
          kind: `TS${code}`,
          text: ts.flattenDiagnosticMessageText(messageText, ' '),
        })),
      ];
    }),
  );
}

/** Messages of eslint-config-next by file. */
export async function nextReports(root, paths) {
  const apps = [...new Set(paths.map((path) => appOf(root, path)))];
  const eslint = new ESLint({
    cwd: root,
    overrideConfigFile: true,
    overrideConfig: [
      ...coreWebVitals,
      ...nextTypeScript,
      ...apps.map((app) => ({ files: [`${relative(root, app)}/**`], settings: { next: { rootDir: app } } })),
    ],
  });
  const results = await eslint.lintFiles(paths.map((path) => relative(root, path)));
  return Object.fromEntries(
    results.map(({ filePath, messages }) => [
      filePath,
      messages.map(({ message, ruleId }) => ({ kind: ruleId ?? 'fatal', text: message.split('\n')[0] })),
    ]),
  );
}
