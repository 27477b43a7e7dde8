/** An entry of a HAR (`log.entries[]` of HAR 1.1 and 1.2), as far as triage looks at it. Firefox, Safari and Chromium write the same; Chromium adds `_webSocketMessages`. */
import { recordOf } from '../../../project/settings.ts';
import { pathOf } from '../urls.ts';
import type { ListShape, ObjectShape } from './json-stream.ts';

export interface Request {
  readonly method: string;
  readonly url: string;
  readonly time: number | undefined;
  readonly headers: ReadonlyMap<string, string>;
  readonly status: number;
  /** Why there was no response, as Chromium says it: `net::ERR_TOO_MANY_REDIRECTS`. */
  readonly error: string;
  /** Whether it is a page's own request, as Chromium says it. */
  readonly isDocument: boolean;
  readonly setCookies: readonly string[];
  readonly location: string;
  /** Its beginning. */
  readonly body: string;
  /** The frames of Convex's socket that have to do with signing in. */
  readonly frames: readonly string[];
}

/** A response's text is looked at so far for the texts of an error. */
const MAX_BODY = 200_000;
const MAX_FRAMES = 500;

const text = (bytes: number) => ({ bytes });
const HEADERS: ListShape = { items: { keys: { name: text(200), value: text(16_000) } }, most: 500 };

/** What is read of an entry; the rest, most of a large file, is skipped. */
const ENTRY: ObjectShape = {
  keys: {
    startedDateTime: text(100),
    _resourceType: text(50),
    request: { keys: { method: text(50), url: text(16_000), headers: HEADERS } },
    response: {
      keys: {
        status: text(20),
        _error: text(200),
        headers: HEADERS,
        redirectURL: text(16_000),
        content: { keys: { encoding: text(50), text: text(MAX_BODY) } },
      },
    },
    _webSocketMessages: {
      items: { keys: { data: text(64_000) } },
      most: MAX_FRAMES,
      keep: (message) => isAboutSigningIn(scalarText(recordOf(message)['data'])),
    },
  },
};

const isAboutSigningIn = (data: string): boolean => /"type"\s*:\s*"Auth(?:enticate|Error)"/u.test(data);

/** The shape of a HAR, entry by entry. */
export function harShape(each: (entry: unknown) => void): ObjectShape {
  return { keys: { log: { keys: { entries: { items: ENTRY, most: 0, each } } } } };
}

/** The request of an entry, whatever it is; undefined where there is none in it. */
export function requestOf(entry: unknown): Request | undefined {
  const { _resourceType: type, _webSocketMessages: messages, request, response, startedDateTime } = recordOf(entry);
  const { headers, method, url } = recordOf(request);
  if (typeof url !== 'string' || typeof method !== 'string') return undefined;
  const answer = recordOf(response);
  const answered = headersOf(answer['headers']);
  const time = Date.parse(scalarText(startedDateTime));
  return {
    method: method.toUpperCase(),
    url,
    time: Number.isNaN(time) ? undefined : time,
    headers: new Map(headersOf(headers)),
    status: typeof answer['status'] === 'number' ? answer['status'] : 0,
    error: stringOf(answer['_error']) ?? '',
    isDocument: type === 'document',
    // Several cookies in one header are on lines of their own.
    setCookies: answered.filter(([name]) => name === 'set-cookie').flatMap(([, value]) => value.split('\n')),
    location: answered.find(([name]) => name === 'location')?.[1] ?? stringOf(answer['redirectURL']) ?? '',
    body: bodyOf(recordOf(answer['content'])).slice(0, MAX_BODY),
    frames: Array.isArray(messages)
      ? messages.flatMap((message) => stringOf(recordOf(message)['data']) ?? []).filter(isAboutSigningIn)
      : [],
  };
}

/** The path of the page that a request came from, by Next.js's own header or by the referer. */
export function pageOf({ headers }: Request): string | undefined {
  const page = headers.get('next-url') ?? headers.get('referer');
  return page === undefined ? undefined : pathOf(page);
}

function bodyOf({ encoding, text: content }: Readonly<Record<string, unknown>>): string {
  if (typeof content !== 'string') return '';
  return encoding === 'base64' ? Buffer.from(content, 'base64').toString('utf8') : content;
}

const headersOf = (headers: unknown): [string, string][] =>
  Array.isArray(headers)
    ? headers.map((header) => {
        const { name, value } = recordOf(header);
        return [scalarText(name).toLowerCase(), scalarText(value)];
      })
    : [];

/** Of an object there is none: its own `toString` may be anything. */
const scalarText = (value: unknown): string =>
  typeof value === 'number' || typeof value === 'boolean' ? String(value) : (stringOf(value) ?? '');

const stringOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
