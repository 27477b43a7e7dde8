import { signOut } from '@workos-inc/authkit-nextjs';

export default async function Bye() {
  await signOut();
}
