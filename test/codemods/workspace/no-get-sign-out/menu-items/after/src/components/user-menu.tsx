'use client';

import Link from 'next/link';
import { DropdownMenu, DropdownMenuContent, DropdownMenuItem } from '@/components/ui/menu';
import { signOutAction } from '@/app/sign-out/actions';

export function UserMenu() {
  return (
    <DropdownMenu>
      <DropdownMenuContent>
        <DropdownMenuItem onSelect={() => void signOutAction()}>Sign out</DropdownMenuItem>
        <DropdownMenuItem onSelect={() => void signOutAction()} className="text-red-400">
          <span className="flex w-full">Sign out</span>
        </DropdownMenuItem>
        <DropdownMenuItem onSelect={() => console.log('out')}>
          <Link href="/sign-out">Sign out</Link>
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
