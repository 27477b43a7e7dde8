/**
 * `authKit` of a `convex.json`: what the Convex CLI registers at WorkOS, with the place of each value
 * (convex `src/cli/lib/config.ts`, `src/cli/lib/workos/workos.ts`).
 */
import type { Node as JsonNode } from 'jsonc-parser';
import type { Range } from '../../../analysis/syntax/ast.ts';
import { laidOutJson } from '../../../project/json-layout.ts';
import { parseJson } from '../../../project/json.ts';
import type { Project } from '../../../project/project.ts';
import type { Finding } from '../../finding.ts';

export type AuthKitEnvironment = 'dev' | 'preview' | 'prod';

/** A string of the file; the range includes its quotes. */
export interface JsonText {
  readonly text: string;
  readonly range: Range;
}

/** A key of an object of the file; the range includes its quotes. */
export interface JsonKey {
  readonly name: string;
  readonly range: Range;
}

/** The keys of one object, in the place that Convex reads them. */
export interface JsonKeys {
  readonly place: 'authKit' | 'configure' | 'environment' | 'root';
  readonly keys: readonly JsonKey[];
}

export interface EnvironmentConfig {
  readonly redirectUris: readonly JsonText[];
  readonly corsOrigins: readonly JsonText[];
  readonly appHomepageUrl: JsonText | undefined;
  readonly localEnvVars: readonly (JsonText & { readonly name: string })[];
  /** The keys as written, for those that are in the wrong place. */
  readonly keys: readonly JsonKey[];
  readonly range: Range;
}

export interface ConvexJson {
  /** Absolute. */
  readonly path: string;
  /** Without a byte order mark; ranges count from its start. */
  readonly text: string;
  readonly authKit: Readonly<Partial<Record<AuthKitEnvironment, EnvironmentConfig>>>;
  /** Every key on the way to what is registered, for those that are misspelt. */
  readonly keys: readonly JsonKeys[];
}

/** The characters that are laid out for all edits of a file together: a second's work. */
const MAX_LAID_OUT = 5_000_000;

/** What a rule finds in `convex.json`, as it looks at files that are no scripts. */
export const inConvexJson = (find: (json: ConvexJson, project: Project) => readonly Finding[]) => ({
  isFile: (name: string): boolean => name === 'convex.json',
  find(path: string, text: string, project: Project): readonly Finding[] {
    const json = readConvexJson(path, text);
    const found = json ? find(json, project) : [];
    // Each edit is laid out with the whole file.
    if (!json || found.length * json.text.length > MAX_LAID_OUT) return found;
    const formatting = project.formattingOf(path);
    return found.map((finding) => {
      const { fix } = finding;
      return fix
        ? { ...finding, fix: { ...fix, edits: laidOutJson(fix.edits, path, json.text, formatting) } }
        : finding;
    });
  },
});

/**
 * Reads a `convex.json`. Comments and trailing commas are let through; values of the wrong type are left out. Undefined
 * for a text that is no object at all, or nested deeper than anyone can read.
 */
export function readConvexJson(path: string, textWithBOM: string): ConvexJson | undefined {
  const { text, tree: root } = parseJson(path, textWithBOM);
  if (root?.type !== 'object') return undefined;
  const authKit: Partial<Record<AuthKitEnvironment, EnvironmentConfig>> = {};
  const keys: JsonKeys[] = [keysOf('root', root), keysOf('authKit', nodeAt(root, 'authKit'))];
  for (const environment of ['dev', 'preview', 'prod'] as const) {
    const node = nodeAt(root, 'authKit', environment);
    if (node?.type !== 'object') continue;
    authKit[environment] = readEnvironment(node);
    keys.push(keysOf('environment', node), keysOf('configure', nodeAt(node, 'configure')));
  }
  return { path, text, authKit, keys };
}

const keysOf = (place: JsonKeys['place'], node: JsonNode | undefined): JsonKeys => ({
  place,
  keys: propertiesOf(node).map(({ key }) => key),
});

