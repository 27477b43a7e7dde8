import { authkitProxy } from '@workos-inc/authkit-nextjs';

const host = process.env.NODE_ENV === 'production' ? 'https://notes.example.com' : 'http://localhost:3000';

export default authkitProxy({ redirectUri: `${host}/callback` });

export const config = { matcher: ['/((?!_next/static|_next/image|favicon.ico).*)'] };
