/**
 * Where a redirect URI flows (PLAYBOOK §4): the options of AuthKit's and WorkOS's functions, found by binding, and
 * assignments to the variables that AuthKit reads.
 */
import { basename } from 'node:path';
import type { TSESTree } from '@typescript-eslint/types';
import { onceForBoth } from '../../../analysis/once.ts';
import { nodesOf, propertyName, unwrap, wrapped } from '../../../analysis/syntax/ast.ts';
import type { Definition, Located } from '../../../analysis/syntax/bindings/definitions.ts';
import { importsOf } from '../../../analysis/syntax/bindings/imports.ts';
import type { Concern, ModuleLoader } from '../../../analysis/syntax/bindings/modules.ts';
import { readsOf } from '../../../analysis/syntax/bindings/scopes.ts';
import { forLastText } from '../../../analysis/syntax/last-text.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import { authkitNextjs, AUTHKIT } from '../../libraries/authkit-nextjs.ts';
import type { RedirectSink } from '../../libraries/entry.ts';
import { type Use, NOT_ALONE, knownDefinition, useAt, usesOf } from '../../libraries/index.ts';

/**
 * - `proxy`: decides for every sign-in of the app; - `sign-in`: one sign-in; - `callback`: where the callback sends
 * people on to; - `sign-out`: where WorkOS sends people after signing out; - `variable`: `process.env.… = …`.
 */
export type SinkKind = 'callback' | 'proxy' | 'sign-in' | 'sign-out' | 'variable';

/** The server exports of authkit-nextjs that take one. */
const AUTHKIT_FUNCTIONS: Readonly<Record<string, RedirectSink>> = Object.fromEntries(
  Object.entries(authkitNextjs.exports).flatMap(([name, { redirectSink }]) =>
    redirectSink ? [[name, redirectSink]] : [],
  ),
);

const VARIABLES = new Set(['WORKOS_REDIRECT_URI', 'NEXT_PUBLIC_WORKOS_REDIRECT_URI']);

export interface CallSink {
  readonly kind: Exclude<SinkKind, 'variable'>;
  /** The function as people know it: `authkitProxy()`. */
  readonly name: string;
  readonly node: TSESTree.CallExpression;
  readonly file: SourceFile;
  /** The options as written; undefined when the call has none. */
  readonly options: Located | undefined;
  readonly option: string;
  /** Called in the browser, where only `NEXT_PUBLIC_` variables are. */
  readonly isInBrowser: boolean;
  /** Whether nothing replaces the option when it is left out: in WorkOS's own client. */
  readonly isRequired: boolean;
}

export interface VariableSink {
  readonly kind: 'variable';
  readonly name: string;
  /** `process.env.NAME = …`, or the property of `env` in a `next.config`. */
  readonly node: TSESTree.AssignmentExpression | TSESTree.Property;
  readonly file: SourceFile;
  readonly value: Located;
}

export type Sink = CallSink | VariableSink;

/** What shows that a file may have a sink of its own. */
const DIRECT = [AUTHKIT, 'getAuthorizationUrl', 'getLogoutUrl', 'WORKOS_REDIRECT_URI'];

/** What shows the same of a module whose function is called: AuthKit's under their own names may be handed on to it. */
export const OF_SINKS: Concern = {
  of: 'code',
  text: new RegExp(['@workos-inc/', ...DIRECT, ...Object.keys(AUTHKIT_FUNCTIONS)].join('|'), 'u'),
};

// `authkit` is a part of the package's name; the other functions are given a redirect URI, or send none. The last two are of files that hand one to a
// wrapper of the project's own.
const NEEDLES = new RegExp(
  [
    ...Object.entries(AUTHKIT_FUNCTIONS).map(([name, { kind }]) =>
      kind === 'proxy' ? (name === 'authkit' ? String.raw`\bauthkit\b(?!-)` : name) : name + NOT_ALONE,
    ),
    'getLogoutUrl',
    'WORKOS_REDIRECT_URI',
    'redirectUri',
    'returnTo',
  ].join('|'),
  'u',
);

const hasNeedle = forLastText((text) => NEEDLES.test(text));

