import * as prettier from 'prettier';
import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../analysis/edits/edits.ts';
import { laidOutJson } from '../../project/json-layout.ts';

const LONG = 'https://${buildEnv.VERCEL_BRANCH_URL}/callback';

/** The text after an edit that writes a longer URL in place of `"x"`. */
function edited(text: string, formatting: Parameters<typeof laidOutJson>[3] = {}): string {
  const start = text.indexOf('"x"');
  const edits = [{ range: [start, start + 3] as const, text: `"${LONG}"` }];
  return applyEdits(text, [laidOutJson(edits, '/app/convex.json', text, formatting)]).text;
}

describe('an edit of a formatted JSON file', () => {
  it.each([
    ['on one line', '{ "authKit": { "preview": { "configure": { "redirectUris": ["x"], "n": [1, 2] } } } }'],
    [
      'in an object that is broken',
      '{\n"authKit": { "preview": { "redirectUris": ["x", "https://acme.com/callback"] } } }',
    ],
    ['next to empty ones', '{ "node": {}, "list": [], "authKit": { "preview": { "appHomepageUrl": "x" } } }'],
    ['in a list of objects', '{ "a": [{ "b": 1, "c": "x" }, { "b": 2, "c": "y" }] }'],
    ['behind a blank line', '{\n"a": 1,\n\n"authKit": { "preview": { "configure": { "redirectUris": ["x"] } } } }'],
  ])('is laid out as prettier does %s', async (_where, draft) => {
    const text = await prettier.format(draft, { parser: 'json' });
    expect(edited(text)).toBe(await prettier.format(text.replace('"x"', `"${LONG}"`), { parser: 'json' }));
  });

  it('keeps to the width that is set', async () => {
    const text = '{ "authKit": { "preview": { "configure": { "redirectUris": ["x"] } } } }\n';
    const printed = await prettier.format(text.replace('"x"', `"${LONG}"`), { parser: 'json', printWidth: 40 });
    expect(edited(text, { printWidth: 200 })).toBe(text.replace('"x"', `"${LONG}"`));
    const narrow = await prettier.format(text, { parser: 'json', printWidth: 40 });
    expect(edited(narrow, { printWidth: 40 })).toBe(printed);
  });

  it('keeps the ends of lines', async () => {
    const text = await prettier.format('{ "a": { "b": { "preview": { "redirectUris": ["x"] } } } }', {
      parser: 'json',
      endOfLine: 'crlf',
    });
    expect(edited(text)).toBe(
      await prettier.format(text.replace('"x"', `"${LONG}"`), { parser: 'json', endOfLine: 'crlf' }),
    );
  });
});

describe('an edit of any other JSON file', () => {
  it.each([
    ['is not formatted', '{"authKit":{"preview":{"configure":{"redirectUris":["x"],"corsOrigins":[]}}}}\n'],
    ['has comments', '{\n  // Previews\n  "authKit": { "preview": { "configure": { "redirectUris": ["x"] } } }\n}\n'],
    ['is broken', '{ "authKit": { "preview": { "configure": { "redirectUris": ["x"] }\n'],
  ])('is made to the character where it %s', (_how, text) => {
    expect(edited(text)).toBe(text.replace('"x"', `"${LONG}"`));
  });
});
