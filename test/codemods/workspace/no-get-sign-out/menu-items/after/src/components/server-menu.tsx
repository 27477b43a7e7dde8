import Link from 'next/link';
import { DropdownMenu, DropdownMenuContent, DropdownMenuItem } from '@/components/ui/menu';

export function ServerMenu() {
  return (
    <DropdownMenu>
      <DropdownMenuContent>
        <DropdownMenuItem asChild>
          <Link href="/sign-out">Sign out</Link>
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
