import { signOut } from '@workos-inc/authkit-nextjs';
import { withLogging } from 'logging';

export const GET = withLogging(async () => {
  await signOut();
});
