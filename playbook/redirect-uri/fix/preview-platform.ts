/** Whether Vercel's variables may be written for a redirect URI. */
import type { RedirectUri } from '../evaluate/redirect-uri.ts';
import type { SinkUse } from '../evaluate/sink-use.ts';
import { hostingOf } from '../hosting/hosts.ts';
import { runsElsewhere, runsOnVercel } from '../hosting/hosting.ts';

/** Whether the project, or the very host that is sent, shows that the app runs on Vercel. */
export function usesVercel({ host }: RedirectUri, { hosting }: SinkUse): boolean {
  if (runsOnVercel(hosting)) return true;
  if (runsElsewhere(hosting)) return false;
  if (host.kind === 'deployment') return host.hosting.id === 'vercel';
  if (host.kind === 'variable') return host.name.includes('VERCEL_');
  return host.kind === 'literal' && hostingOf(host.host)?.id === 'vercel';
}
