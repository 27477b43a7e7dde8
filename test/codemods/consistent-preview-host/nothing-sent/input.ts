import { authkitProxy } from '@workos-inc/authkit-nextjs';

export default authkitProxy({
  debug: true,
});
