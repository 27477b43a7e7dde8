/** `check --format html`: one page that is complete in itself. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { projectFixture } from '../helpers/project-fixture.ts';
import { APP, CALL, cli, NAV } from './cli.ts';

const page = (files: Readonly<Record<string, string>>, ...args: string[]): string =>
  cli(projectFixture(files).root, ['check', '--format', 'html', ...args]).stdout;

describe('the page of check', () => {
  it('has each finding with its place, its rule and the command that fixes it', () => {
    const html = page({ ...APP, 'components/warm.tsx': CALL });
    expect(html).toContain('<h1 class="found">2 problems (2 errors, 0 warnings)</h1>');
    expect(html).toContain('<h2>components/nav.tsx</h2>');
    expect(html).toContain('<dt>3:58</dt>');
    expect(html).toContain('<pre>npx eslint-plugin-authkit codemod no-sign-out-prefetch components/nav.tsx</pre>');
    expect(html).toContain('Needs a manual change: ');
    expect(html).toMatch(/<a href="https:[^"]+no-sign-out-prefetch[^"]*">authkit\/no-sign-out-prefetch<\/a> 2 /u);
  });

  it('says that nothing was found', () => {
    expect(page({ 'a.ts': '' })).toContain('<h1 class="nothing-found">No findings</h1>');
  });

  it('is not red where there are only warnings', () => {
    const html = page(APP, '--rule', 'no-sign-out-prefetch:warn');
    expect(html).toContain('<h1 class="unknown">1 problem (0 errors, 1 warning)</h1>');
    expect(html).toContain('<article class="warning">');
  });

  it('loads nothing, runs nothing, and allows its own style alone', () => {
    const html = page(APP);
    const style = /<style>(?<text>[^<]*)<\/style>/u.exec(html)?.groups?.['text'] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(html).toContain(`content="default-src 'none'; style-src 'sha256-${hash}';`);
    expect(html).not.toMatch(/<script|<link|<img|<iframe|\ssrc=|\sstyle=|\son\w+=|url\(|@import/iu);
  });

  it('escapes names of files and what code says', () => {
    const name = `components/<img src=x onerror='alert(1)'>.tsx`;
    const html = page({
      'app/sign-out/route.ts': APP['app/sign-out/route.ts'],
      [name]: NAV.replace('"/sign-out"', `"/sign-out?x=<b>&quot;</b>"`),
    });
    expect(html).toContain('&lt;img src=x onerror=&#39;alert(1)&#39;&gt;.tsx');
    expect(html).not.toMatch(/<img|<b>/u);
  });
});
