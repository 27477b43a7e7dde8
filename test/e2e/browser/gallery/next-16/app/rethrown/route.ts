import { withAuth } from '@workos-inc/authkit-nextjs';
import { unstable_rethrow } from 'next/navigation';

export async function GET() {
  try {
    const { user } = await withAuth({ ensureSignedIn: true });
    return Response.json({ user: user.email });
  } catch (error) {
    unstable_rethrow(error);
    return Response.json({ error: (error as Error).message }, { status: 400 });
  }
}
