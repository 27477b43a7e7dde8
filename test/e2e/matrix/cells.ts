/** What the rule tables are run with, besides what `npm test` runs them with: the newest ESLint 9 and 10, typescript-eslint and espree. */
export interface Cell {
  readonly eslint: '10.0' | '10' | '9.22' | '9';
  readonly parser: 'babel' | 'espree' | 'ours' | 'typescript';
}

/** Each release and each parser, once; the other pairs differ in nothing that a rule sees. */
export const CELLS: readonly Cell[] = [
  { eslint: '9.22', parser: 'typescript' },
  { eslint: '9', parser: 'babel' },
  { eslint: '10.0', parser: 'ours' },
  { eslint: '10', parser: 'espree' },
];

export const nameOf = ({ eslint, parser }: Cell): string => `ESLint ${eslint}, ${parser}`;

/** The cell of this process. */
export const cellOfProcess = (): Cell => JSON.parse(process.env['AUTHKIT_CELL'] ?? '{}') as Cell;
