import { authkitProxy } from '@workos-inc/authkit-nextjs';
import type { NextFetchEvent, NextRequest } from 'next/server';

const authkit = authkitProxy();

// Every request comes through here.
export function proxy(request: NextRequest, event: NextFetchEvent) {
  return authkit(request, event);
}

export const config = { matcher: '/((?!_next).*)' };
