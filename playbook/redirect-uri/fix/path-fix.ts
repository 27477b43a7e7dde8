/** The edit of a redirect URI that is the path of the callback alone: AuthKit's variable has the whole URL. */
import { defineExport } from '../../../analysis/syntax/bindings/definitions.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import type { Project } from '../../../project/project.ts';
import { makesCallbackHandler } from '../../callback-handler.ts';
import type { RedirectUri } from '../evaluate/redirect-uri.ts';
import type { SinkUse } from '../evaluate/sink-uses.ts';
import { type PreviewFix, previewFix } from './preview-fix.ts';
import { knowsRedirectVariable } from './redirect-variable.ts';

/** The fix of a path that a route serves which finishes sign-ins; undefined where a page may be meant, or no variable has the URL. */
export function pathFix(use: SinkUse, uri: RedirectUri, file: SourceFile, project: Project): PreviewFix | undefined {
  const { sink } = use;
  const isOptional = (sink.kind === 'proxy' || sink.kind === 'sign-in') && !sink.isRequired;
  if (!isOptional || uri.path === undefined || uri.host.kind !== 'none') return undefined;
  if (!knowsRedirectVariable(file, project) || !isCallback(uri.path, file, project)) return undefined;
  // Nothing of it is to be kept, as of a URL on localhost.
  const local: RedirectUri = { ...uri, host: { kind: 'localhost', host: 'localhost' } };
  const fault = { messageId: 'localhost', uri: local, use, range: use.site.node.range } as const;
  const fix = previewFix(fault, [fault], file, project);
  return fix.fix ? fix : undefined;
}

function isCallback(path: string, { path: from }: SourceFile, project: Project): boolean {
  const app = project.appOf(from);
  const route = app && project.routesOf(app).find(({ kind, pattern }) => kind === 'route' && pattern === path);
  const handler = route && project.sourceFile(route.path);
  return handler !== undefined && makesCallbackHandler(defineExport(handler, 'GET', [], project), project);
}
