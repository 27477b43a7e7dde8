/** What the elements of a component give to its props, anywhere in the app: a token that a layout of the server hands to a provider. */
import { basename, dirname, extname } from 'node:path';
import { type FunctionNode, type Node, hasNode, attributeNamed, nodesOf } from '../../../../analysis/syntax/ast.ts';
import { type Located, definitionOf } from '../../../../analysis/syntax/bindings/definitions.ts';
import { functionsBehind } from '../../../../analysis/flow/calls/reached-calls.ts';
import type { Ref } from '../../../../analysis/flow/calls/call-contexts.ts';
import type { Path } from '../../../../analysis/syntax/bindings/declarations.ts';
import type { SourceFile } from '../../../../analysis/syntax/source-file.ts';
import { nearestPackage } from '../../../../project/modules/packages.ts';
import type { Project } from '../../../../project/project.ts';
import { runningFilesBelow } from '../../../../project/modules/source-files.ts';

/** A parameter of a function, and what is taken of it. */
interface Parameter {
  readonly file: SourceFile;
  readonly function: FunctionNode;
  readonly index: number;
  readonly path: Path;
}

const MAX_FILES = 2_000;

/** The expressions that a prop is given; none for what is no prop of a component. */
export function propsGiven({ file, function: owner, index, path }: Parameter, project: Project): Ref[] {
  const [prop, ...members] = path;
  if (index !== 0 || typeof prop !== 'string' || !hasNode(owner.body, ({ type }) => type.startsWith('JSX'))) return [];
  return filesNaming(file, project).flatMap((user) =>
    valuesIn(user, prop, { file, node: owner }, project).map((node): Ref => ({ file: user, node, path: members })),
  );
}

function valuesIn(user: SourceFile, prop: string, component: Located<FunctionNode>, project: Project): Node[] {
  // The same file may have been parsed twice.
  const isComponent = ({ file, node }: Located): boolean =>
    file.path === component.file.path && node.range[0] === component.node.range[0];
  return nodesOf(user.ast, 'JSXOpeningElement').flatMap((element) => {
    const value = attributeNamed(element, prop)?.value;
    if (value?.type !== 'JSXExpressionContainer' || element.name.type === 'JSXNamespacedName') return [];
    const definition = definitionOf({ file: user, node: element.name }, project);
    return functionsBehind(definition, project).some(isComponent) ? [value.expression] : [];
  });
}

/** A file, and those of its package that may import it. */
export function filesNaming(file: SourceFile, project: Project): SourceFile[] {
  const { facts } = project;
  const root = nearestPackage(facts, file.path)?.root ?? dirname(file.path);
  const own = basename(file.path, extname(file.path));
  const name = own === 'index' ? basename(dirname(file.path)) : own;
  const found = [file];
  for (const path of runningFilesBelow(root, facts, MAX_FILES, 'own')) {
    const isUser = path !== file.path && facts.text(path)?.includes(name) === true;
    const user = isUser ? project.sourceFile(path) : undefined;
    if (user) found.push(user);
  }
  return found;
}
