import { type NextFetchEvent, type NextRequest, NextResponse } from 'next/server';
import { proxies } from './variants/proxies';

type Proxy = (request: NextRequest, event: NextFetchEvent) => unknown;

export default async function proxy(request: NextRequest, event: NextFetchEvent) {
  const load = proxies[request.headers.get('x-variant') ?? ''];
  if (!load) return NextResponse.next();
  const module = (await load()) as { default?: Proxy; proxy?: Proxy };
  return (module.default ?? module.proxy!)(request, event) as NextResponse;
}

export const config = { matcher: ['/((?!_next|.*\\..*).*)'] };
