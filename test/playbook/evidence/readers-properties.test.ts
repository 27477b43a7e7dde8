import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { harShape } from '../../../playbook/evidence/har/entry.ts';
import { createJsonStream, type JsonStream, type Shape } from '../../../playbook/evidence/har/json-stream.ts';
import { createTrafficReader } from '../../../playbook/evidence/har/traffic.ts';
import { createLogReader, type LogReader } from '../../../playbook/evidence/log/reader.ts';
import { holds } from '../../helpers/properties.ts';

/** Feeds bytes in chunks of the given sizes, which begin again when they end. */
function write(stream: JsonStream, bytes: Buffer, sizes: readonly number[]): JsonStream {
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    stream.write(bytes.subarray(at, at + size));
    at += size;
  }
  return stream;
}

const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });
const json = fc.jsonValue({ maxDepth: 4, stringUnit: 'binary' });

describe('a stream of JSON', () => {
  const SHAPE: Shape = { keys: { a: { bytes: 1000 }, o: { keys: { a: { bytes: 1000 } } } } };

  it('keeps what the shape asks for, whatever is around it and wherever the chunks end', () => {
    holds(
      fc.property(
        fc.string({ unit: 'binary' }),
        json,
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        sizes,
        (a, other, number, parts) => {
          const value = { x: other, a, o: { y: other, a: number, z: [other] }, last: other };
          const kept: unknown[] = [];
          const stream = createJsonStream({ items: SHAPE, most: 0, each: (item) => kept.push(item) });
          write(stream, Buffer.from(JSON.stringify([value])), parts);
          expect(stream.state()).toBe('whole');
          expect(JSON.stringify(kept)).toBe(JSON.stringify([{ a, o: { a: number } }]));
        },
      ),
    );
  });

  it('is cut off at any byte before the end', () => {
    holds(
      fc.property(json, sizes, fc.nat(), (value, parts, place) => {
        const bytes = Buffer.from(JSON.stringify({ a: value, o: value }));
        const cut = bytes.subarray(0, place % bytes.length);
        expect(write(createJsonStream(SHAPE), cut, parts).state()).toBe('cut');
      }),
    );
  });

  it('takes any bytes', () => {
    const bytes = fc.oneof(
      fc.uint8Array(),
      fc
        .array(fc.constantFrom('{', '}', '[', ']', '"', ':', ',', '\\', '1', '"a"', '"o":', 'null', ' ', 'é'))
        .map((parts) => Buffer.from(parts.join(''))),
    );
    holds(
      fc.property(bytes, sizes, (given, parts) => {
        const whole = createJsonStream(SHAPE);
        whole.write(given);
        expect(write(createJsonStream(SHAPE), Buffer.from(given), parts).state()).toBe(whole.state());
      }),
    );
  });
});

describe('the traffic of a browser', () => {
  const odd = <Usual>(usual: fc.Arbitrary<Usual>) =>
    fc.oneof({ weight: 4, arbitrary: usual }, { weight: 1, arbitrary: json });
  const url = odd(
    fc.constantFrom(
      'https://a.example/sign-out?_rsc=1',
      'https://api.workos.com/user_management/authorize?redirect_uri=%',
      'http://[',
      '%E0%A4%A',
      '//',
    ),
  );
  const header = odd(
    fc.record({
      name: odd(fc.constantFrom('RSC', 'next-url', 'referer', 'set-cookie', 'location', 'next-action', '__proto__')),
      value: odd(fc.constantFrom('1', 'wos-session=; Max-Age=0', 'https://a.example/%zz', '\uD800')),
    }),
  );
  const entry = odd(
    fc.record(
      {
        startedDateTime: odd(fc.constantFrom('2026-11-27T09:30:00Z', 'never')),
        request: odd(
          fc.record({ method: odd(fc.constantFrom('GET', 'post', '\u001B[2J')), url, headers: odd(fc.array(header)) }),
        ),
        response: odd(
          fc.record({
            status: odd(fc.constantFrom(200, 307, 431)),
            headers: odd(fc.array(header)),
            redirectURL: url,
            content: odd(fc.record({ encoding: odd(fc.constant('base64')), text: odd(fc.string()) })),
          }),
        ),
        _webSocketMessages: odd(
          fc.array(odd(fc.record({ data: odd(fc.constantFrom('{"type":"Authenticate"', '"type":"AuthError"')) }))),
        ),
      },
      { requiredKeys: [] },
    ),
  );

  it('is read whatever an entry is, the same from its values and from their text', () => {
    holds(
      fc.property(fc.array(entry, { maxLength: 12 }), sizes, (entries, parts) => {
        const values = createTrafficReader('x.har');
        for (const one of entries) values.feed(one);
        expect(values.entries()).toBe(entries.length);
        const texts = createTrafficReader('x.har');
        const stream = createJsonStream(
          harShape((one) => {
            texts.feed(one);
          }),
        );
        write(stream, Buffer.from(JSON.stringify({ log: { entries } })), parts);
        expect(stream.state()).toBe('whole');
        expect(JSON.stringify(texts.end().symptoms)).toBe(JSON.stringify(values.end().symptoms));
      }),
    );
  });
});

describe('a log', () => {
  const line = fc.oneof(
    fc.string({ unit: 'binary' }).map((text) => text.replaceAll(/[\r\n]/gu, ' ')),
    fc.constantFrom(
      '',
      'Error: OAuth state mismatch',
      '    at f (/app/a.ts:1:2)',
      '2026-11-27T09:30:00Z Failed to refresh session: Too Many Requests',
      '\u001B[31mGET / 431 Request Header Fields Too Large\u001B[0m',
      'Uncaught Error: Unauthorized',
    ),
  );

  /** The time of a line may be in those above it, which came with the part before. */
  const withoutTimes = (reader: LogReader) => reader.end().map((symptom) => ({ ...symptom, times: [] }));

  it('says the same whether it comes at once or in parts, with any line ends', () => {
    holds(
      fc.property(
        fc.array(line, { maxLength: 12 }),
        fc.nat(12),
        fc.constantFrom('\n', '\r\n', '\r'),
        (lines, at, eol) => {
          const whole = createLogReader('a');
          whole.feed(lines.map((one) => `${one}${eol}`).join(''));
          const parts = createLogReader('a');
          for (const some of [lines.slice(0, at), lines.slice(at)]) parts.feed(some.map((one) => `${one}\n`).join(''));
          expect(withoutTimes(parts)).toEqual(withoutTimes(whole));
          expect([whole.lines(), parts.lines()]).toEqual([lines.length, lines.length]);
        },
      ),
    );
  });
});
