/** The edit of a redirect URI that is the path of the callback alone: AuthKit's variable has the whole URL. */
import { defineExport } from '../../../analysis/syntax/bindings/definitions.ts';
import { makesCallbackHandler } from '../../callback-handler.ts';
import type { RedirectUri } from '../evaluate/redirect-uri.ts';
import type { SinkUse } from '../evaluate/sink-use.ts';
import { type PreviewFix, previewFix } from './preview-fix.ts';
import { knowsRedirectVariable } from './redirect-variable.ts';

/** The fix of a path that a route serves which finishes sign-ins; undefined where a page may be meant, or no variable has the URL. */
export function pathFix(use: SinkUse, uri: RedirectUri): PreviewFix | undefined {
  if (!use.isOptional || uri.path === undefined || uri.host.kind !== 'none') return undefined;
  if (!knowsRedirectVariable(use) || !isCallback(uri.path, use)) return undefined;
  // Nothing of it is to be kept, as of a URL on localhost.
  const local: RedirectUri = { ...uri, host: { kind: 'localhost', host: 'localhost' } };
  const fault = { messageId: 'localhost', uri: local, use, range: use.site.node.range } as const;
  const fix = previewFix(fault, [fault]);
  return fix.fix ? fix : undefined;
}

function isCallback(path: string, { file, project }: SinkUse): boolean {
  const app = project.appOf(file.path);
  const route = app && project.routesOf(app).find(({ kind, pattern }) => kind === 'route' && pattern === path);
  const handler = route && project.sourceFile(route.path);
  return handler !== undefined && makesCallbackHandler(defineExport(handler, 'GET', [], project), project);
}
