/** Packages of the project: the nearest package.json, the workspace around it, and where its packages stand. */
import { dirname, join, relative, sep } from 'node:path';
import type { Facts } from './stamps.ts';

export interface Package {
  readonly root: string;
  readonly name: string | undefined;
  /** Names and version ranges of all kinds of dependencies. */
  readonly dependencies: ReadonlyMap<string, string>;
  readonly json: Readonly<Record<string, unknown>>;
}

/** The package whose package.json stands in a folder; undefined when there is none that can be read. */
export function packageIn(facts: Facts, folder: string): Package | undefined {
  return facts.memo(`package:${folder}`, () => {
    const text = facts.text(join(folder, 'package.json'));
    const json = text === undefined ? undefined : parseJson(text);
    if (!json) return undefined;
    const dependencies = new Map<string, string>();
    for (const kind of ['peerDependencies', 'devDependencies', 'dependencies']) {
      for (const [name, range] of Object.entries(asRecord(json[kind]))) dependencies.set(name, String(range));
    }
    return { root: folder, name: typeof json['name'] === 'string' ? json['name'] : undefined, dependencies, json };
  });
}

/** The package that a file belongs to: the nearest folder above it with a package.json, not above `top`. */
export function packageOf(facts: Facts, path: string, top: string): Package | undefined {
  return foldersAbove(path, top).map((folder) => packageIn(facts, folder)).find(Boolean);
}

/** The folders above a path, nearest first, up to `top` or, for a file outside it, up to the root of the disk. */
export function foldersAbove(path: string, top: string): string[] {
  const folders: string[] = [];
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    folders.push(folder);
    if (folder === top || dirname(folder) === folder || folders.length > 64) return folders;
  }
}

export interface Workspace {
  readonly root: string;
  /** By folder. */
  readonly packages: readonly Package[];
}

/** The workspace that a folder stands in: `workspaces` of a package.json, or pnpm-workspace.yaml. */
export function workspaceOf(facts: Facts, folder: string): Workspace | undefined {
  return facts.memo(`workspace:${folder}`, () => {
    for (const root of [folder, ...foldersAbove(folder, '')]) {
      const patterns = workspacePatterns(facts, root);
      if (patterns) return { root, packages: packagesOf(facts, root, patterns) };
    }
    return undefined;
  });
}

function workspacePatterns(facts: Facts, root: string): readonly string[] | undefined {
  const pnpm = facts.text(join(root, 'pnpm-workspace.yaml'));
  if (pnpm !== undefined) return yamlList(pnpm, 'packages');
  const workspaces = packageIn(facts, root)?.json['workspaces'];
  const list = Array.isArray(workspaces) ? workspaces : asRecord(workspaces)['packages'];
  return Array.isArray(list) ? list.filter((item): item is string => typeof item === 'string') : undefined;
}

/** The strings of one top-level list in a YAML file: all that pnpm-workspace.yaml holds of interest. */
function yamlList(yaml: string, key: string): string[] {
  const items: string[] = [];
  let isInside = false;
  for (const line of yaml.split(/\r?\n/u)) {
    if (/^\S/u.test(line) && !line.startsWith('#') && !line.startsWith('-')) isInside = line.startsWith(`${key}:`);
    const item = isInside ? /^\s*-\s*(?<quote>["']?)(?<text>[^"'#]+?)\k<quote>\s*(?:#.*)?$/u.exec(line) : null;
    if (item?.groups?.['text'] !== undefined) items.push(item.groups['text']);
  }
  return items;
}

const MAX_PACKAGES = 500;

function packagesOf(facts: Facts, root: string, patterns: readonly string[]): Package[] {
  const found = new Map<string, Package>();
  const excluded = patterns.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1));
  const visit = (folder: string, segments: readonly string[]): void => {
    const [segment, ...rest] = segments;
    if (found.size >= MAX_PACKAGES) return;
    if (segment === undefined) {
      const isExcluded = excluded.some((pattern) => relative(root, folder).split(sep).join('/') === pattern.replace(/^\.\//u, ''));
      const one = isExcluded ? undefined : packageIn(facts, folder);
      if (one) found.set(folder, one);
      return;
    }
    if (!/[*?]/u.test(segment)) {
      visit(join(folder, segment), rest);
      return;
    }
    const matches = new RegExp(`^${segment.replace(/[$()+.[\\\]^{|}]/gu, '\\$&').replace(/\*+/gu, '.*').replaceAll('?', '.')}$`, 'u');
    if (segment === '**') visit(folder, rest);
    for (const entry of facts.entries(folder) ?? []) {
      if (entry.kind !== 'directory' || entry.name === 'node_modules' || entry.name.startsWith('.')) continue;
      if (segment === '**') visit(entry.path, folder === root || rest.length > 0 ? segments : rest);
      else if (matches.test(entry.name)) visit(entry.path, rest);
    }
  };
  for (const pattern of patterns) {
    if (!pattern.startsWith('!')) visit(root, pattern.split('/').filter((segment) => segment !== '.' && segment !== ''));
  }
  return [...found.values()];
}

function parseJson(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/u, ''));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

export function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
