/**
 * The layout of edits against prettier's own: one small edit after another in files that prettier has formatted, our own sources and the
 * example's. Where prettier would leave the edited text alone, nothing may be laid out; elsewhere the layout comes close to prettier's.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { applyEdits, type Edit } from '../../../analysis/edits/edits.ts';
import { laidOut } from '../../../analysis/edits/layout/lay-out.ts';
import { type Node, walk } from '../../../analysis/syntax/ast.ts';
import { ROOT } from '../../helpers/commands.ts';
import { parsed } from '../../helpers/parse.ts';
import { formatted, STYLES } from './styles.ts';

/** One place of so many is edited. */
const STRIDE = 61;
const FOLDERS = ['analysis', 'playbook', 'rules', 'examples', 'test/e2e/token-bridge'];

const files = execFileSync('git', ['ls-files', ...FOLDERS], { cwd: ROOT, encoding: 'utf8' })
  .split('\n')
  .filter((name) => /\.tsx?$/u.test(name) && !name.endsWith('.d.ts'));

/** What an edit of ours may be at a node: an attribute or a property more, a longer name, a name less in a pattern. */
function editAt(node: Node): Edit | undefined {
  const { parent, range, type } = node;
  if (type === 'JSXAttribute') return { range: [range[0], range[0]], text: 'prefetch={false} ' };
  if (type === 'Property' && parent.type === 'ObjectExpression')
    return { range: [range[1], range[1]], text: ', anotherProperty: true' };
  if (type === 'Identifier' && parent.type === 'CallExpression')
    return { range: [range[1], range[1]], text: 'AndMore' };
  if (type !== 'Property' || parent.type !== 'ObjectPattern') return undefined;
  const before = parent.properties[parent.properties.indexOf(node) - 1];
  return before && { range: [before.range[1], range[1]], text: '' };
}

function editsIn(text: string, path: string): Edit[] {
  const edits: Edit[] = [];
  walk(parsed(path, text).ast, (node) => {
    const edit = editAt(node);
    if (edit) edits.push(edit);
  });
  return edits.filter((_, index) => index % STRIDE === 0);
}

it.each(Object.entries(STYLES))(
  'leaves what prettier leaves, and comes close to it elsewhere: %s',
  async (_name, style) => {
    const disturbed: string[] = [];
    const figures = { needed: 0, reached: 0 };
    for (const name of files) {
      const text = await formatted(readFileSync(join(ROOT, name), 'utf8'), name, style);
      const file = parsed(join(ROOT, name), text);
      for (const edit of editsIn(text, file.path)) {
        const plain = applyEdits(text, [[edit]]).text;
        const wanted = await formatted(plain, name, style);
        const { text: got } = applyEdits(text, [
          laidOut([edit], file, 'printWidth' in style ? { printWidth: style.printWidth } : {}),
        ]);
        if (plain === wanted) {
          if (got !== wanted) disturbed.push(`${name} ${String(edit.range[0])} ${edit.text}`);
        } else {
          figures.needed += 1;
          if (got === wanted) figures.reached += 1;
        }
      }
    }
    expect(disturbed).toEqual([]);
    expect(figures.needed).toBeGreaterThan(100);
    expect(figures.reached / figures.needed).toBeGreaterThan(0.4);
  },
  300_000,
);