function readEnvironment(node: JsonNode): EnvironmentConfig {
  const list = (name: string) =>
    (nodeAt(node, 'configure', name)?.children ?? []).flatMap((child) => textOf(child) ?? []);
  const homepage = nodeAt(node, 'configure', 'appHomepageUrl');
  const local = nodeAt(node, 'localEnvVars');
  return {
    redirectUris: list('redirectUris'),
    corsOrigins: list('corsOrigins'),
    appHomepageUrl: homepage && textOf(homepage),
    localEnvVars: propertiesOf(local).flatMap(({ key, value }) => {
      const held = textOf(value);
      return held ? [{ ...held, name: key.name }] : [];
    }),
    keys: propertiesOf(node).map(({ key }) => key),
    range: rangeOf(node),
  };
}

// Of two properties with one name the last counts, as for JSON.parse.
function nodeAt(node: JsonNode, ...path: readonly string[]): JsonNode | undefined {
  return path.reduce<JsonNode | undefined>(
    (current, name) => propertiesOf(current).findLast(({ key }) => key.name === name)?.value,
    node,
  );
}

function propertiesOf(node: JsonNode | undefined): { key: JsonKey; value: JsonNode }[] {
  if (node?.type !== 'object') return [];
  return (node.children ?? []).flatMap(({ children }) => {
    const [key, value] = children ?? [];
    return key && value && typeof key.value === 'string'
      ? [{ key: { name: key.value, range: rangeOf(key) }, value }]
      : [];
  });
}

function textOf(node: JsonNode): JsonText | undefined {
  return node.type === 'string' && typeof node.value === 'string'
    ? { text: node.value, range: rangeOf(node) }
    : undefined;
}

const rangeOf = ({ length, offset }: JsonNode): Range => [offset, offset + length];

/** `${buildEnv.NAME}` as it is in a text; the index counts from the text's own start. */
export interface Template {
  readonly index: number;
  readonly raw: string;
  /** `buildEnv`, `authEnv`, anything else, or undefined for a bare name. */
  readonly namespace: string | undefined;
  readonly name: string;
}

/** Longer texts no one registers, and they would have to be searched again from each `${`. */
const MAX_URI = 4_000;

/** The templates of a text, as the Convex CLI looks for them. */
export function templatesIn(text: string): readonly Template[] {
  if (text.length > MAX_URI) return [];
  return [...text.matchAll(/\$\{(?<expression>[^}]+)\}/gu)].map((match) => {
    const expression = match.groups?.['expression'] ?? '';
    const dot = expression.indexOf('.');
    return {
      index: match.index,
      raw: match[0],
      namespace: dot < 0 ? undefined : expression.slice(0, dot),
      name: dot < 0 ? expression : expression.slice(dot + 1),
    };
  });
}

/** Whether a text may stand behind `process.env.` in code. */
export const isVariableName = (name: string): boolean => /^[A-Za-z_]\w*$/u.test(name);

/** Whether a registered URI is a web app's, and not one of a mobile or desktop app: `myapp://auth/callback`. */
export const isOfTheWeb = (text: string): boolean => /^https?:/iu.test(text) || !/^[a-z][\d+.a-z-]*:\/\//iu.test(text);

export interface RegisteredUri {
  /** The variable that the host comes from; undefined for a literal host. */
  readonly variable: string | undefined;
  /** The host as written: `${buildEnv.VERCEL_URL}`, `app.dev`. */
  readonly host: string;
  /** With its leading slash. */
  readonly path: string;
}

/** Host and path of a registered URL or origin; undefined when the host is made of several pieces, or there is none. */
export function registeredUri(text: string): RegisteredUri | undefined {
  const groups = /^(?:https?:\/\/)?(?<host>[^/?#]+)(?<path>[^?#]*)/iu.exec(text)?.groups;
  if (!groups || !isOfTheWeb(text)) return undefined;
  const { host = '', path = '' } = groups;
  const [template, second] = templatesIn(host);
  if (second || (template && template.raw !== host)) return undefined;
  return { variable: template?.name, host, path: path === '' ? '/' : path };
}

/** Where a part of a string is in the file; undefined in a string with escapes, whose characters can't be counted off. */
export function rangeWithin({ range, text }: JsonText, index: number, length: number): Range | undefined {
  if (range[1] - range[0] - 2 !== text.length) return undefined;
  const start = range[0] + 1 + index;
  return [start, start + length];
}
