import Link from 'next/link';
import { Icon } from '@/components/icon';

export function Nav({ label }: { label: string }) {
  return (
    <nav className="flex items-center gap-4">
      <Link href="/sign-out" prefetch={false} className="text-sm text-red-400 hover:underline" aria-label="Sign out">
        <Icon />
        {label}
      </Link>
      <div>
        {/* The only link of its kind. */}
        <a href="/sign-out" className="block px-4 py-2">
          {label}
        </a>
      </div>
    </nav>
  );
}
