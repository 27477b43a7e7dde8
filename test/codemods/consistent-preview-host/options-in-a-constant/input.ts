import { authkitProxy } from '@workos-inc/authkit-nextjs';

const options = { debug: true };

export default authkitProxy(options);
