import { Button } from '@/components/ui/button';
import { signOutAction } from '@/app/(auth)/sign-out/actions';

export function Header() {
  return (
    <header>
      <form action={signOutAction} className="contents">
        <Button type="submit">Sign out</Button>
      </form>
      <form action={signOutAction} className="contents">
        <Button asChild className="ml-2">
          <button type="submit" title="Sign out" className="font-bold">
            Sign out
          </button>
        </Button>
      </form>
    </header>
  );
}
