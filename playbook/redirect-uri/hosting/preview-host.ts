/** Which of Vercel's two hosts the previews of an app answer sign-ins on. */
import type { Project } from '../../../project/project.ts';
import { isVercelHost } from './hosts.ts';
import { proxyHost } from '../convex-json/preview-registration.ts';
import { convexJsonFor } from '../convex-json/registered.ts';

export type PreviewHost = 'VERCEL_BRANCH_URL' | 'VERCEL_URL';

/**
 * The variable that a preview's host comes from: as `settings.authkit.previewHost` says, or as `convex.json` registers it, or
 * as the app's proxy sends it; `VERCEL_URL` where none of them tells.
 */
export function previewHostVariable(path: string, project: Project): PreviewHost {
  const { previewHost = 'auto' } = project.settings.authkit;
  if (previewHost !== 'auto') return previewHost;
  const uris = convexJsonFor(path, project)?.authKit.preview?.redirectUris ?? [];
  const mentions = (name: PreviewHost) => uris.some(({ text }) => text.includes(`buildEnv.${name}}`));
  if (mentions('VERCEL_URL')) return 'VERCEL_URL';
  if (mentions('VERCEL_BRANCH_URL')) return 'VERCEL_BRANCH_URL';
  const sent = project.appsFor(path).map((app) => proxyHost(app, project));
  return (
    sent.find(
      (name): name is PreviewHost =>
        name !== undefined && isVercelHost(name) && name !== 'VERCEL_PROJECT_PRODUCTION_URL',
    ) ?? 'VERCEL_URL'
  );
}
