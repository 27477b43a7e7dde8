/** Where in a file a path of some kind may be, by what its last segment is made of: the rest of the file need not be evaluated. */
import { spreadOf } from '../../analysis/flow/spread.ts';
import { type Node, attributeName, childrenOf, contains, literalText, nodesOf } from '../../analysis/syntax/ast.ts';
import { importsOf } from '../../analysis/syntax/bindings/imports.ts';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import type { Project } from '../../project/project.ts';
import type { SegmentSources } from './gate/text-gate.ts';

/** What React and the DOM mean by a name, whatever the component. */
export const NO_HREF = /^(?:on[A-Z]|aria-|class(?:Name)?$|key$|ref$|style$)/u;

/** Whether such a path may be in a node: a prop, an argument. True for all of a file in which that can't be told. */
export function mayHoldPathIn(
  file: SourceFile,
  project: Project,
  sources: SegmentSources | undefined,
): (node: Node) => boolean {
  const starts = sources && startsIn(file, sources);
  const reached =
    starts &&
    spreadOf(file, starts, {
      loader: project,
      isEnd: (node) => node.type === 'JSXAttribute' && NO_HREF.test(attributeName(node)),
    });
  return reached ? (node) => reached.has(node) : () => true;
}

const MODULES = /\b(?:import|require)\s*\(/u;

/** The texts that have a part of the segment, and the names of what may have one; undefined for a file that imports in a way of its own. */
function startsIn(file: SourceFile, { isFrom, places }: SegmentSources): readonly Node[] | undefined {
  const { ast, text } = file;
  const imported = new Map<string, boolean>();
  const isSource = (module: string): boolean => {
    let known = imported.get(module);
    if (known === undefined) imported.set(module, (known = isFrom(module)));
    return known;
  };
  const loaded = MODULES.test(text)
    ? nodesOf(ast, 'CallExpression', 'ImportExpression', 'TSImportEqualsDeclaration')
    : [];
  if (loaded.some(({ type }) => type === 'TSImportEqualsDeclaration')) return undefined;
  return [
    ...places.flatMap((place) => textAt(ast, place) ?? []),
    ...importsOf(file)
      .filter(({ module }) => isSource(module))
      .flatMap(({ variable }) => variable.references.map(({ identifier }): Node => identifier)),
    ...loaded.filter((node) => {
      const module =
        node.type === 'ImportExpression' ? node.source : node.type === 'CallExpression' && node.arguments[0];
      const name = module ? literalText(module) : undefined;
      return name !== undefined && isSource(name);
    }),
  ];
}

/** The literal at a place; undefined for a comment, and for the text between elements, which is no prop. */
function textAt(root: Node, place: number): Node | undefined {
  const at = { range: [place, place + 1] as const };
  let node = root;
  for (let next: Node | undefined = root; next; next = childrenOf(node).find((child) => contains(child, at)))
    node = next;
  return /^(?:Literal|TemplateElement|TemplateLiteral)$/u.test(node.type) ? node : undefined;
}
