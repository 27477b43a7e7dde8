import { Icon } from '@/components/icon';
import { signOutAction } from '@/app/sign-out/actions';

export function Nav({ label }: { label: string }) {
  return (
    <nav className="flex items-center gap-4">
      <form action={signOutAction} className="contents">
        <button type="submit" className="text-sm text-red-400 hover:underline cursor-pointer" aria-label="Sign out">
          <Icon />
          {label}
        </button>
      </form>
      <div>
        {/* The only link of its kind. */}
        <form action={signOutAction} className="contents">
          <button type="submit" className="block px-4 py-2 w-full text-left cursor-pointer">
            {label}
          </button>
        </form>
      </div>
    </nav>
  );
}
