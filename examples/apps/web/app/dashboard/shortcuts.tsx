'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { ROUTES } from '@/lib/routes';

export function Shortcuts() {
  const router = useRouter();
  useEffect(() => {
    router.prefetch(ROUTES.dashboard);
    router.prefetch(ROUTES.signOut);
  }, [router]);
  return <kbd>q signs you out</kbd>;
}
