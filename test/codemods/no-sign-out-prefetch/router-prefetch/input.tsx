import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';

const WARM = ['/home', '/sign-out'];

export function Warm() {
  const router = useRouter();

  useEffect(() => {
    // So that nobody waits.
    router.prefetch('/sign-out');
    router.prefetch('/sign-out?from=menu');
  }, [router]);

  return null;
}

export function AccountMenu({ user }: { user: string | undefined }) {
  const [isOpen, setOpen] = useState(false);
  const { prefetch, push } = useRouter();
  if (user) prefetch('/sign-out');

  return (
    <button
      type="button"
      onMouseEnter={() => prefetch('/sign-out')}
      onClick={() => {
        setOpen(!isOpen);
        prefetch('/sign-out'); // the next click
        push('/account');
      }}
    >
      Account
    </button>
  );
}

export function WarmAll() {
  const router = useRouter();
  WARM.forEach((path) => router.prefetch(path));
  return null;
}
