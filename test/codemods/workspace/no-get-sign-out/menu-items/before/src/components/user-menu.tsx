'use client';

import Link from 'next/link';
import { DropdownMenu, DropdownMenuContent, DropdownMenuItem } from '@/components/ui/menu';

export function UserMenu() {
  return (
    <DropdownMenu>
      <DropdownMenuContent>
        <DropdownMenuItem asChild>
          <Link href="/sign-out">Sign out</Link>
        </DropdownMenuItem>
        <DropdownMenuItem className="text-red-400">
          <Link href="/sign-out" className="flex w-full">
            Sign out
          </Link>
        </DropdownMenuItem>
        <DropdownMenuItem onSelect={() => console.log('out')}>
          <Link href="/sign-out">Sign out</Link>
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
