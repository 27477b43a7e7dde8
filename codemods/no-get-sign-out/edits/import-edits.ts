/** The import of the action, as the file writes its imports. */
import { basename, dirname, extname, relative, sep } from 'node:path';
import { importsOf } from '../../../analysis/syntax/bindings/imports.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import { type Edit, insertAfter, styleOf } from '../../../analysis/edits/edits.ts';
import type { Project } from '../../../project/project.ts';
import { posixPath } from '../../../project/folders.ts';
import { contains } from '../../../analysis/syntax/ast.ts';

export interface Imported {
  /** What the action is called in the file. */
  readonly local: string;
  /** The import that the file needs; undefined where it has it. */
  readonly statement: { readonly text: string; readonly isRelative: boolean } | undefined;
}

export interface ImportTarget {
  /** Absolute; the file may be new. */
  readonly path: string;
  readonly name: string;
  /** A file next to it that is there. */
  readonly neighbour: string;
  /** The quotes of the app, for a file that has no import to show its own. */
  readonly quote: string;
}

/** How a file gets the action: by the name it has imported it under already, or by an import of its own. */
export function importOf(file: SourceFile, target: ImportTarget, project: Project): Imported {
  const known = importsOf(file).find(
    (one) => one.name === target.name && project.resolve(one.module, file.path) === target.path,
  );
  if (known) return { local: known.variable.name, statement: undefined };
  const taken = new Set(file.scopes.scopes.flatMap(({ set }) => [...set.keys()]));
  const names = [target.name, 'signOutOnServer', 'signOutServerAction', 'signOutByAction'];
  const local = names.find((name) => !taken.has(name)) ?? target.name;
  const specifier = specifierOf(file, target, project);
  const { semicolons } = styleOf(file);
  const quote = quoteOf(file, target.quote);
  const name = local === target.name ? local : `${target.name} as ${local}`;
  const text = `import { ${name} } from ${quote}${specifier}${quote}${semicolons ? ';' : ''}`;
  return { local, statement: { text, isRelative: specifier.startsWith('.') } };
}

/** The quotes of a file: those of its imports, for attributes always have double ones. */
export function quoteOf(file: SourceFile, fallback: string): string {
  return file.ast.body.some(({ type }) => type === 'ImportDeclaration') ? styleOf(file).quote : fallback;
}

/** Edits with the import among those of its kind that they leave; what is imported for its effect alone (a style sheet) stays last. */
export function withImport(file: SourceFile, { statement }: Imported, edits: readonly Edit[]): readonly Edit[] {
  if (!statement) return edits;
  const { eol } = styleOf(file);
  const { isRelative, text } = statement;
  const imports = file.ast.body.filter((one) => one.type === 'ImportDeclaration');
  const kept = imports.filter((one) => !edits.some((edit) => contains(edit, one)));
  const after =
    kept.findLast((one) => one.specifiers.length > 0 && one.source.value.startsWith('.') === isRelative) ??
    kept.findLast((one) => one.specifiers.length > 0) ??
    kept.at(-1);
  if (after) return [...edits, insertAfter(after, eol + text)];
  const [first] = imports;
  if (first) {
    const place = edits.find((edit) => contains(edit, first));
    return edits.map((edit) => (edit === place ? { ...edit, text: `${text}${eol}${blankAfter(file, edit)}` } : edit));
  }
  const directive = file.ast.body.findLast((one) => 'directive' in one && typeof one.directive === 'string');
  const place = directive?.range[1] ?? startOf(file);
  return [...edits, insertAfter([place, place], directive ? `${eol}${eol}${text}` : `${text}${eol}${eol}`)];
}

/** Behind a line for the shell; a comment at the top stays with the code below it. */
export const startOf = ({ text }: SourceFile): number => /^(?:#![^\n]*\n)?/u.exec(text)?.[0].length ?? 0;

/** The blank line that was removed together with a statement. */
const blankAfter = ({ text }: SourceFile, { range: [start, end] }: Edit): string =>
  /(?:\r\n|\n)(?<blank>\r\n|\n)$/u.exec(text.slice(start, end))?.groups?.['blank'] ?? '';

/** By an alias where the file imports by one, and by its path where it does that, or where the other file is near. */
function specifierOf(file: SourceFile, { neighbour, path }: ImportTarget, project: Project): string {
  const plain = withoutExtension(path);
  const own = posixPath(relative(dirname(file.path), plain));
  const isNear = !own.startsWith('../');
  const bare = isNear ? `./${own}` : own;
  const modules = file.ast.body.flatMap((one) => (one.type === 'ImportDeclaration' ? [one.source.value] : []));
  if (isNear) return bare;
  for (const module of modules) {
    const alias = aliasOf(module, file, project);
    if (!alias || !plain.startsWith(alias.folder + sep)) continue;
    const specifier =
      alias.prefix +
      plain
        .slice(alias.folder.length + 1)
        .split(sep)
        .join('/');
    const check =
      alias.prefix +
      withoutExtension(neighbour)
        .slice(alias.folder.length + 1)
        .split(sep)
        .join('/');
    if (project.resolve(check, file.path) === neighbour) return specifier;
  }
  return bare;
}

const withoutExtension = (path: string): string => path.slice(0, path.length - extname(path).length);

/** What an import by an alias shows of it: `@/components/nav` is `src/components/nav.tsx`, so `@/` is `src/`. */
function aliasOf(module: string, file: SourceFile, project: Project): { prefix: string; folder: string } | undefined {
  if (!/^[@~#][\w-]*\//u.test(module)) return undefined;
  const target = project.resolve(module, file.path);
  if (target === undefined) return undefined;
  const plain =
    basename(withoutExtension(target)) === 'index' && !module.endsWith('/index')
      ? dirname(target)
      : withoutExtension(target);
  const prefix = /^[@~#][\w-]*\//u.exec(module)?.[0] ?? '';
  const rest = module.slice(prefix.length).replace(/\.[cm]?[jt]sx?$/u, '');
  const posix = posixPath(plain);
  return posix.endsWith(`/${rest}`) ? { prefix, folder: plain.slice(0, plain.length - rest.length - 1) } : undefined;
}
