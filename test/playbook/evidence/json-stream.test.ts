import { describe, expect, it } from 'vitest';
import { createJsonStream, type Shape } from '../../../playbook/evidence/har/json-stream.ts';

const TEXT = { bytes: 100 };
const SHAPE: Shape = {
  keys: { a: TEXT, n: TEXT, o: { keys: { b: TEXT } }, l: { items: { keys: { c: TEXT } }, most: 3 } },
};

function read(text: string, shape: Shape = SHAPE, size = Infinity) {
  const seen: unknown[] = [];
  const stream = createJsonStream({ items: shape, most: 0, each: (item) => seen.push(item) });
  const bytes = Buffer.from(`[${text}]`);
  for (let at = 0; at < bytes.length; at += Math.min(size, bytes.length))
    stream.write(bytes.subarray(at, at + Math.min(size, bytes.length)));
  return { seen, state: stream.state() };
}

describe('a stream of JSON', () => {
  it.each([
    ['{"a":"x","n":-1.5e2,"o":{"b":"y"},"l":[{"c":"1"},{"c":"2"}]}'],
    ['{ "x" : [ { "a" : "no" } , [ ] , "s" , null ] , "a" : "yes" , "n" : true }'],
    [String.raw`{"x":"\"}],{\\","a":"q\"\\\u00e9\n","n":0}`],
    ['{"a":"é€😀","o":{"z":{"b":"deeper"},"b":"here"}}'],
    ['{}'],
    ['{"n":null,"a":null}'],
  ])('keeps of %s what the shape asks for, wherever the chunks end', (text) => {
    const whole = JSON.parse(text) as Record<string, unknown>;
    const expected: Record<string, unknown> = {};
    for (const key of ['a', 'n', 'l']) if (key in whole) expected[key] = whole[key] ?? undefined;
    if ('o' in whole) expected['o'] = { b: (whole['o'] as Record<string, unknown>)['b'] };
    for (const size of [1, 2, 3, 7, Infinity])
      expect(read(text, SHAPE, size)).toEqual({ seen: [expected], state: 'whole' });
  });

  it('leaves out a value that is of another kind than the shape says', () => {
    expect(read('{"a":["x"],"o":"text","l":{"c":1},"n":"1"}').seen).toEqual([{ n: '1' }]);
  });

  it('cuts long texts, and leaves no half of an escape or of a character', () => {
    const cut = (text: string, bytes: number) => read(`{"a":"${text}"}`, { keys: { a: { bytes } } }).seen;
    expect(cut('abcdef', 4)).toEqual([{ a: 'abcd' }]);
    expect(cut(String.raw`abc\u00e9f`, 6)).toEqual([{ a: 'abc' }]);
    expect(cut(String.raw`ab\\\nf`, 5)).toEqual([{ a: String.raw`ab${'\\'}` }]);
    expect(cut('abcé', 4)).toEqual([{ a: 'abc' }]);
  });

  it('keeps so many items, and those that are wanted', () => {
    const list: Shape = { items: { keys: { c: TEXT } }, most: 2, keep: (item) => (item as { c: string }).c !== 'no' };
    expect(read('{"l":[{"c":"no"},{"c":"1"},{"c":"2"},{"c":"3"}]}', { keys: { l: list } }).seen).toEqual([
      { l: [{ c: '1' }, { c: '2' }] },
    ]);
  });

  it('takes line breaks in a text, which some programs do not escape', () => {
    expect(read('{"a":"x\ny"}').seen).toEqual([{ a: 'x\ny' }]);
  });

  it.each(['{"a":"x"', '{"a":"x', '{"a', '{"n":1', '{"x":[[', ''])('says that %j is cut off', (text) => {
    const stream = createJsonStream(SHAPE);
    stream.write(Buffer.from(text));
    expect(stream.state()).toBe('cut');
  });

  it.each(['{"a" "x"}', '{a:1}', '{"a":1,}', '{"l":[,]}', '{"l":[{}]]}', '}', '{"a"}', '{"a":%}', '{"l":[1}'])(
    'says that %j is damaged',
    (text) => {
      const stream = createJsonStream(SHAPE);
      stream.write(Buffer.from(text));
      expect(stream.state()).toBe('damaged');
    },
  );

  it('is not ended by what is nested a million times', () => {
    const deep = '[{"x":'.repeat(500_000);
    const stream = createJsonStream(SHAPE);
    stream.write(Buffer.from(`{"x":${deep}`));
    expect(stream.state()).toBe('cut');
    expect(read(`{"x":${'['.repeat(100_000)}${']'.repeat(100_000)},"a":"after"}`).seen).toEqual([{ a: 'after' }]);
  });

  it('does not take a key of the language for one of the shape', () => {
    expect(read('{"__proto__":{"a":"1"},"constructor":"x","a":"2"}').seen).toEqual([{ a: '2' }]);
  });
});
