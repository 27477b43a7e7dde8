/** How files are formatted. A file that prettier has formatted in one of these ways is so formatted after the codemods. */
import { check, format, type Options } from 'prettier';

export const STYLES = {
  "prettier's defaults": {},
  'single quotes, 100 columns': { singleQuote: true, printWidth: 100 },
  'single quotes, 120 columns': { singleQuote: true, printWidth: 120 },
  'no semicolons, tabs, no trailing commas': {
    semi: false,
    useTabs: true,
    trailingComma: 'none',
    arrowParens: 'avoid',
    singleQuote: true,
    jsxSingleQuote: true,
  },
} as const satisfies Record<string, Options>;

export const formatted = async (text: string, path: string, style: Options): Promise<string> =>
  await format(text, { ...style, filepath: path });

export const isFormatted = async (text: string, path: string, style: Options): Promise<boolean> =>
  await check(text, { ...style, filepath: path });
