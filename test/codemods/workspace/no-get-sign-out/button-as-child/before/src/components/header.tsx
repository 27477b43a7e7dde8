import Link from 'next/link';
import { Button } from '@/components/ui/button';

export function Header() {
  return (
    <header>
      <Button asChild>
        <Link href="/sign-out">Sign out</Link>
      </Button>
      <Button asChild className="ml-2">
        <Link href="/sign-out" prefetch={false} title="Sign out" className="font-bold">
          Sign out
        </Link>
      </Button>
    </header>
  );
}
