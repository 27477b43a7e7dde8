/** The expressions that the playbook writes for a redirect URI. */
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import type { Project } from '../../../project/project.ts';
import { previewHostVariable } from '../hosting/preview-host.ts';
import type { RedirectUri } from '../evaluate/redirect-uri.ts';

/** `` `https://${process.env.VERCEL_URL}/callback` ``, with the path that is sent now; undefined when that is not known. */
export function previewUri(sent: RedirectUri, project: Project, file: SourceFile): string | undefined {
  return uriOn(previewHostVariable(file.path, project), sent);
}

/** The same for production. */
export function productionUri(sent: RedirectUri): string | undefined {
  return uriOn('VERCEL_PROJECT_PRODUCTION_URL', sent);
}

function uriOn(variable: string, { path }: RedirectUri): string | undefined {
  // What a template literal would take for a hole or its end.
  if (path === undefined || /[$\\`]/u.test(path)) return undefined;
  return `\`https://\${process.env.${variable}}${path === '/' ? '' : path}\``;
}

/** `process.env.VERCEL_ENV === 'preview' ? … : ` */
export function guardedBy(environment: 'preview' | 'production', uri: string, quote: string): string {
  return `process.env.VERCEL_ENV === ${quote}${environment}${quote} ? ${uri} : `;
}

/** What to write, for a message. */
export function previewExpression(sent: RedirectUri, project: Project, file: SourceFile): string {
  const uri =
    previewUri(sent, project, file) ?? `\`https://\${process.env.${previewHostVariable(file.path, project)}}/…\``;
  return `${guardedBy('preview', uri, "'")}…`;
}
