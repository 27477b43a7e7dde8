import { WorkOS } from '@workos-inc/node';
import { redirect } from 'next/navigation';

const workos = new WorkOS(process.env.WORKOS_API_KEY);

export default function Enter() {
  redirect(
    workos.userManagement.getAuthorizationUrl({
      provider: 'authkit',
      clientId: process.env.WORKOS_CLIENT_ID,
      redirectUri: process.env.NEXT_PUBLIC_WORKOS_REDIRECT_URI,
    }),
  );
}
