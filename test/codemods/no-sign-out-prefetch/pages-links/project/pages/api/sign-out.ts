import { getWorkOS } from '@workos-inc/authkit-nextjs';
import type { NextApiRequest, NextApiResponse } from 'next';

export default function handler(_request: NextApiRequest, response: NextApiResponse) {
  response.redirect(getWorkOS().userManagement.getLogoutUrl({ sessionId: 'session' }));
}
