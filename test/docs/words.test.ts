/**
 * Plain words: a hurried reader with another first language has to understand a message or a page at the first reading. Code is left out, in fences and between backticks,
 * and so are the placeholders of messages.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { ROOT } from '../helpers/commands.ts';

/** Words that are old, or that mean something else to most readers, each with a better one. */
const BETTER: Readonly<Record<string, RegExp>> = {
  again: /\banew\b/u,
  also: /\bbesides\b/u,
  'depends on': /\b(?:hangs|hinges) on\b/u,
  'does not follow': /\bdeparts? from\b/u,
  everyone: /\beverybody\b/u,
  expensive: /\bdear(?:er|est|ly)?\b/u,
  fix: /\b(?:mend(?:s|ed|ing)?|cures?|cured)\b/u,
  forever: /\bfor ever\b/u,
  'is in': /\bstands? in\b/u,
  'next to': /\bbeside\b/u,
  'no one': /\bnobody\b/u,
  remove: /\btak(?:e|es|en|ing) (?:it |this |them )?out\b/u,
  respect: /\bheed(?:s|ed)?\b/u,
  'return, reports': /\banswers? (?:with|null|a token)\b/u,
  someone: /\bsomebody\b/u,
  will: /\bshall\b/u,
};

const oldWordsIn = (text: string): string[] =>
  Object.entries(BETTER).flatMap(([better, pattern]) => {
    const found = pattern.exec(text)?.[0];
    return found === undefined ? [] : [`${found}: ${better}`];
  });

const prose = (markdown: string): string => markdown.replaceAll(/^```[^]*?^```$|\{\{\w+\}\}|`[^`\n]*`/gmu, '');

const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'examples/README.md',
  'action.yml',
  'authkit.schema.json',
];
for (const folder of ['docs', 'docs/codemods', 'docs/guides', 'docs/rules', 'schemas']) {
  const names = readdirSync(join(ROOT, folder)).filter((name) => /\.(?:md|schema\.json)$/u.test(name));
  pages.push(...names.map((name) => `${folder}/${name}`));
}

it.each(pages)('%s has plain words', (page) => {
  expect(oldWordsIn(prose(readFileSync(join(ROOT, page), 'utf8')))).toEqual([]);
});

it('finds an old word in prose, and none in code', () => {
  expect(oldWordsIn(prose('Nothing mends this.\n\n```ts\nmended();\n```\n\nAsk `nobody`.'))).toEqual(['mends: fix']);
});

describe('messages', () => {
  const messages = Object.entries(rules).flatMap(([rule, { meta }]) =>
    Object.entries(meta?.messages ?? {}).map(([id, text]) => ({ name: `${rule}: ${id}`, text })),
  );

  it.each(messages)('$name has plain words', ({ text }) => {
    expect(oldWordsIn(prose(text))).toEqual([]);
  });

  it('are short: what is wrong, what happens, and the fix, in one or two sentences', () => {
    const lengths = messages.map(({ text }) => text.length).sort((a, b) => a - b);
    expect(lengths.at(-1)).toBeLessThanOrEqual(180);
    expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThanOrEqual(120);
  });
});

describe('tables', () => {
  it.each(pages.filter((page) => page.endsWith('.md')))('%s has no two columns of one name', (page) => {
    const heads = [...readFileSync(join(ROOT, page), 'utf8').matchAll(/^(?<head>\|.*\|)\n\|[-:| ]+\|$/gmu)].map(
      ({ groups }) =>
        (groups?.['head'] ?? '')
          .split('|')
          .map((cell) => cell.trim())
          .filter(Boolean),
    );
    for (const head of heads) expect(new Set(head).size, head.join(' | ')).toBe(head.length);
  });
});