/** Whether a file may have a sink, or call a wrapper around one: by its text, and a proxy by its name. */
export function mayHaveSink(text: string, path: string): boolean {
  return hasNeedle(text) || /[/\\](?:proxy|middleware)\.[cm]?[jt]sx?$/u.test(path);
}

/** The sinks of a file, in source order. */
export const sinksOf = onceForBoth((file: SourceFile, loader: ModuleLoader): readonly Sink[] =>
  [...callsWithin(file, loader).flatMap((use) => sinkOf(use) ?? []), ...variableSinks(file)].sort(
    (a, b) => a.node.range[0] - b.node.range[0],
  ),
);

function callsWithin(file: SourceFile, loader: ModuleLoader): readonly Use[] {
  if (DIRECT.some((needle) => file.text.includes(needle))) return usesOf(file, loader);
  // AuthKit's functions under their own names, handed on by a module of the project.
  return importsOf(file)
    .filter(({ name }) => Object.hasOwn(AUTHKIT_FUNCTIONS, name))
    .flatMap(({ variable }) => readsOf(variable))
    .flatMap(({ parent: node }) => {
      const found = node?.type === 'CallExpression' ? useAt({ file, node }, loader) : undefined;
      return found && node?.type === 'CallExpression' ? [{ ...found, file, node }] : [];
    });
}

/** A call of a function that `definition` stands for, if that is one of AuthKit's, whatever its name is here. */
export function sinkNamed(
  definition: Definition,
  file: SourceFile,
  node: TSESTree.CallExpression,
  loader: ModuleLoader,
): CallSink | undefined {
  const found = knownDefinition(definition, loader);
  return found && sinkOf({ ...found, file, node });
}

function sinkOf({ entry: { redirectSink: sink }, file, name, node }: Use): CallSink | undefined {
  if (!sink || node.type !== 'CallExpression') return undefined;
  const { argument, isInBrowser = false, isRequired = false, kind, member: option } = sink;
  // Of a call that is given nothing only the proxy's matters.
  if (kind !== 'proxy' && node.arguments.length === 0) return undefined;
  const before = node.arguments.slice(0, argument + 1);
  // A spread argument hides which is which.
  if (before.some(({ type }) => type === 'SpreadElement')) return undefined;
  const options = node.arguments[argument];
  return {
    kind,
    // `WorkOS().userManagement.getLogoutUrl`: what made the client is not what people know it by.
    name: `${name.split('().').at(-1) ?? name}()`,
    node,
    file,
    options: options && { file, node: options },
    option,
    isInBrowser,
    isRequired,
  };
}

function variableSinks(file: SourceFile): readonly VariableSink[] {
  if (!file.text.includes('WORKOS_REDIRECT_URI')) return [];
  const isConfig = basename(file.path).startsWith('next.config.');
  return nodesOf(file.ast, 'AssignmentExpression', 'Property').flatMap((node) => {
    if (node.type === 'AssignmentExpression') return variableSink(file, node) ?? [];
    return isConfig ? (configSink(file, node) ?? []) : [];
  });
}

function variableSink(file: SourceFile, node: TSESTree.AssignmentExpression): VariableSink | undefined {
  const left = unwrap(node.left);
  if (left.type !== 'MemberExpression' || !['=', '||=', '??='].includes(node.operator)) return undefined;
  const name = propertyName(left);
  const object = unwrap(left.object);
  if (
    name === undefined ||
    !VARIABLES.has(name) ||
    object.type !== 'MemberExpression' ||
    propertyName(object) !== 'env'
  ) {
    return undefined;
  }
  const root = unwrap(object.object);
  if (root.type !== 'Identifier' || root.name !== 'process') return undefined;
  return { kind: 'variable', name: `process.env.${name}`, node, file, value: { file, node: node.right } };
}

// `env: { NEXT_PUBLIC_WORKOS_REDIRECT_URI: … }` of a `next.config`: what the build bakes in.
function configSink(file: SourceFile, node: TSESTree.Property): VariableSink | undefined {
  const name = propertyName(node);
  const holder = node.parent.type === 'ObjectExpression' ? wrapped(node.parent).parent : undefined;
  if (name === undefined || !VARIABLES.has(name) || holder?.type !== 'Property' || propertyName(holder) !== 'env')
    return undefined;
  return { kind: 'variable', name: `env.${name}`, node, file, value: { file, node: node.value } };
}
