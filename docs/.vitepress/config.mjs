/** The site of this folder: every page here is one of it, and a link that leads nowhere fails the build. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitepress';

const DOCS = join(import.meta.dirname, '..');

/** The pages of a folder, by the heading that each begins with. */
function pagesIn(folder) {
  return readdirSync(join(DOCS, folder))
    .filter((name) => name.endsWith('.md') && name !== 'README.md')
    .map((name) => {
      const [, title = name] = /^# (.+)$/mu.exec(readFileSync(join(DOCS, folder, name), 'utf8')) ?? [];
      return {
        text: title.replace(/^authkit\//u, '').replaceAll('`', ''),
        link: `/${folder}/${name.slice(0, -'.md'.length)}`,
      };
    });
}

export default defineConfig({
  title: 'eslint-plugin-authkit',
  description: 'From the symptom to the line: sign-in with WorkOS AuthKit and Convex in Next.js apps',
  /** The path that the site is served under: `DOCS_BASE=/eslint-plugin-authkit/ npm run build`. */
  base: process.env.DOCS_BASE ?? '/',
  cleanUrls: true,
  rewrites: { 'README.md': 'index.md', 'rules/README.md': 'rules/index.md' },
  markdown: {
    config(md) {
      // Files of the repository that are no pages are named, not linked.
      md.core.ruler.push('outside-links', ({ env, tokens }) => {
        const depth = env.relativePath.split('/').length - 1;
        for (const { children } of tokens) {
          let isOutside = false;
          for (const token of children ?? []) {
            const target = token.type === 'link_open' ? String(token.attrGet('href')) : '';
            if (target.startsWith('../'.repeat(depth + 1))) {
              isOutside = true;
              Object.assign(token, { type: 'em_open', tag: 'span', attrs: null });
            } else if (token.type === 'link_close' && isOutside) {
              isOutside = false;
              Object.assign(token, { type: 'em_close', tag: 'span' });
            }
          }
        }
      });
    },
  },
  themeConfig: {
    search: { provider: 'local' },
    nav: [
      { text: 'Playbook', link: '/playbook' },
      { text: 'Triage', link: '/guides/triage' },
      { text: 'Rules', link: '/rules/' },
    ],
    sidebar: [
      { text: 'Start', link: '/' },
      { text: 'The playbook', link: '/playbook' },
      { text: 'Questions', link: '/faq' },
      { text: 'Guides', items: pagesIn('guides') },
      { text: 'Rules', link: '/rules/', items: pagesIn('rules') },
      { text: 'Codemods', link: '/codemods', items: pagesIn('codemods') },
      {
        text: 'Reference',
        items: [
          { text: 'Configuration', link: '/configuration' },
          { text: 'API', link: '/api' },
          { text: 'What the rules know of packages', link: '/packages' },
          { text: 'Verified in a browser', link: '/verified' },
          { text: 'How it compares', link: '/comparison' },
          { text: 'Versions', link: '/versioning' },
        ],
      },
    ],
    outline: [2, 3],
  },
});
