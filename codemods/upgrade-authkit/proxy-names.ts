/**
 * The names that Next.js 16 and AuthKit 3 have for the proxy: `proxy.ts` for `middleware.ts`, `authkitProxy` for `authkitMiddleware`. The old ones
 * still work, so that whatever speaks against a new one leaves it as it is.
 */
import { basename, dirname, join } from 'node:path';
import { type Edit, replace } from '../../analysis/edits/edits.ts';
import type { Node } from '../../analysis/syntax/ast.ts';
import { exportsOf } from '../../analysis/syntax/bindings/exports.ts';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import { modulesNamedIn } from '../../project/modules/named-modules.ts';
import { type App, type Project, isAtLeast } from '../../project/project.ts';
import { runningProxiesOf } from '../../project/proxy-files.ts';
import { sourceFilesBelow } from '../../project/modules/source-files.ts';
import type { Draft } from '../workspace/draft.ts';
import type { Unit } from './units.ts';
import { AUTHKIT, NEXT_PROXY_SINCE } from './versions.ts';
import { renameEdits } from '../../analysis/edits/rename.ts';

const RENAMED: Readonly<Record<string, string>> = {
  authkitMiddleware: 'authkitProxy',
  handleAuthkitHeaders: 'handleAuthkitProxy',
};

const OLD_NAMES = /\b(?:authkitMiddleware|handleAuthkitHeaders)\b/u;

/** Gives the proxies of a unit, and what they import of AuthKit, the names of today. */
export function renameProxies({ apps, files, package: own, project }: Unit, draft: Draft): void {
  const isNext16 = (path: string) => isAtLeast(project.versionOf(path, 'next'), NEXT_PROXY_SINCE) === true;
  if (apps.length === 0 || !apps.every(({ root }) => isNext16(root))) return;
  // Tests are no files of a run, and may name what is renamed.
  const texts = [...sourceFilesBelow(own.root, project.facts)].map((path) => ({
    path,
    text: project.facts.text(path) ?? '',
  }));
  if (!texts.some(({ text }) => isMock(text) && OLD_NAMES.test(text))) {
    for (const path of files) {
      const text = project.facts.text(path) ?? '';
      const file = OLD_NAMES.test(text) && text.includes(AUTHKIT) ? project.sourceFile(path) : undefined;
      if (file) renameImports(file, draft);
    }
  }
  for (const app of apps) renameFile(app, texts, project, draft);
}

/** A test that plays AuthKit names its exports by itself. */
const isMock = (text: string): boolean => text.includes(AUTHKIT) && /\b(?:do)?[mM]ock\(/u.test(text);

function renameImports(file: SourceFile, draft: Draft): void {
  for (const statement of file.ast.body) {
    if (statement.type !== 'ImportDeclaration' || statement.source.value !== AUTHKIT) continue;
    for (const specifier of statement.specifiers) {
      if (specifier.type !== 'ImportSpecifier' || specifier.imported.type !== 'Identifier') continue;
      const name = RENAMED[specifier.imported.name];
      if (name === undefined) continue;
      const isSame = specifier.local.name === specifier.imported.name;
      const edits = (isSame ? renameEdits(file, specifier.local, name) : undefined) ?? [
        replace(specifier, `${name} as ${specifier.local.name}`),
      ];
      draft.rewrite(file, {
        edits,
        at: specifier.range[0],
        message: `${specifier.imported.name} is deprecated; it is called ${name} now.`,
      });
    }
  }
}

/** Of `config`, what a proxy must not say: it runs on Node.js alone (vercel/next.js packages/next/src/build/analysis/get-page-static-info.ts). */
const EDGE = /\bruntime\b/u;
/** Platforms that run the edge runtime's `middleware.ts`, and no proxy on Node.js. */
const EDGE_PLATFORMS = ['@opennextjs/cloudflare', '@cloudflare/next-on-pages'];

type Texts = readonly { readonly path: string; readonly text: string }[];

/** Renames `middleware.ts` and what it exports. */
function renameFile(app: App, texts: Texts, project: Project, draft: Draft): void {
  const [proxy, other] = runningProxiesOf(project.facts, app);
  if (proxy?.name !== 'middleware' || other) return;
  if (EDGE_PLATFORMS.some((name) => app.dependencies.has(name))) return;
  const file = project.sourceFile(proxy.path);
  if (!file || hasRuntime(file) || isImported(proxy.path, texts, project)) return;
  const edits = exportEdits(file);
  if (!edits) return;
  draft.rewrite(file, {
    edits,
    at: 0,
    message: `Next.js 16 calls this file ${basename(proxy.path).replace('middleware', 'proxy')}.`,
  });
  draft.rename(file, join(dirname(proxy.path), basename(proxy.path).replace(/^middleware/u, 'proxy')));
}

function hasRuntime(file: SourceFile): boolean {
  const config = exportsOf(file).named.get('config');
  if (!config) return exportsOf(file).named.has('runtime');
  return config.kind !== 'local' || EDGE.test(textAround(config.node, file));
}

function textAround(node: Node, { text }: SourceFile): string {
  const declaration = node.parent?.type === 'VariableDeclarator' ? node.parent : node;
  return text.slice(...declaration.range);
}

/** Whether another file, a test perhaps, imports the file. */
function isImported(proxyPath: string, texts: Texts, project: Project): boolean {
  return texts.some(
    ({ path, text }) =>
      path !== proxyPath &&
      text.includes('middleware') &&
      (modulesNamedIn(text).some(
        (module) => module.includes('middleware') && project.resolve(module, path) === proxyPath,
      ) ||
        /mock\(\s*['"`][^'"`\n]*\/middleware['"`]/iu.test(text)),
  );
}

/** The edits that make an export called `proxy` of one called `middleware`; none for a default export, undefined where that is not plain. */
function exportEdits(file: SourceFile): readonly Edit[] | undefined {
  const { named, stars } = exportsOf(file);
  if (stars.length > 0) return undefined;
  const exported = named.get('middleware');
  if (!exported) return named.get('default')?.kind === 'local' ? [] : undefined;
  if (exported.kind !== 'local') return undefined;
  const { node } = exported;
  const name = node.type === 'FunctionDeclaration' ? node.id : node.type === 'Identifier' ? node : undefined;
  const isDeclared = node.type === 'FunctionDeclaration' || node.parent?.type === 'VariableDeclarator';
  return name && isDeclared ? renameEdits(file, name, 'proxy') : undefined;
}
