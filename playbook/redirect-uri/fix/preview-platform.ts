/** Whether Vercel's variables may be written for a redirect URI. */
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import type { Project } from '../../../project/project.ts';
import type { RedirectUri } from '../evaluate/redirect-uri.ts';
import { hostingOf } from '../hosting/hosts.ts';
import { hostingShown, runsElsewhere, runsOnVercel } from '../hosting/hosting.ts';

/** Whether the project, or the very host that is sent, shows that the app runs on Vercel. */
export function usesVercel({ host }: RedirectUri, file: SourceFile, project: Project): boolean {
  const shown = hostingShown(file, project);
  if (runsOnVercel(shown)) return true;
  if (runsElsewhere(shown)) return false;
  if (host.kind === 'deployment') return host.hosting.id === 'vercel';
  if (host.kind === 'variable') return host.name.includes('VERCEL_');
  return host.kind === 'literal' && hostingOf(host.host)?.id === 'vercel';
}
