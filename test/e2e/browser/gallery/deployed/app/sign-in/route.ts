import { signIns } from '../../variants/sign-ins';

type Handler = (request: Request) => Promise<Response>;

export async function GET(request: Request) {
  const { GET: handler } = (await signIns[request.headers.get('x-variant') ?? '']()) as { GET: Handler };
  return handler(request);
}
