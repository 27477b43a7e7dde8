'use client';

import { LOGOUT } from '../lib/paths';

export const Leave = () => (
  <>
    <button onClick={() => fetch('/sign-out')}>Sign out</button>
    <a href={LOGOUT}>Sign out</a>
  </>
);
