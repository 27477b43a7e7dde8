import { audit } from '../../lib/audit';

export async function POST() {
  await audit('out');
  return Response.json({});
}
