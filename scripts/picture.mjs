/** Draws what commands print in a terminal as an SVG: text that scales, can be selected, and follows the light or dark scheme of its reader. */

const FONT_SIZE = 13;
const LINE = 19;
/** Of a character: monospaced fonts are 0.55 to 0.602 em wide. */
const COLUMN = FONT_SIZE * 0.602;
const PADDING = 20;

const ESCAPE = '\u001B';
const CODE = new RegExp(String.raw`(${ESCAPE}\[[\d;]*m)`, 'u');

/** What the codes that picocolors writes turn on; `close` turns off what it names. */
const STYLES = new Map([
  ['1', { add: 'bold' }],
  ['2', { add: 'dim' }],
  ['4', { add: 'underline' }],
  ['31', { add: 'red' }],
  ['32', { add: 'green' }],
  ['33', { add: 'yellow' }],
  ['36', { add: 'cyan' }],
  ['22', { close: ['bold', 'dim'] }],
  ['24', { close: ['underline'] }],
  ['39', { close: ['red', 'green', 'yellow', 'cyan'] }],
  ['0', { close: ['bold', 'dim', 'underline', 'red', 'green', 'yellow', 'cyan'] }],
]);

const CSS = `
text { fill: #1f2328; font: ${FONT_SIZE}px ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace; white-space: pre }
.page { fill: #f6f8fa; stroke: #d1d9e0 }
.bold { font-weight: 600 }
.underline { text-decoration: underline }
.dim { fill: #59636e }
.red { fill: #b3232c }
.green { fill: #116329 }
.yellow { fill: #7d4e00 }
.cyan { fill: #1b5f86 }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 }
  .page { fill: #0d1117; stroke: #3d444d }
  .dim { fill: #9198a1 }
  .red { fill: #ff7b72 }
  .green { fill: #7ee787 }
  .yellow { fill: #e3b341 }
  .cyan { fill: #79c0ff }
}`;

/**
 * @param {{ title: string, description: string, columns: number, sessions: readonly { command: string, output: string }[] }} picture
 * `output` holds the codes of a terminal; a code that no style is known for throws.
 */
export function pictureOf({ columns, description, sessions, title }) {
  const lines = sessions.flatMap(({ command, output }, index) => [
    ...(index === 0 ? [] : ['']),
    `\u001B[2m$\u001B[22m \u001B[1m${command}\u001B[22m`,
    ...output.trimEnd().split('\n'),
  ]);
  const width = Math.ceil(columns * COLUMN + 2 * PADDING);
  const height = lines.length * LINE + 2 * PADDING;
  const active = new Set();
  const texts = lines.map((line, index) => {
    const y = PADDING + index * LINE + FONT_SIZE;
    const spans = spansOf(line, active);
    return spans === '' ? '' : `<text x="${PADDING}" y="${y}" xml:space="preserve">${spans}</text>\n`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title description">
<title id="title">${escaped(title)}</title>
<desc id="description">${escaped(description)}</desc>
<style>${CSS}
</style>
<rect class="page" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8"/>
${texts.join('')}</svg>
`;
}

/** A line as tspans. `active` holds the styles that are on, from line to line. */
function spansOf(line, active) {
  return line
    .split(CODE)
    .map((part) => {
      if (part.startsWith(ESCAPE)) {
        for (const code of part.slice(2, -1).split(';')) switchStyle(code, active);
        return '';
      }
      if (part === '') return '';
      return active.size === 0 ? escaped(part) : `<tspan class="${[...active].join(' ')}">${escaped(part)}</tspan>`;
    })
    .join('');
}

function switchStyle(code, active) {
  const style = STYLES.get(code === '' ? '0' : code);
  if (style === undefined) throw new Error(`No style is known for the code ${code} of a terminal.`);
  if (style.add !== undefined) active.add(style.add);
  for (const name of style.close ?? []) active.delete(name);
}

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
