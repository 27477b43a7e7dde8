/** The pages of this package on a terminal: as much of Markdown as they use. */
import type { Terminal } from '../output/terminal.ts';
import { layoutWidth, widthOf, wrap } from '../output/wrap.ts';

type Colors = Terminal['colors']['out'];

interface Style {
  readonly colors: Colors;
  /** Undefined: paragraphs stay one line. */
  readonly width: number | undefined;
}

/** A page, with headings, lists and tables laid out for the terminal. */
export function rendered(markdown: string, { colors, columns }: Pick<Terminal, 'colors' | 'columns'>): string {
  const style = { colors: colors.out, width: layoutWidth(columns) };
  const text = markdown.replaceAll(/<!--[\s\S]*?-->\n?/gu, '');
  return `${blocksOf(text)
    .map((block) => printed(block, style))
    .join('\n\n')}\n`;
}

type Kind = 'code' | 'heading' | 'list' | 'table' | 'text';

interface Block {
  readonly kind: Kind;
  readonly lines: readonly string[];
  /** The file that an example is: what decides is often its place. */
  readonly filename?: string | undefined;
}

function blocksOf(text: string): Block[] {
  const blocks: (Block & { lines: string[] })[] = [];
  let kind: Kind | undefined;
  for (const line of text.split('\n')) {
    const isFence = line.startsWith('```');
    if (kind === 'code') {
      if (isFence) kind = undefined;
      else blocks.at(-1)?.lines.push(line);
      continue;
    }
    const next = isFence ? 'code' : kindOf(line);
    if (next === undefined) kind = undefined;
    else if (next === kind && next !== 'heading') blocks.at(-1)?.lines.push(line);
    // A line below an item belongs to it.
    else if (kind === 'list' && next === 'text') blocks.at(-1)?.lines.push(line);
    else if (isFence)
      blocks.push({
        kind: (kind = next),
        lines: [],
        filename: /\sfilename=(?<name>\S+)/u.exec(line)?.groups?.['name'],
      });
    else blocks.push({ kind: (kind = next), lines: [line] });
  }
  return blocks;
}

function kindOf(line: string): Kind | undefined {
  if (line.trim() === '') return undefined;
  if (/^#+ /u.test(line)) return 'heading';
  if (line.startsWith('|')) return 'table';
  return /^\s*(?:[-*]|\d+\.) /u.test(line) ? 'list' : 'text';
}

function printed({ filename, kind, lines }: Block, style: Style): string {
  const { colors, width } = style;
  if (kind === 'code') {
    const code = lines.map((line) => (line === '' ? '' : `    ${colors.cyan(line)}`));
    return [...(filename === undefined ? [] : [`  ${colors.dim(`${filename}:`)}`]), ...code].join('\n');
  }
  if (kind === 'heading') return colors.bold(inline(lines.join(' ').replace(/^#+ /u, ''), style));
  if (kind === 'table') return tableOf(lines, style);
  if (kind === 'list') return listOf(lines, style);
  return filled(inline(lines.join(' '), style), width, '', '');
}

function listOf(lines: readonly string[], style: Style): string {
  const items: string[] = [];
  for (const line of lines) {
    if (kindOf(line) === 'list') items.push(line);
    else items.push(`${items.pop() ?? ''} ${line.trim()}`);
  }
  return items
    .map((item) => {
      const { mark = '', text = '' } = /^(?<mark>\s*(?:[-*]|\d+\.) )(?<text>.*)$/u.exec(item)?.groups ?? {};
      return filled(inline(text, style), style.width, mark, ' '.repeat(mark.length));
    })
    .join('\n');
}

/** A row of more cells is not read as a list. */
const MAX_CELLS = 4;

/** As a table where the terminal is wide enough for it; otherwise each row for itself, with the name of each column, or of many columns the last one, which sums up. */
function tableOf(lines: readonly string[], style: Style): string {
  const rows = lines.map((line) =>
    line
      .replaceAll('\\|', '\u0000')
      .split('|')
      .slice(1, -1)
      .map((cell) => inline(cell.trim().replaceAll('\u0000', '|'), style)),
  );
  const [head = [], , ...body] = rows;
  const widths = head.map((_, index) => Math.max(...[head, ...body].map((row) => widthOf(row[index] ?? ''))));
  const total = widths.reduce((sum, each) => sum + each + 2, 0);
  if (style.width === undefined || total <= style.width) {
    const padded = (row: readonly string[]) =>
      row
        .map((cell, index) => cell + ' '.repeat((widths[index] ?? 0) - widthOf(cell)))
        .join('  ')
        .trimEnd();
    return [style.colors.bold(padded(head)), ...body.map(padded)].join('\n');
  }
  if (head.length > MAX_CELLS) {
    const last = head.at(-1) ?? '';
    const short = body.map((row) => filled(`${row[0] ?? ''}: ${last} ${row.at(-1) ?? ''}`, style.width, '  ', '    '));
    return [...short, style.colors.dim(`  (${String(head.length - 2)} more columns are on the page)`)].join('\n');
  }
  return body
    .map(([first = '', ...rest]) =>
      [
        filled(style.colors.bold(first), style.width, '', '  '),
        ...rest.flatMap((cell, index) =>
          cell === '' ? [] : [filled(`${head[index + 1] ?? ''}: ${cell}`, style.width, '  ', '    ')],
        ),
      ].join('\n'),
    )
    .join('\n');
}

function filled(text: string, width: number | undefined, first: string, rest: string): string {
  if (width === undefined) return first + text;
  return first + wrap(text, width - first.length).join(`\n${rest}`);
}

/** Emphasis by color, links as their text and a place that can be opened from here. */
function inline(text: string, { colors }: Style): string {
  return text
    .replaceAll(/!?\[(?<label>[^\]]*)\]\((?<target>[^)\s]+)\)/gu, (_, label: string, target: string) =>
      /^https?:/u.test(target) && target !== label ? `${label} (${target})` : label,
    )
    .replaceAll(/\*\*(?<bold>[^*]+)\*\*/gu, (_, bold: string) => colors.bold(bold))
    .replaceAll(/`(?<code>[^`]+)`/gu, (whole, code: string) => (colors.isColorSupported ? colors.cyan(code) : whole));
}
