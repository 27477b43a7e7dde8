import Link from 'next/link';
import { signOutAction } from '../app/sign-out/actions';

export function Items({ items }: { items: string[] }) {
  return (
    <ul className="space-y-2">
      {items.map((item) => (
        <form key={item} action={signOutAction}>
          <button type="submit" className="cursor-pointer">
            {item}
          </button>
        </form>
      ))}
      <Link href="/about">About</Link>
    </ul>
  );
}
