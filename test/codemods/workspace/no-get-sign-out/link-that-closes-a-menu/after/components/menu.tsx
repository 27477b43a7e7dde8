'use client';

import { useState } from 'react';
import { signOutAction } from '../app/sign-out/actions';

export function Menu({ onClose }: { onClose: () => void }) {
  const [isOpen, setOpen] = useState(false);
  return isOpen ? (
    <div className="flex flex-col">
      <button
        type="button"
        className="text-sm cursor-pointer"
        onClick={() => {
          setOpen(false);
          void signOutAction();
        }}
      >
        Sign out
      </button>
      <button
        type="button"
        onClick={() => {
          console.log('out');
          void signOutAction();
        }}
      >
        Sign out
      </button>
      <a href="/sign-out" onClick={onClose}>
        Sign out
      </a>
      <p>
        <button type="button" onClick={() => void signOutAction()}>
          Sign out
        </button>
      </p>
    </div>
  ) : null;
}
