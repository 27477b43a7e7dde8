import { serialize } from 'cookie';
import type { NextApiRequest, NextApiResponse } from 'next';

export default function handler(_req: NextApiRequest, res: NextApiResponse) {
  if (_req.headers.rsc || _req.headers['x-nextjs-data']) {
    res.status(204).end();
    return;
  }
  res.setHeader('Set-Cookie', serialize('session', '', { maxAge: -1, path: '/' }));
  res.redirect('/');
}
