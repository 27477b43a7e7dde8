/** Components that are rendered only behind a guard: `const user = await requireUser(); return <Usage />`. Whom the guard redirects never comes to them. */
import { dirname } from 'node:path';
import { type Node, closest, isFunction, nodesOf } from '../../analysis/syntax/ast.ts';
import { definitionOf } from '../../analysis/syntax/bindings/definitions.ts';
import { functionName, functionOf } from '../../analysis/syntax/functions.ts';
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
  const name = component && functionName(component)?.name;
  if (!redirect.isForSignedOut || name === undefined || !/^[A-Z]/u.test(name)) return false;
  const elements = elementsOf(name, asked);
  return (
    elements.length > 0 &&
    elements.length <= MAX_ELEMENTS &&
    elements.every(({ file, node }) => isBehindGuard({ ...redirect, place: node }, { ...asked, file }))
  );
}

interface Element {
  readonly file: SourceFile;
  readonly node: Node;
}

function elementsOf(name: string, { file, project }: Asked): readonly Element[] {
  const { facts } = project;
  const root = nearestPackage(facts, file.path)?.root ?? project.appOf(file.path)?.root ?? dirname(file.path);
  const others = [...runningFilesBelow(root, facts, MAX_FILES)].filter(
    (path) => path !== file.path && facts.text(path)?.includes(name) === true,
  );
  return [file, ...others.flatMap((path) => project.sourceFile(path) ?? [])].flatMap((place) =>
    nodesOf(place.ast, 'JSXOpeningElement').flatMap((node) => {
      const found = functionOf(definitionOf({ file: place, node: node.name }, project));
      // The file that is asked about may have been parsed by another parser, or not be saved.
      const isOfComponent = found?.file.path === file.path && functionName(found.node)?.name === name;
      return isOfComponent ? [{ file: place, node }] : [];
    }),
  );
}
