/** `codemod --list`: which codemods there are, which edits they make, and which `all` leaves out. */
import { codemods } from '../../../codemods/index.ts';
import { rules } from '../../../rules/index.ts';
import type { Terminal } from '../../output/terminal.ts';
import { fitted, tableRow } from '../../output/wrap.ts';

interface Row {
  readonly name: string;
  readonly description: string;
  /** `safe` edits are those that `eslint --fix` makes. */
  readonly safety: readonly ('review' | 'safe')[];
  /** Whether `all` runs it. */
  readonly inAll: boolean;
  readonly docsUrl: string | undefined;
}

const rows = (): Row[] =>
  codemods.map(({ description, isOnDemand, isStrict, name }) => {
    const { docs, fixable, hasSuggestions } = rules[name]?.meta ?? {};
    return {
      name,
      description,
      safety: [
        ...(fixable ? (['safe'] as const) : []),
        // What no single file shows in an editor is for review too.
        ...(hasSuggestions === true || fixable === undefined ? (['review'] as const) : []),
      ],
      inAll: isStrict !== true && isOnDemand !== true,
      docsUrl: docs?.url,
    };
  });

export function listOf(isJson: boolean, { colors, columns }: Terminal): string {
  const all = rows();
  if (isJson) return `${JSON.stringify(all, undefined, 2)}\n`;
  const width = Math.max(...all.map(({ name }) => name.length));
  const lines = all.map(({ description, inAll, name, safety }) => {
    const marks = safety.join(', ').padEnd('safe, review'.length);
    return tableRow(
      `  ${name.padEnd(width)}  ${marks}  `,
      `${description}${inAll ? '' : ' (not in all: name it)'}`,
      columns,
    );
  });
  const legend =
    'safe: edits that eslint --fix makes as well, and codemod --safe alone; review: edits that change behavior, look at the diff.';
  return `${lines.join('\n')}\n\n${colors.out.dim(fitted(legend, columns))}\n`;
}
