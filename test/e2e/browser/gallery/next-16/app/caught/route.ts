import { withAuth } from '@workos-inc/authkit-nextjs';

export async function GET() {
  try {
    const { user } = await withAuth({ ensureSignedIn: true });
    return Response.json({ user: user.email });
  } catch (error) {
    return Response.json({ error: (error as Error).message }, { status: 400 });
  }
}
