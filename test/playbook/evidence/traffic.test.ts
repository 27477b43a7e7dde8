import { describe, expect, it } from 'vitest';
import { createTrafficReader } from '../../../playbook/evidence/har/traffic.ts';

interface Sent {
  readonly method?: string;
  readonly url: string;
  readonly at?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly status?: number;
  readonly answer?: readonly (readonly [string, string])[];
  readonly body?: string;
  readonly frames?: readonly string[];
  readonly error?: string;
  readonly type?: string;
}

const START = Date.parse('2026-11-27T09:30:00Z');

const entry = ({
  answer = [],
  at = 0,
  body = '',
  error,
  frames,
  headers = {},
  method = 'GET',
  status = 200,
  type,
  url,
}: Sent) => ({
  _resourceType: type,
  startedDateTime: new Date(START + at).toISOString(),
  request: { method, url, headers: Object.entries(headers).map(([name, value]) => ({ name, value })) },
  response: {
    status,
    _error: error,
    headers: answer.map(([name, value]) => ({ name, value })),
    content: { text: body },
  },
  ...(frames && { _webSocketMessages: frames.map((data) => ({ type: 'send', data })) }),
});

function read(...sent: Sent[]) {
  const reader = createTrafficReader('x.har');
  for (const one of sent) reader.feed(entry(one));
  return reader.end();
}

const PREFETCH = { RSC: '1', 'Next-Router-Prefetch': '1', 'next-url': '/dashboard' };
const GONE = ['Set-Cookie', 'wos-session=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT'] as const;

