/** Components that are rendered only behind a guard: `const user = await requireUser(); return <Usage />`. Whom the guard redirects never comes to them. */
import { basename, dirname, sep } from 'node:path';
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, closest, isFunction, nodesOf } from '../../analysis/syntax/ast.ts';
import { defineExport } from '../../analysis/syntax/bindings/definitions.ts';
import { listedName } from '../../analysis/syntax/bindings/exports.ts';
import { importsOf } from '../../analysis/syntax/bindings/imports.ts';
import { readsOf, variableOf } from '../../analysis/syntax/bindings/scopes.ts';
import { functionAt, functionName, functionOf } from '../../analysis/syntax/functions.ts';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import { nearestPackage } from '../../project/modules/packages.ts';
import { runningFilesBelow } from '../../project/modules/source-files.ts';
import type { Asked } from './catches.ts';
import { type Redirect, isBehindGuard } from './redirects.ts';

/** More files than these are not looked at, nor are more elements. */
const MAX_FILES = 5_000;
const MAX_ELEMENTS = 50;

/** Whether every element of the component around a redirect for visitors without a session is in a component that has redirected them before. */
export function isInGuardedComponent(redirect: Redirect, asked: Asked): boolean {
  const component = closest(redirect.place, isFunction);
  const id = component && functionName(component);
  if (!redirect.isForSignedOut || !id || !/^[A-Z]/u.test(id.name) || isRenderedByNext(component, asked)) return false;
  const elements = elementsOf(id, asked) ?? [];
  return (
    elements.length > 0 &&
    elements.length <= MAX_ELEMENTS &&
    elements.every(({ file, node }) => isBehindGuard({ ...redirect, place: node }, { ...asked, file }))
  );
}

/** The files whose default export Next.js renders by itself. */
const RENDERED_FILE =
  /^(?:page|layout|template|default|loading|error|global-error|not-found|forbidden|unauthorized)\.[cm]?[jt]sx?$/u;

/** Whether a component is a page or the like, which may be an element of another one besides. */
function isRenderedByNext(component: Node, { file, project }: Asked): boolean {
  const pages = project.appOf(file.path)?.pagesDir;
  const isOfNext =
    RENDERED_FILE.test(basename(file.path)) || (pages !== undefined && file.path.startsWith(pages + sep));
  return isOfNext && functionOf(defineExport(file, 'default', [], project))?.node === component;
}

interface Element {
  readonly file: SourceFile;
  readonly node: Node;
}

/** The elements of a component; undefined where code may render it in another way: `dynamic(() => import('./usage'))`, `{ usage: Usage }`. */
function elementsOf(id: TSESTree.Identifier, { file, project }: Asked): readonly Element[] | undefined {
  const { facts } = project;
  const root = nearestPackage(facts, file.path)?.root ?? project.appOf(file.path)?.root ?? dirname(file.path);
  // A default export may have another name where it is imported, from a path that ends with the file's name.
  const stem = basename(file.path).replace(/\.\w+$/u, '');
  const words = [id.name, stem === 'index' ? basename(dirname(file.path)) : stem];
  const others = [...runningFilesBelow(root, facts, MAX_FILES)].filter((path) => {
    const text = path === file.path ? undefined : facts.text(path);
    return text !== undefined && words.some((word) => text.includes(word));
  });
  const found: Element[] = [];
  for (const place of [file, ...others.flatMap((path) => project.sourceFile(path) ?? [])]) {
    if (place !== file && isHandedOnIn(place)) return undefined;
    const own = variableOf(file, id);
    const variables = place === file ? (own ? [own] : []) : importsOf(place).map(({ variable }) => variable);
    for (const read of variables.flatMap((variable) => readsOf(variable))) {
      const element = elementNamed(read);
      if (isComponent(place, element?.name ?? read)) {
        if (element) found.push({ file: place, node: element });
        else if (!isListedExport(read)) return undefined;
      }
    }
  }
  return found;

  function isComponent(place: SourceFile, node: Node): boolean {
    const of = functionAt({ file: place, node }, project);
    // The file that is asked about may have been parsed by another parser, or not be saved.
    return of?.file.path === file.path && functionName(of.node)?.name === id.name;
  }

  /** `import('./usage')`, `export { default as Panel } from './usage'` */
  function isHandedOnIn(place: SourceFile): boolean {
    const isOfFile = ({ type, value }: { readonly type: string; readonly value?: unknown }): boolean =>
      type === 'Literal' && typeof value === 'string' && project.resolve(value, place.path) === file.path;
    return (
      nodesOf(place.ast, 'ImportExpression').some(({ source }) => isOfFile(source)) ||
      place.ast.body.some(
        (statement) =>
          statement.type === 'ExportNamedDeclaration' &&
          statement.source !== null &&
          statement.specifiers.some(({ exported }) => listedName(exported) !== id.name) &&
          isOfFile(statement.source),
      )
    );
  }
}

/** `<Usage />`, `<panels.Usage />` */
function elementNamed(read: Node): TSESTree.JSXOpeningElement | undefined {
  let name = read;
  while (name.parent?.type === 'JSXMemberExpression') name = name.parent;
  return name.parent?.type === 'JSXOpeningElement' ? name.parent : undefined;
}

const isListedExport = ({ parent }: Node): boolean =>
  parent?.type === 'ExportSpecifier' || parent?.type === 'ExportDefaultDeclaration';
