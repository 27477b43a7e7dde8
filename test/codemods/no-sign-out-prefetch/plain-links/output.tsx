// The account menu.
import Link, { type LinkProps } from "next/link";

const signOutPath = "/sign-out";

export function AccountMenu({ onLeave }: Pick<LinkProps<string>, "onClick"> & { onLeave: () => void }) {
  return (
    <nav>
      <Link href="/account">Account</Link>
      <Link   href="/sign-out" prefetch={false}   className="item" onClick={onLeave}>Sign out</Link>
      <Link
        href={signOutPath}
        prefetch={false}
      >
        Leave
      </Link>
      <Link href={`/sign-out?from=menu`} prefetch={false}>Bye</Link>
    </nav>
  )
}
