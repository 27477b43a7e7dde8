import { useRouter } from 'next/navigation';
import { useState } from 'react';

const WARM = ['/home', '/sign-out'];

export function Warm() {
  return null;
}

export function AccountMenu({ user }: { user: string | undefined }) {
  const [isOpen, setOpen] = useState(false);
  const { push } = useRouter();

  return (
    <button
      type="button"
      onClick={() => {
        setOpen(!isOpen);
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
