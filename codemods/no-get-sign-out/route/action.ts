/** The server action that takes the place of a GET: one that the app has, or what the handler does in a file of its own. */
import { basename, dirname, extname, join } from 'node:path';
import type { TSESTree } from '@typescript-eslint/types';
import { type FunctionNode, type Node, isFunction } from '../../../analysis/syntax/ast.ts';
import { hasDirective } from '../../../analysis/syntax/directives.ts';
import { exportsOf } from '../../../analysis/syntax/bindings/exports.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import { type Edit, insertBefore, remove, replace, styleOf, withEdits } from '../../../analysis/edits/edits.ts';
import { withoutStatement } from '../../../analysis/edits/removals.ts';
import { isPlainValue, unusedEdits } from '../../../analysis/edits/unused.ts';
import type { Project } from '../../../project/project.ts';
import { HANDLERS } from '../../../project/routes/route-files.ts';
import { actionBodyOf, argumentsOfOnlySignOut } from './handler-body.ts';
import { exportedFunction, type SignOutRoute } from './sign-out-route.ts';
import { startOf } from '../edits/import-edits.ts';

export interface Action {
  /** Absolute. */
  readonly path: string;
  readonly name: string;
  /** What is in the file, where it is new. */
  readonly text: string | undefined;
  /** What the route is without its GET; undefined where nothing is left of it. */
  readonly routeWithout: string | undefined;
}

const ACTION_NAME = 'signOutAction';

/** What Next.js reads of a route file, next to its methods. A file of server actions may export functions alone. */
const CONFIG = /^(?:dynamic|dynamicParams|revalidate|fetchCache|runtime|preferredRegion|maxDuration)$/u;

/** A text says why there can be none. `sources` are the files of the app. */
export function actionFor(signOut: SignOutRoute, sources: readonly string[]): Action | string {
  const { app, file, project, route } = signOut;
  if (route.kind !== 'route') return 'it is an API route of the Pages Router, which has no server actions';
  if (app.nextMajor !== undefined && app.nextMajor < 14) return 'server actions need Next.js 14';
  const handler = exportedFunction(file, 'GET');
  if (!handler) return 'its handler is made or wrapped by another function, or stands in another module';
  const body = actionBodyOf(file, handler, project);
  if (typeof body === 'string') return body;
  const others = [...exportsOf(file).named.keys()].filter((name) => name !== 'GET' && !CONFIG.test(name));
  if (others.some((name) => !HANDLERS.includes(name))) return 'its file exports more than the methods of a route';
  if (exportsOf(file).stars.length > 0) return 'its file exports what is in another one';
  const routeWithout = others.length > 0 ? withoutHandler(file, handler) : undefined;
  if (others.length > 0 && routeWithout === undefined)
    return 'its handler cannot be parted from the others of its file';
  const known = existingAction(signOut, handler, sources);
  if (known) return { ...known, text: undefined, routeWithout };
  const text = actionText(file, handler, body.unreachable, others);
  if (text === undefined) return 'its handler cannot be parted from the rest of its file';
  const path = freePath(route.path, project);
  return path === undefined
    ? 'the names for a file of server actions next to it are taken'
    : { path, name: ACTION_NAME, text, routeWithout };
}

function freePath(routePath: string, { facts }: Project): string | undefined {
  const names = ['actions', 'sign-out-action', 'sign-out-actions'].map((name) => name + extname(routePath));
  return names.map((name) => join(dirname(routePath), name)).find((path) => facts.kind(path) === undefined);
}

/** A function that a file of server actions exports, which does what the handler does. */
function existingAction(
  { file, project }: SignOutRoute,
  handler: FunctionNode,
  sources: readonly string[],
): Pick<Action, 'name' | 'path'> | undefined {
  const wanted = argumentsOfOnlySignOut(file, handler, project);
  if (wanted === undefined) return undefined;
  for (const path of sources) {
    const text = project.facts.text(path) ?? '';
    if (!text.includes('use server') || !text.includes('signOut')) continue;
    const other = project.sourceFile(path);
    if (!other || !hasDirective(other.ast, 'use server')) continue;
    for (const name of exportsOf(other).named.keys()) {
      const action = name === 'default' ? undefined : exportedFunction(other, name);
      const isSame =
        action?.async === true &&
        action.params.length === 0 &&
        argumentsOfOnlySignOut(other, action, project) === wanted;
      if (isSame && !HANDLERS.includes(name)) return { name, path };
    }
  }
  return undefined;
}

/** The statement that exports a handler, and nothing else. */
function exportOf(handler: FunctionNode): TSESTree.ExportNamedDeclaration | undefined {
  const holder = handler.parent.type === 'VariableDeclarator' ? handler.parent.parent : handler;
  if (holder.type === 'VariableDeclaration' && holder.declarations.length > 1) return undefined;
  return holder.parent.type === 'ExportNamedDeclaration' ? holder.parent : undefined;
}

