import Link from 'next/link';
import { Button } from '@/components/ui/button';

export function User() {
  return (
    <div className="flex">
      <Link href="/sign-out">
        <Button>
          Sign
          out
        </Button>
      </Link>
      <Link href="/sign-out" className="ml-2">
        <Button>Sign out</Button>
      </Link>
    </div>
  );
}
