/** Which of Vercel's two hosts the previews of an app answer sign-ins on. */
import type { Project } from '../../../project/project.ts';
import { proxyHost } from '../convex-json/preview-registration.ts';
import { convexJsonFor } from '../convex-json/registered.ts';
import { isVercelPreviewHost } from './hosts.ts';

export type PreviewHost = 'VERCEL_BRANCH_URL' | 'VERCEL_URL';

/**
 * The variable that a preview's host comes from: as `settings.authkit.previewHost` says, or as `convex.json` registers it, or
 * as the app's proxy sends it; `VERCEL_URL` where none of them says.
 */
export function previewHostVariable(path: string, project: Project): PreviewHost {
  const registered = registeredPreviewHost(path, project);
  if (registered) return registered;
  const sent = project.appsFor(path).map((app) => proxyHost(app, project));
  return sent.find((name): name is PreviewHost => name !== undefined && isVercelPreviewHost(name)) ?? 'VERCEL_URL';
}

/** The variable that settings or `convex.json` ask for. */
export function registeredPreviewHost(path: string, project: Project): PreviewHost | undefined {
  const { previewHost = 'auto' } = project.settings.authkit;
  if (previewHost !== 'auto') return previewHost;
  const uris = convexJsonFor(path, project)?.authKit.preview?.redirectUris ?? [];
  const mentions = (name: PreviewHost) => uris.some(({ text }) => text.includes(`buildEnv.${name}}`));
  if (mentions('VERCEL_URL')) return 'VERCEL_URL';
  return mentions('VERCEL_BRANCH_URL') ? 'VERCEL_BRANCH_URL' : undefined;
}
