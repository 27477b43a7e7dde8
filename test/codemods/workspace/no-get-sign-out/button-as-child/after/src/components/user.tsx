import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { signOutAction } from '@/app/(auth)/sign-out/actions';

export function User() {
  return (
    <div className="flex">
      <form action={signOutAction} className="contents">
        <Button type="submit">Sign out</Button>
      </form>
      <Link href="/sign-out" className="ml-2">
        <Button>Sign out</Button>
      </Link>
    </div>
  );
}
