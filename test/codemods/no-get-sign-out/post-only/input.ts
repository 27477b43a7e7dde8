import { signOut } from '@workos-inc/authkit-nextjs';

export async function POST() {
  await signOut();
}

export function GET() {
  return new Response(null, { status: 405 });
}
