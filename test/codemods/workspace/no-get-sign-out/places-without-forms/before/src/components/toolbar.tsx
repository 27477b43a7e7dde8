'use client';

import Link from 'next/link';
import { Hint } from './ui/texts';

export const InButton = () => (
  <button type="button">
    <Link href="/sign-out">Sign out</Link>
  </button>
);

export const InParagraph = () => (
  <Hint>
    <Link href="/sign-out">Sign out</Link>
  </Hint>
);
