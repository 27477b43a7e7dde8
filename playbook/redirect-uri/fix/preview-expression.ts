/** The expressions that the playbook writes for a redirect URI. */
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import type { Project } from '../../../project/project.ts';
import type { HardcodedFault } from '../detect/hardcoded-fault.ts';
import type { RedirectUri } from '../evaluate/redirect-uri.ts';
import { registeredPreviewHost, previewHostVariable } from '../hosting/preview-host.ts';

/** `` `https://${process.env.VERCEL_URL}/callback` ``, with the path that is sent now; undefined when that is not known. */
export function previewUri({ messageId, uri }: HardcodedFault, project: Project, file: SourceFile): string | undefined {
  return uriOn(previewVariable(messageId, project, file), uri);
}

/** The host of a branch, made by hand, means the alias unless something says which host is registered. */
function previewVariable(messageId: string, project: Project, file: SourceFile): string {
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
export function shownPreviewUri(fault: HardcodedFault, project: Project, file: SourceFile): string {
  const variable = previewVariable(fault.messageId, project, file);
  return previewUri(fault, project, file) ?? `\`https://\${process.env.${variable}}/…\``;
}
