import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { failedRefresh, har, PREFETCH, triage } from './triage.ts';

const STORM = [0, 400, 800, 1200, 1600, 2000].map(failedRefresh);
const page = (entries: readonly object[], name = 'net.har'): string =>
  triage([name, '--html', 'page.html'], { [name]: har(entries) }).read('page.html');

describe('the page of triage --html', () => {
  it('has the answers with their lines, the timeline and the requests', () => {
    const html = page([PREFETCH, ...STORM]);
    expect(html).toContain('<h1 class="found">2 problems found</h1>');
    expect(html).toContain('<code>components/nav.tsx:3:58</code>');
    expect(html).toContain('<pre>npx eslint-plugin-authkit codemod no-sign-out-prefetch</pre>');
    expect(html.match(/<svg class="problem"/gu)).toHaveLength(2);
    expect(html.match(/<tr/gu)).toHaveLength(8);
    expect(html).toContain('<td>a.example/sign-out</td><td>307</td><td>ended the session</td>');
  });

  it('loads nothing, runs nothing, and allows its own style alone', () => {
    const html = page([PREFETCH]);
    const style = /<style>(?<text>[^<]*)<\/style>/u.exec(html)?.groups?.['text'] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(html).toContain(
      `content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'"`,
    );
    expect(html).not.toMatch(/<script|<link|<img|<iframe|\ssrc=|\sstyle=|\son\w+=|url\(|@import/iu);
  });

  it('escapes whatever a name in the evidence or in the project is', () => {
    const name = "<img src=x onerror='alert(1)'>&.har";
    const html = page(
      [{ ...PREFETCH, request: { ...PREFETCH.request, url: 'https://a.example/sign-out"><b>?_rsc=x' } }],
      name,
    );
    expect(html).toContain('&lt;img src=x onerror=&#39;alert(1)&#39;&gt;&amp;.har');
    expect(html).toContain('a.example/sign-out&quot;&gt;&lt;b&gt;');
    expect(html).not.toMatch(/<img|<b>/u);
  });

  it('has no timeline where the evidence has no times', () => {
    const { read } = triage(['-', '--html', 'page.html'], {}, 'Error: Empty password\n');
    expect(read('page.html')).not.toContain('Timeline');
    expect(read('page.html')).toContain('WORKOS_COOKIE_PASSWORD is missing.');
  });

  it('says what is right, without evidence', () => {
    expect(triage(['--html', 'page.html']).read('page.html')).toContain('<h2>Checked in the code</h2>');
  });

  it('is written again over a page of its own, and over nothing else', () => {
    const evidence = { 'net.har': har([PREFETCH]) };
    const older = page([PREFETCH]);
    expect(triage(['net.har', '--html', 'old.html'], { ...evidence, 'old.html': older }).status).toBe(1);
    const { read, status, stderr } = triage(['net.har', '--html', 'net.har'], evidence);
    expect([status, read('net.har')]).toEqual([2, evidence['net.har']]);
    expect(stderr).toContain("--html 'net.har' exists, and is not a page that triage has written. Name another file.");
  });

  it('is refused with a sentence where it can not be written', () => {
    const { status, stderr } = triage(['net.har', '--html', 'none/page.html'], { 'net.har': har([PREFETCH]) });
    expect([status, stderr]).toEqual([2, expect.stringContaining("--html 'none/page.html' can't be written")]);
  });
});
