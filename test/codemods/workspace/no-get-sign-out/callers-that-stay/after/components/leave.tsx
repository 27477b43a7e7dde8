'use client';

import { signOutAction } from '../app/sign-out/actions';

export const Leave = () => (
  <>
    <button onClick={() => fetch('/sign-out')}>Sign out</button>
    <form action={signOutAction} style={{ display: 'contents' }}>
      <button type="submit">Sign out</button>
    </form>
  </>
);
