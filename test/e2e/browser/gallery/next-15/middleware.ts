import { authkitMiddleware } from '@workos-inc/authkit-nextjs';

export default authkitMiddleware();

export const config = { matcher: ['/((?!_next|api/uncovered|.*\\..*).*)'] };
