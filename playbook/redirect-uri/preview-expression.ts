/** The expression that the playbook writes for a preview's redirect URI. */
import type { SourceFile } from '../../analysis/source-file.ts';
import type { Project } from '../../project/project.ts';
import type { Sent } from './sent.ts';
import { previewHostVariable } from './registered.ts';

/** `` `https://${process.env.VERCEL_URL}/callback` ``, with the callback path that is sent now. */
export function previewUri(sent: Sent, project: Project, file: SourceFile): string {
  const path = sent.path ?? '/callback';
  return `\`https://\${process.env.${previewHostVariable(file, project)}}${path === '/' ? '' : path}\``;
}

/** The same behind its guard, for a message. */
export function previewExpression(sent: Sent, project: Project, file: SourceFile): string {
  return `process.env.VERCEL_ENV === 'preview' ? ${previewUri(sent, project, file)} : …`;
}