/** The route file without its GET, and what only that used. */
function withoutHandler(file: SourceFile, handler: FunctionNode): string | undefined {
  const statement = exportOf(handler);
  if (!statement) return undefined;
  const removed = withoutStatement(file, statement);
  return applied(file, [removed, ...unusedEdits(file, [removed.range], new Set(), isPlainValue)]);
}

/** The file of the handler as a file of one server action. */
function actionText(
  file: SourceFile,
  handler: FunctionNode,
  unreachable: readonly Node[],
  others: readonly string[],
): string | undefined {
  const { eol, quote, semicolons } = styleOf(file);
  const own = exportOf(handler);
  if (!own) return undefined;
  const exported = file.ast.body.filter(
    (statement) =>
      statement !== own &&
      (statement.type === 'ExportDefaultDeclaration' ||
        (statement.type === 'ExportNamedDeclaration' && statement.exportKind !== 'type')),
  );
  // What another handler needs as well would be there twice.
  if (
    others.length > 0 &&
    file.ast.body.some((one) => one !== own && !exported.includes(one) && one.type !== 'ImportDeclaration')
  )
    return undefined;
  const removed = [
    ...exported.map((one) => withoutStatement(file, one)),
    ...unreachable.map((one) => withoutStatement(file, one)),
  ];
  const signature = signatureEdits(file, handler);
  const ranges = [...removed, ...signature.filter(({ text }) => text === '')].map(({ range }) => range);
  const directive = hasDirective(file.ast, 'use server')
    ? []
    : [insertBefore([startOf(file), startOf(file)], `${quote}use server${quote}${semicolons ? ';' : ''}${eol}${eol}`)];
  const text = applied(file, [
    ...directive,
    ...removed,
    ...signature,
    ...unusedEdits(file, ranges, new Set(), isPlainValue),
  ]);
  return text?.replace(/(?:\r?\n){3,}/gu, eol + eol).replace(/(?:\r?\n){2,}$/u, eol);
}

/** `GET(request: Request): Promise<Response>` as `signOutAction()`. */
function signatureEdits(file: SourceFile, handler: FunctionNode): Edit[] {
  const { parent } = handler;
  const name = handler.id ?? (parent.type === 'VariableDeclarator' ? parent.id : undefined);
  const edits: Edit[] = name ? [replace([name.range[0], name.range[0] + 'GET'.length], ACTION_NAME)] : [];
  if (!handler.async) edits.push(insertBefore([handler.range[0], handler.range[0]], 'async '));
  const [first] = handler.params;
  const last = handler.params.at(-1);
  if (first && last) {
    const end = last.range[1];
    const comma = /^\s*,\s*/u.exec(file.text.slice(end))?.[0].length ?? 0;
    edits.push(remove([first.range[0], end + comma]));
  }
  const { returnType } = handler;
  if (returnType && !/^:\s*Promise<(?:never|void)>$/u.test(file.text.slice(...returnType.range)))
    edits.push(remove(returnType));
  return edits;
}

function applied(file: SourceFile, edits: readonly Edit[]): string | undefined {
  const unique = new Map(edits.map((edit) => [`${edit.range.join()} ${edit.text}`, edit]));
  return withEdits([...unique.values()], file.text);
}

/** The route file that stays for callers elsewhere: it turns prefetches away, and hands everyone else on to the action. */
export function guardedRoute(file: SourceFile, action: Action, printWidth = 80): string | undefined {
  if (action.text === undefined || action.routeWithout !== undefined) return undefined;
  const { eol, indentUnit, quote, semicolons } = styleOf(file);
  const end = semicolons ? ';' : '';
  const isTyped = /\.[cm]?tsx?$/u.test(file.path);
  const configs = file.ast.body.filter(
    (one) =>
      one.type === 'ExportNamedDeclaration' &&
      one.declaration?.type === 'VariableDeclaration' &&
      !holdsFunction(one.declaration),
  );
  const has = (header: string) => `request.headers.has(${quote}${header}${quote})`;
  const test = `${indentUnit}if (${has('RSC')} || ${has('Next-Router-Prefetch')}) {`;
  const broken = [
    `${indentUnit}if (`,
    `${indentUnit}${indentUnit}${has('RSC')} ||`,
    `${indentUnit}${indentUnit}${has('Next-Router-Prefetch')}`,
    `${indentUnit}) {`,
  ];
  return [
    `import { ${action.name} } from ${quote}./${basename(action.path, extname(action.path))}${quote}${end}`,
    '',
    ...configs.flatMap((one) => [file.text.slice(...one.range), '']),
    `export async function GET(request${isTyped ? ': Request' : ''}) {`,
    ...(test.length <= printWidth ? [test] : broken),
    `${indentUnit}${indentUnit}return new Response(null, { status: 204 })${end}`,
    `${indentUnit}}`,
    `${indentUnit}await ${action.name}()${end}`,
    '}',
    '',
  ].join(eol);
}

const holdsFunction = ({ declarations }: TSESTree.VariableDeclaration): boolean =>
  declarations.some(({ init }) => isFunction(init));
