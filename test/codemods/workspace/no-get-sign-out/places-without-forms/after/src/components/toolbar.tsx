'use client';

import Link from 'next/link';
import { Hint } from './ui/texts';
import { signOutAction } from '../app/sign-out/actions';

export const InButton = () => (
  <button type="button">
    <Link href="/sign-out">Sign out</Link>
  </button>
);

export const InParagraph = () => (
  <Hint>
    <button type="button" onClick={() => void signOutAction()}>
      Sign out
    </button>
  </Hint>
);
