import Link from 'next/link';

export function Items({ items }: { items: string[] }) {
  return (
    <ul className="space-y-2">
      {items.map((item) => (
        <Link key={item} href={`/sign-out`} className="cursor-pointer">
          {item}
        </Link>
      ))}
      <Link href="/about">About</Link>
    </ul>
  );
}
