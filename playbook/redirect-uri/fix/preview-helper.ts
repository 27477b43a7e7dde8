/** A helper in place of the same guard twice: introduced when two sinks of one file need it. */
import type { Node } from '../../../analysis/syntax/ast.ts';
import { type Edit, insertAfter, insertBefore, styleOf } from '../../../analysis/edits/edits.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import { previewHostVariable } from '../hosting/preview-host.ts';
import type { RedirectUri } from '../evaluate/redirect-uri.ts';
import type { SinkUse } from '../evaluate/sink-use.ts';

const NAME = 'previewUrl';

export interface HelperName {
  readonly name: string;
  /** Whether the file has the helper: an earlier pass put it there. */
  readonly isDeclared: boolean;
}

/** The helper of a file, or the name that a new one can have. */
export function helperName({ file, project }: SinkUse): HelperName {
  const declared = file.ast.body.find((node) => node.type === 'FunctionDeclaration' && node.id.name.startsWith(NAME));
  if (
    declared &&
    file.text.slice(...declared.range).includes(`\${process.env.${previewHostVariable(file.path, project)}}\${path}`)
  ) {
    return { name: (declared as { id: { name: string } }).id.name, isDeclared: true };
  }
  let name = NAME;
  for (let count = 2; new RegExp(`\\b${name}\\b`, 'u').test(file.text); count += 1) name = NAME + String(count);
  return { name, isDeclared: false };
}

/** `previewUrl('/callback')` */
export function helperCall(name: string, { path }: RedirectUri, file: SourceFile): string {
  const { quote } = styleOf(file);
  return `${name}(${quote}${path === '/' ? '' : (path ?? '')}${quote})`;
}

/** The helper's text; nothing where the file has it. */
export function helperEdits({ isDeclared, name }: HelperName, { file, project }: SinkUse): Edit[] {
  if (isDeclared) return [];
  const { eol, indentUnit, quote, semicolons } = styleOf(file);
  const type = /\.[cm]?tsx?$/u.test(file.path) ? ': string' : '';
  const end = semicolons ? ';' : '';
  const lines = [
    `/** The URL of a path on this deployment, on a preview; undefined elsewhere. */`,
    `function ${name}(path${type}) {`,
    `${indentUnit}return process.env.VERCEL_ENV === ${quote}preview${quote} ? \`https://\${process.env.${previewHostVariable(file.path, project)}}\${path}\` : undefined${end}`,
    '}',
  ];
  const text = lines.join(eol);
  const last = headOf(file);
  return last ? [insertAfter(last, eol + eol + text)] : [insertBefore([0, 0], text + eol + eol)];
}

/** The last of the directives and imports that a file starts with. */
function headOf(file: SourceFile): Node | undefined {
  let last: Node | undefined;
  for (const node of file.ast.body) {
    const isDirective =
      node.type === 'ExpressionStatement' && typeof (node as { directive?: unknown }).directive === 'string';
    if (node.type === 'ImportDeclaration' || isDirective) last = node;
  }
  return last;
}
