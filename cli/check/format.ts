/** Prints results in any of ESLint's formats. */
import { stripVTControlCharacters } from 'node:util';
import type { ESLint } from 'eslint';
import { UsageError } from '../usage.ts';

type Formatter = (
  results: ESLint.LintResult[],
  meta: ESLint.LintResultData | { color: boolean },
) => string | Promise<string>;

export interface FormatOptions {
  readonly name: string;
  readonly color: boolean;
  /** ESLint is loaded only when something has to be printed that needs it. */
  readonly eslint: () => Promise<ESLint>;
}

/** Makes the printer. Throws a `UsageError` for a format that ESLint does not know, before anything is checked. */
export async function formatterOf({
  color,
  eslint,
  name,
}: FormatOptions): Promise<(results: ESLint.LintResult[]) => Promise<string>> {
  // These two are what they are without ESLint's 200 ms, as long as there is nothing to tell.
  if (name === 'json') return (results) => Promise.resolve(`${JSON.stringify(results)}\n`);
  const load = async () => {
    const instance = await eslint();
    try {
      return { instance, formatter: await instance.loadFormatter(name) };
    } catch (error) {
      const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
      throw new UsageError(
        reason.startsWith('There was a problem loading formatter')
          ? `There is no format '${name}': it is neither one of ESLint's (stylish, json, json-with-metadata, html) nor an installed eslint-formatter-${name}.`
          : reason,
      );
    }
  };
  if (name !== 'stylish') await load();
  return async (results) => {
    if (name === 'stylish' && results.every(({ messages }) => messages.length === 0)) return '';
    const { formatter } = await load();
    // ESLint 10 takes `color`; 9's formatters have a mind of their own, so what they add is taken off.
    const format: Formatter = formatter.format.bind(formatter);
    const text = await format(results, { color });
    return text === '' || text.endsWith('\n') ? plain(text, color) : `${plain(text, color)}\n`;
  };
}

function plain(text: string, color: boolean): string {
  return color ? text : stripVTControlCharacters(text);
}
