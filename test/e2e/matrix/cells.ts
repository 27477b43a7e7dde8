/** What the rule tables are run with, other than what `npm test` runs them with: the newest ESLint 9 and 10, typescript-eslint and espree. */
import cells from './cells.json' with { type: 'json' };

export interface Cell {
  readonly eslint: '10.0' | '10' | '9.22' | '9';
  readonly parser: 'babel' | 'espree' | 'ours' | 'typescript';
}

/** Each release and each parser, once; the other pairs differ in nothing that a rule sees. `docs/verified.md` lists them. */
export const CELLS = cells as readonly Cell[];

export const nameOf = ({ eslint, parser }: Cell): string => `ESLint ${eslint}, ${parser}`;

/** The cell of this process. */
export const cellOfProcess = (): Cell => JSON.parse(process.env['AUTHKIT_CELL'] ?? '{}') as Cell;