describe('the traffic of a browser', () => {
  it('shows a prefetch that ended the session, with its page', () => {
    const { symptoms } = read({ url: 'https://a.example/bye?_rsc=x', headers: PREFETCH, status: 307, answer: [GONE] });
    expect(symptoms).toMatchObject([{ name: 'signOutPrefetched', path: '/bye', page: '/dashboard', count: 1 }]);
  });

  it('shows it by the logout it leads to, where the cookies are left out', () => {
    const location = ['location', 'https://api.workos.com/user_management/sessions/logout?session_id=s'] as const;
    const { symptoms } = read({ url: 'https://a.example/bye', headers: { rsc: '1' }, status: 307, answer: [location] });
    expect(symptoms).toMatchObject([{ name: 'signOutPrefetched', path: '/bye' }]);
  });

  it('shows a prefetch that started a sign-in', () => {
    const answer = [['set-cookie', 'wos-auth-verifier-ab=Fe26.2*x; Path=/'] as const];
    const { symptoms } = read({ url: 'https://a.example/go', headers: PREFETCH, status: 307, answer });
    expect(symptoms).toMatchObject([{ name: 'signInPrefetched', path: '/go' }]);
  });

  it('shows a page that redirects without end, and no image that does', () => {
    const failed = { error: 'net::ERR_TOO_MANY_REDIRECTS', status: 0 };
    const page = { ...failed, type: 'document', url: 'https://a.example/login?to=x' };
    const image = { ...failed, type: 'image', url: 'https://cdn.example/logo' };
    expect(read(page, image).symptoms).toMatchObject([{ name: 'redirectsToItself', path: '/login', count: 1 }]);
  });

  it('shows nothing of a click, and nothing of a prefetch that ends nothing', () => {
    const click = {
      url: 'https://a.example/bye',
      headers: { 'sec-fetch-mode': 'navigate' },
      status: 307,
      answer: [GONE],
    };
    expect(read(click, { url: 'https://a.example/other?_rsc=x', headers: PREFETCH }).symptoms).toEqual([]);
  });

  it('shows a storm of one server action, and nothing of two refreshes that succeed', () => {
    const action = (at: number, body = '"error":"Failed to refresh access token"'): Sent => ({
      method: 'POST',
      url: 'https://a.example/',
      headers: { 'next-action': 'ab' },
      at,
      body,
    });
    expect(read(...Array.from({ length: 8 }, (_, index) => action(index * 40))).symptoms).toMatchObject([
      { name: 'refreshLoop', count: 8 },
    ]);
    expect(read(action(0, 'ok'), action(300_000, 'ok')).symptoms).toEqual([]);
    expect(read(action(0)).symptoms).toMatchObject([{ name: 'refreshFailed', count: 1 }]);
  });

  it('takes server actions for refreshes by what they return, where that was recorded', () => {
    const often = (body: string) =>
      read(
        ...Array.from({ length: 12 }, (_, index) => ({
          method: 'POST',
          url: 'https://a.example/chat',
          headers: { 'next-action': 'ab' },
          at: index * 150,
          body,
        })),
      ).symptoms;
    expect(often('0:{"a":"$@1"}\n1:{"messages":3}')).toEqual([]);
    expect(often('0:{"a":"$@1"}\n1:"eyJhbGciOiJSUzI1NiJ9.e30.x"')).toMatchObject([{ name: 'refreshLoop', count: 12 }]);
    expect(often('')).toMatchObject([{ name: 'refreshLoop', count: 12 }]);
    expect(often('0:{"a":"$@1"}\n1:"[REDACTED]"')).toMatchObject([{ name: 'refreshLoop', count: 12 }]);
    expect(often('\u001F\uFFFD\b compressed')).toMatchObject([{ name: 'refreshLoop', count: 12 }]);
  });

  it('shows headers that are too large once, whatever pages were asked for', () => {
    const { symptoms } = read(
      { url: 'https://a.example/', status: 431 },
      { url: 'https://a.example/pricing', status: 431 },
    );
    expect(symptoms).toMatchObject([{ name: 'tooManyCookies', count: 2 }]);
  });

  describe('a preview that starts a sign-in', () => {
    const start = (host: string, uri: string) =>
      read({
        url: `https://${host}/sign-in`,
        headers: { 'sec-fetch-mode': 'navigate' },
        status: 307,
        answer: [
          [
            'location',
            `https://api.workos.com/user_management/authorize?client_id=c&redirect_uri=${encodeURIComponent(uri)}`,
          ],
        ],
      }).symptoms;

    it.each([
      ['shop-git-fix-acme.vercel.app', 'https://shop.example/callback'],
      ['shop-git-fix-acme.vercel.app', 'https://shop.vercel.app/callback'],
      ['shop-console20-1a2b3c4d5-acme.vercel.app', 'https://shop.example/callback'],
      ['shop-1a2b3c4d5-acme.vercel.app', 'http://localhost:3000/callback'],
      ['deploy-preview-7--shop.netlify.app', 'https://shop.netlify.app/callback'],
    ])('shows that %s sends %s', (host, uri) => {
      expect(start(host, uri)).toMatchObject([{ name: 'otherRedirectHost', path: '/sign-in', redirectUri: uri }]);
    });

    it.each([
      ['its own host', 'shop-git-fix-acme.vercel.app', 'https://shop-git-fix-acme.vercel.app/callback'],
      ['the host of the deployment', 'shop-git-fix-acme.vercel.app', 'https://shop-1a2b3c4d5-acme.vercel.app/callback'],
      ['what may be it', 'shop-git-fix-acme.vercel.app', 'https://shop-abcdefg20-acme.vercel.app/callback'],
      ['a callback on Convex', 'shop-git-fix-acme.vercel.app', 'https://happy-animal-123.convex.site/callback'],
      ['a domain for previews', 'shop-git-fix-acme.vercel.app', 'https://fix.preview.shop.example/callback'],
    ])('shows nothing where it sends %s', (_, host, uri) => {
      expect(start(host, uri)).toEqual([]);
    });

    it.each([
      'shop.vercel.app',
      'shop-dashboard-acme.vercel.app',
      'shop-console20-acme.vercel.app',
      'shop-2024admin-acme.vercel.app',
      'shop-git-main-acme.vercel.app',
      'main--shop.netlify.app',
      'www.shop.example',
      'localhost',
    ])('shows nothing of %s, which may be production or the machine of a developer', (host) => {
      expect(start(host, 'https://shop.example/callback')).toEqual([]);
    });
  });

  it('shows the redirect URI that WorkOS refused, without its query', () => {
    const url =
      'https://api.workos.com/user_management/authorize?client_id=c&redirect_uri=https%3A%2F%2Fa-git-x.vercel.app%2Fcallback%3Ftoken%3Dsecret&state=s';
    expect(read({ url, status: 400 }).symptoms).toMatchObject([
      { name: 'redirectUriInvalid', redirectUri: 'https://a-git-x.vercel.app/callback' },
    ]);
    expect(read({ url, status: 302 }).symptoms).toEqual([]);
  });

  it("takes the token of Convex's socket, and its refusal", () => {
    const frames = ['{"type":"Authenticate","value":"a.b.c"}', '{"type":"AuthError","error":"x"}', 'no json'];
    expect(read({ url: 'wss://a.convex.cloud/api/sync', frames })).toMatchObject({
      tokens: ['a.b.c'],
      symptoms: [{ name: 'convexRejects' }],
    });
  });

  it.each([
    undefined,
    null,
    1,
    'x',
    [],
    {},
    { request: 1 },
    { request: { url: 'x', method: 'GET', headers: 1 }, response: [] },
  ])('survives %j in place of an entry', (odd) => {
    const reader = createTrafficReader('x.har');
    reader.feed(odd);
    expect(reader.end().symptoms).toEqual([]);
  });
});
