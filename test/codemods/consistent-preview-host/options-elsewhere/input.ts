import { authkitProxy } from '@workos-inc/authkit-nextjs';
import { options } from './options';

export default authkitProxy(options);
