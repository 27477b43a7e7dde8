import { describe, expect, it } from 'vitest';
import { type CheckoutResult, type EcosystemFinding, reportOf } from '../e2e/ecosystem/report.mjs';

const finding = (line: number, message = 'This link prefetches `/sign-out`.'): EcosystemFinding => ({
  path: 'app/[lang]/nav.tsx',
  line,
  ruleId: 'authkit/no-sign-out-prefetch',
  message,
});
const result = (rest: Partial<CheckoutResult>): CheckoutResult => ({
  name: 'acme+shop',
  files: 1,
  ms: 1,
  findings: [],
  changed: [],
  failures: [],
  ...rest,
});

describe('the report of the ecosystem run', () => {
  it('says that nothing differs where findings have only moved', () => {
    const report = reportOf([result({ findings: [finding(7)], others: [finding(3)], edits: {}, otherEdits: {} })]);
    expect(report).toContain('No finding and no edit differs.');
    expect(report).toContain('**1 findings in 1 of 1 checkouts**');
  });

  it('lists what one build alone reports, with links to the commit', () => {
    const report = reportOf(
      [result({ findings: [finding(3), finding(9)], others: [finding(3), finding(5, 'Old words.')] })],
      new Map([['acme+shop', { repository: 'acme/shop', commit: 'abc' }]]),
    );
    expect(report).toContain('| no-sign-out-prefetch | +1 | −1 |');
    expect(report).toContain(
      '- `+` [app/[lang]/nav.tsx:9](https://github.com/acme/shop/blob/abc/app/%5Blang%5D/nav.tsx#L9)',
    );
    expect(report).toContain('**no-sign-out-prefetch** Old words.');
    expect(report).toContain('&#96;/sign-out&#96;');
  });

  it('shows edits that differ though no finding does', () => {
    const both = { findings: [finding(3)], others: [finding(3)] };
    const report = reportOf([
      result({ ...both, edits: { 'a.ts': '+new' }, otherEdits: { 'a.ts': '+old', 'b.ts': '+gone' } }),
    ]);
    expect(report).toContain('+0 −0, 2 files with other edits');
    expect(report).toContain('````diff\n+new\n````');
    expect(report).toContain('No edit of b.ts any more.');
  });

  it('begins with failures, and compares nothing without another build', () => {
    const report = reportOf([result({ failures: ['a.ts does not parse any more: …'] })]);
    expect(report).toContain('**1 failure**\n\n- acme+shop: a.ts does not parse any more');
    expect(report).not.toContain('differs');
  });

  it('is no longer than a comment may be', () => {
    const findings = Array.from({ length: 2_000 }, (_, line) => finding(line, `Message ${String(line)}.`));
    const report = reportOf([result({ findings, others: [] })]);
    expect(report.length).toBeLessThan(65_536);
    expect(report).toMatch(/… and more$/u);
  });
});
