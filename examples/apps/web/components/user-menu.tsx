import Link from 'next/link';
import { ROUTES, menu } from '@/lib/routes';

export function UserMenu({ email }: { email: string }) {
  return (
    <nav>
      <span>{email}</span>
      <Link href={ROUTES.signOut}>Sign out</Link>
      <ul>
        {menu.map((item) => (
          <li key={item.href}>
            <Link href={item.href}>{item.label}</Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
