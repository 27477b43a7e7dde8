export { signOut as GET } from '@workos-inc/authkit-nextjs';
