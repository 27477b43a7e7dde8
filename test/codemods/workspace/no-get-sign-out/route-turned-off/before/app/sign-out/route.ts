import { signOut } from '@workos-inc/authkit-nextjs';

// eslint-disable-next-line authkit/no-get-sign-out
export async function GET() {
  await signOut({ returnTo: '/' });
}
