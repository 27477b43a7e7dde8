/** What a formatter is set to where a file is. */
import { dirname, join } from 'node:path';
import { foldersUp } from './folders.ts';
import { readJsonObject } from './json.ts';
import { packageAt, repositoryRoot, valueOfYaml } from './modules/packages.ts';
import { isRecord, recordOf } from './settings.ts';
import { type Facts } from './memos/stamps.ts';

export interface Formatting {
  readonly printWidth?: number;
  /** Where a file has no indented line to tell. */
  readonly indentUnit?: string;
  readonly trailingComma?: TrailingComma;
}

/** Behind the last item of whatever takes several lines, of lists alone and not of arguments, or of nothing. */
type TrailingComma = 'all' | 'es5' | 'none';

/** Prettier's, Biome's and dprint's; of Prettier's modules the number that is in them is taken. */
const PRETTIER_DATA = ['.prettierrc', '.prettierrc.json', '.prettierrc.yaml', '.prettierrc.yml', '.prettierrc.json5'];
const PRETTIER_MODULES = ['.prettierrc', 'prettier.config'].flatMap((name) =>
  ['.js', '.cjs', '.mjs', '.ts'].map((extension) => name + extension),
);
const BIOME = ['biome.json', 'biome.jsonc'];
const NAMES = [...PRETTIER_DATA, ...PRETTIER_MODULES, ...BIOME];

/** Prettier's and Biome's own. */
const DEFAULT_WIDTH = 80;

/** Of the nearest configuration around a file (absolute); nothing where there is none, or where code makes it. */
export function formattingOf(facts: Facts, path: string, cwd: string): Formatting {
  const folder = dirname(path);
  return facts.memo('formatting', `${cwd}:${folder}`, () => {
    for (const at of foldersUp(folder, repositoryRoot(facts, path, cwd))) {
      const found = formattingAt(facts, at);
      if (found) return found;
    }
    return {};
  });
}

function formattingAt(facts: Facts, folder: string): Formatting | undefined {
  const [name] = facts.namesIn(folder, NAMES);
  const inPackage = packageAt(facts, folder)?.json['prettier'];
  if (isRecord(inPackage)) return prettierFormatting(inPackage);
  if (typeof inPackage === 'string') return {};
  if (name === undefined) return undefined;
  const path = join(folder, name);
  if (BIOME.includes(name))
    return { printWidth: widthIn(recordOf(readJsonObject(facts, path)['formatter']), 'lineWidth') };
  const text = facts.text(path) ?? '';
  if (PRETTIER_DATA.includes(name)) {
    const value = valueOfYaml(text);
    return isRecord(value) ? prettierFormatting(value) : {};
  }
  const width = /\bprintWidth\s*:\s*(?<width>\d{2,3})\b/u.exec(text)?.groups?.['width'];
  const comma = /\btrailingComma\s*:\s*['"](?<comma>\w+)['"]/u.exec(text)?.groups?.['comma'];
  return { ...(width === undefined ? {} : { printWidth: Number(width) }), ...commaOf(comma) };
}

const commaOf = (value: unknown): Pick<Formatting, 'trailingComma'> =>
  value === 'all' || value === 'es5' || value === 'none' ? { trailingComma: value } : {};

function prettierFormatting(options: Readonly<Record<string, unknown>>): Formatting {
  const { tabWidth, useTabs } = options;
  const spaces = typeof tabWidth === 'number' && tabWidth >= 1 && tabWidth <= 8 ? tabWidth : 2;
  return {
    printWidth: widthIn(options, 'printWidth'),
    indentUnit: useTabs === true ? '\t' : ' '.repeat(spaces),
    ...commaOf(options['trailingComma']),
  };
}

function widthIn(value: Readonly<Record<string, unknown>>, key: string): number {
  const width = value[key];
  return typeof width === 'number' && width >= 40 && width <= 320 ? width : DEFAULT_WIDTH;
}
