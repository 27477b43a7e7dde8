/** Prints results: in a format of our own, or in any that ESLint knows or that is installed for it. */
import { stripVTControlCharacters } from 'node:util';
import type { ESLint } from 'eslint';
import { closest } from '../../../project/configuration/closest.ts';
import { UsageError } from '../../usage.ts';
import type { FormatContext, Print } from './format.ts';

/** Each is loaded when it is asked for. */
const OWN: Readonly<Record<string, () => Promise<Print>>> = {
  agent: async () => (await import('./agent.ts')).agent,
  github: async () => (await import('./github.ts')).github,
  gitlab: async () => (await import('./gitlab.ts')).gitlab,
  html: async () => (await import('./html.ts')).html,
  json: async () => (await import('./json.ts')).json,
  junit: async () => (await import('./junit.ts')).junit,
  sarif: async () => (await import('./sarif.ts')).sarif,
  stylish: async () => (await import('./stylish.ts')).stylish,
};

/** What can be named without installing anything. */
export const FORMATS = [...Object.keys(OWN), 'json-with-metadata'].sort();

export interface FormatOptions {
  readonly name: string;
  /** Loaded only for a format that is not ours. */
  readonly eslint: () => Promise<ESLint>;
  readonly context: FormatContext;
}

/** Makes the printer. Throws a `UsageError` for a format that no one knows, before anything is checked. */
export async function formatterOf({
  context,
  eslint,
  name,
}: FormatOptions): Promise<(results: ESLint.LintResult[]) => Promise<string>> {
  const own = Object.hasOwn(OWN, name) ? OWN[name] : undefined;
  if (own) {
    const print = await own();
    return (results) => Promise.resolve(print(results, context));
  }
  const formatter = await load(name, await eslint());
  const color = context.colors.isColorSupported;
  return async (results) => {
    // ESLint 10 takes `color`; 9's formatters have a mind of their own, so what they add is taken off.
    const format: (all: ESLint.LintResult[], meta: { color: boolean }) => string | Promise<string> =
      formatter.format.bind(formatter);
    const text = await format(results, { color });
    return text === '' || text.endsWith('\n') ? plain(text, color) : `${plain(text, color)}\n`;
  };
}

async function load(name: string, eslint: ESLint): Promise<ESLint.LoadedFormatter> {
  try {
    return await eslint.loadFormatter(name);
  } catch (error) {
    const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    if (!reason.startsWith('There was a problem loading formatter')) throw new UsageError(reason);
    const meant = closest(name, FORMATS);
    const hint = meant === undefined ? '' : ` Did you mean '${meant}'?`;
    throw new UsageError(
      `There is no format '${name}'.${hint} There are ${FORMATS.join(', ')}, and any ESLint formatter that is installed.`,
    );
  }
}

function plain(text: string, color: boolean): string {
  return color ? text : stripVTControlCharacters(text);
}
