import { describe, expect, it } from 'vitest';
import { isClientText } from '../../../analysis/syntax/directives.ts';

describe('the text of a client component', () => {
  it.each([
    [`'use client';`, true],
    [`\uFEFF// first\n/* second */ "use client"\n`, true],
    [`import 'x';\n'use client';`, false],
    [`const how = 'use client';`, false],
  ])('%j: %s', (text, expected) => {
    expect(isClientText(text)).toBe(expected);
  });

  it('is told behind any number of comments', () => {
    expect(isClientText(`${'/* a comment */ '.repeat(2000)}import 'use client';`)).toBe(false);
  });
});
