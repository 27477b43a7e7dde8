/** Where files that are no scripts name the route: documents, mail templates, configurations, code in other languages. */
import { extname } from 'node:path';
import type { Facts } from '../../../project/memos/stamps.ts';

/** In documents a path is named in passing; only what is a link there leads somewhere. Of Markdown alone people write about their code. */
const DOCUMENTS = new Set(['.htm', '.html', '.mdx']);
const DATA = new Set([
  '.astro',
  '.dart',
  '.java',
  '.json',
  '.json5',
  '.jsonc',
  '.kt',
  '.mjml',
  '.njk',
  '.hbs',
  '.ejs',
  '.py',
  '.rb',
  '.svelte',
  '.swift',
  '.toml',
  '.vue',
  '.yaml',
  '.yml',
]);
const SKIPPED = /^(?:\.(?!github$|vscode$).*|node_modules|dist|build|out|coverage|_generated|vendor)$/u;
const LOCKFILE = /(?:^|[-.])lock(?:file)?\b|^pnpm-lock/u;
const MAX_ENTRIES = 50_000;
const MAX_TEXT = 300_000;

export interface OtherMention {
  readonly path: string;
  readonly offset: number;
  readonly text: string;
}

/** The first mention of each file below a folder. */
export function otherMentions(root: string, path: string, facts: Facts): OtherMention[] {
  const found: OtherMention[] = [];
  const escaped = path.replace(/[$()*+./?[\\\]^{|}]/gu, String.raw`\$&`);
  const linked = new RegExp(String.raw`(?:\]\(|href=["'])(?:https?://[^/\s)"']*)?${escaped}(?=[?#)"'\s])`, 'u');
  const quoted = new RegExp(String.raw`["'\x60=\s](?:https?://[^/\s"']*)?${escaped}(?=["'\x60?#\s]|$)`, 'mu');
  const folders = [root];
  let count = 0;
  for (const folder of folders) {
    for (const entry of facts.entries(folder) ?? []) {
      if ((count += 1) > MAX_ENTRIES) return found;
      if (entry.kind === 'directory') {
        if (!SKIPPED.test(entry.name)) folders.push(entry.path);
        continue;
      }
      const pattern = patternFor(entry.name, linked, quoted);
      const text = pattern && facts.text(entry.path);
      if (!pattern || text === undefined || text.length > MAX_TEXT || !text.includes(path)) continue;
      const offset = text.search(pattern);
      if (offset !== -1) found.push({ path: entry.path, offset: text.indexOf(path, offset), text });
    }
  }
  return found;
}

function patternFor(name: string, linked: RegExp, quoted: RegExp): RegExp | undefined {
  if (LOCKFILE.test(name)) return undefined;
  const extension = extname(name).toLowerCase();
  if (DOCUMENTS.has(extension)) return linked;
  return DATA.has(extension) || name.startsWith('.env') ? quoted : undefined;
}
