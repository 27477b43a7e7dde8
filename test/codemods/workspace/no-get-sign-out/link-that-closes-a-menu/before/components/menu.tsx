'use client';

import Link from 'next/link';
import { useState } from 'react';

export function Menu({ onClose }: { onClose: () => void }) {
  const [isOpen, setOpen] = useState(false);
  return isOpen ? (
    <div className="flex flex-col">
      <Link href="/sign-out" className="text-sm" onClick={() => setOpen(false)}>
        Sign out
      </Link>
      <Link
        href="/sign-out"
        onClick={() => {
          console.log('out');
        }}
      >
        Sign out
      </Link>
      <a href="/sign-out" onClick={onClose}>
        Sign out
      </a>
      <p>
        <a href="/sign-out">Sign out</a>
      </p>
    </div>
  ) : null;
}
