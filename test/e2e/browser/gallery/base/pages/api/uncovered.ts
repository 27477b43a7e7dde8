import type { NextApiRequest, NextApiResponse } from 'next';

export default function handler(_request: NextApiRequest, response: NextApiResponse) {
  response.setHeader('Set-Cookie', 'wos-session=; Path=/; Max-Age=0');
  response.redirect(307, '/');
}
