/** The configs that one is made of, and whether they bring a parser for TypeScript and JSX. */
import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { modulesNamedIn } from '../../project/modules/named-modules.ts';

export interface ConfigFile {
  /** Absolute. */
  readonly path: string;
  readonly text: string;
}

/** As many configs are read. */
const MAX_CONFIGS = 16;

/** A config, and those that it imports by a path: the one of the repository, say. */
export function configsOf(config: ConfigFile): readonly ConfigFile[] {
  const found = new Map([[config.path, config]]);
  for (const { path, text } of found.values()) {
    for (const module of modulesNamedIn(text)) {
      const imported = module.startsWith('.') ? fileAt(resolve(dirname(path), module)) : undefined;
      if (imported === undefined || found.has(imported) || found.size >= MAX_CONFIGS) continue;
      found.set(imported, { path: imported, text: readFileSync(imported, 'utf8') });
    }
  }
  return [...found.values()];
}

const fileAt = (base: string): string | undefined =>
  ['', '.js', '.mjs', '.cjs', '.ts', '.mts', '.cts']
    .map((extension) => base + extension)
    .find((path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true);

/** Whether something in the configs may set a parser: they name one, or a config that others share, or a package that is not known here. */
export function mayBringParser(configs: readonly ConfigFile[]): boolean {
  return configs.some(
    ({ text }) =>
      NAMES_PARSER.test(text) ||
      modulesNamedIn(text).some((module) => !module.startsWith('.') && !WITHOUT_PARSER.test(module)),
  );
}

// `compat.extends('next/typescript')` imports nothing of that name.
const NAMES_PARSER =
  /typescript-eslint|next\/(?:core-web-vitals|typescript)|eslint-config-(?!prettier)|babel\/eslint-parser|\bparser\s*[:,}]/u;

/** Packages of which nothing sets a parser for TypeScript. */
const WITHOUT_PARSER =
  /^(?:node:.*|path|url|fs|module|globals|eslint(?:\/.*)?|@eslint\/(?:js|json|markdown|css|compat|eslintrc|config-helpers)|(?:@[\w-]+\/)?eslint-plugin(?:-(?!astro|svelte|vue)[\w-]+)?(?:\/.*)?|eslint-config-prettier(?:\/.*)?)$/u;
