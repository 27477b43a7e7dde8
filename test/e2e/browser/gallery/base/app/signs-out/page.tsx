import { signOut } from '@workos-inc/authkit-nextjs';

export default async function SignsOutPage() {
  await signOut();
}
