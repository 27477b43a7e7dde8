/** The expressions that the playbook writes for a redirect URI. */
import type { PlacedFault } from '../detect/hardcoded-fault.ts';
import type { RedirectUri } from '../evaluate/redirect-uri.ts';
import { registeredPreviewHost, previewHostVariable } from '../hosting/preview-host.ts';

/** `` `https://${process.env.VERCEL_URL}/callback` ``, with the path that is sent now; undefined when that is not known. */
export function previewUri(fault: PlacedFault): string | undefined {
  return uriOn(previewVariable(fault), fault.uri);
}

/** The host of a branch, made by hand, means the alias unless something says which host is registered. */
function previewVariable({ messageId, use: { file, project } }: PlacedFault): string {
  return messageId === 'branchHost'
    ? (registeredPreviewHost(file.path, project) ?? 'VERCEL_BRANCH_URL')
    : previewHostVariable(file.path, project);
}

/** The same for production. */
export function productionUri(uri: RedirectUri): string | undefined {
  return uriOn('VERCEL_PROJECT_PRODUCTION_URL', uri);
}

function uriOn(variable: string, { path }: RedirectUri): string | undefined {
  // What a template literal would take for a hole or its end.
  if (path === undefined || /[$\\`\s]/u.test(path)) return undefined;
  return `\`https://\${process.env.${variable}}${path === '/' ? '' : path}\``;
}

/** What to write, for a message. */
export function shownPreviewUri(fault: PlacedFault): string {
  return previewUri(fault) ?? `\`https://\${process.env.${previewVariable(fault)}}/…\``;
}
