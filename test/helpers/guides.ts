/** Recipes of the guides, as readers copy them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './commands.ts';

const textOf = (guide: string): string => readFileSync(join(ROOT, 'docs/guides', `${guide}.md`), 'utf8');

/** The first code block below a heading. Throws where there is none. */
export function recipe(guide: string, heading: string): string {
  const [, section = ''] = textOf(guide).split(new RegExp(`\n###? ${heading}\n`, 'u'));
  const block = /^```\w+\n(?<block>[^]*?)^```$/mu.exec(section)?.groups?.['block'];
  if (block === undefined) throw new Error(`${guide}.md has no recipe for ${heading}`);
  return block;
}

/** Every command line of ours in the code blocks of a guide, without comments. */
export function commandsIn(guide: string): string[] {
  const blocks = [...textOf(guide).matchAll(/^```\w+\n(?<block>[^]*?)^```$/gmu)].map(
    ({ groups }) => groups?.['block'] ?? '',
  );
  return blocks
    .flatMap((block) => block.split('\n'))
    .map((line) => line.replace(/^[\s-]*(?:run: )?/u, '').replace(/ +#.*$/u, ''))
    .filter((line) => line.includes('npx eslint-plugin-authkit'));
}
