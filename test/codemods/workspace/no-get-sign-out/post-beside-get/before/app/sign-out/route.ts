import { signOut } from '@workos-inc/authkit-nextjs';
import { audit } from '../../lib/audit';

export async function GET() {
  await signOut();
}

export async function POST() {
  await audit('out');
  return Response.json({});
}
