/**
 * A page that is complete in itself: nothing is loaded, no script runs, and no attribute has a style, so that its own policy (and that of most hosts
 * of tickets and artifacts) lets it through.
 */
import { createHash } from 'node:crypto';
import { redact } from '../../analysis/texts/redact.ts';
import pkg from '../../package.json' with { type: 'json' };
import { STYLE } from './html-style.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A text as the page may hold it: without secrets, and as a text alone. */
export const escaped = (text: string): string =>
  redact(text).replaceAll(/[&<>"']/gu, (character) => ENTITIES[character] ?? '');

/** Items that are HTML already. */
export const list = (items: readonly string[]): string =>
  `<ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>`;

export interface Page {
  /** The command that writes it. */
  readonly command: 'check' | 'triage';
  readonly product: string;
  readonly title: string;
  /** What the title is shown as: the classes of `h1` in the style. */
  readonly verdict: 'found' | 'nothing-found' | 'unknown';
  /** HTML below the title, in the header. */
  readonly summary: string;
  /** HTML. */
  readonly body: string;
  /** What is left out of it. */
  readonly note: string;
}

/** By this a page of ours is known, which may be written over. */
export const generatorOf = (command: Page['command']): string =>
  `<meta name="generator" content="eslint-plugin-authkit ${command}">`;

export function pageOf({ body, command, note, product, summary, title, verdict }: Page): string {
  const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'`;
  const subject = command === 'triage' ? 'Sign-in triage' : 'Sign-in check';
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
${generatorOf(command)}
<title>${subject}: ${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<header>
<p class="product">${escaped(product)}</p>
<h1 class="${verdict}">${escaped(title)}</h1>
${summary}</header>
${body}<footer><p>Written by eslint-plugin-authkit ${escaped(pkg.version)}. ${escaped(note)}</p></footer>
</main>
</body>
</html>
`;
}
