/**
 * A proxy that sends the headers of `authkit()` to the browser and none of them to the page: it copies the cookies alone, or `partitionAuthkitHeaders()`
 * parts them, and what that returns for the page is not taken. `withAuth()` throws there, as on a route without a proxy (workos/authkit-nextjs#361).
 */
import {
  type FunctionNode,
  type Node,
  enclosingFunction,
  propertyName,
  unwrapAwait,
  walkOwnCode,
  wrapped,
} from '../../analysis/syntax/ast.ts';
import { moduleRequestsOf } from '../../analysis/syntax/bindings/module-requests.ts';
import { readsOf, variableOf } from '../../analysis/syntax/bindings/scopes.ts';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import { leavesOf } from '../../analysis/flow/origins.ts';
import type { Project } from '../../project/project.ts';
import { appRoutesOf } from '../../project/routes/route-files.ts';
import { useAt, usesOf, workosLoader } from '../libraries/index.ts';
import { readerOf } from '../proxy/session-readers.ts';
import { type SeenResponse, responseAt } from './responses.ts';
import { expressionAt } from '../../analysis/syntax/bindings/expressions.ts';

/** The first response behind a call of `authkit()` that lets a page run without what is meant for it, in an app whose pages read the session. */
export function pageLeftOut(
  call: Node,
  headers: readonly Node[],
  file: SourceFile,
  project: Project,
): SeenResponse | undefined {
  const owner = enclosingFunction(call);
  const isLeftOut = headers.length > 0 && headers.every((read) => isTakenWithoutPage(read, file, project));
  // Who writes AuthKit's headers by hand knows what `withAuth()` looks for.
  if (!owner || !isLeftOut || /x-workos/iu.test(file.text)) return undefined;
  const response = sendsElsewhere(call, file, project) ? undefined : responseBehind(call, owner, file, project);
  return response && hasReaders(file, project) ? response : undefined;
}

/** Whether pages may be given the headers by another way: a proxy that hands some paths to `authkitProxy()`, or to a helper that calls AuthKit. */
function sendsElsewhere(call: Node, file: SourceFile, project: Project): boolean {
  const helpers = moduleRequestsOf(file).flatMap(({ module }) => project.load(module, file.path) ?? []);
  return [file, ...helpers].some((place) =>
    usesOf(place, workosLoader(project)).some(
      ({ entry, node }) =>
        node !== call &&
        (entry.proxy !== undefined ||
          (entry.sendsSessionHeaders === true && entry.resultForPage === undefined && !entry.finishesResponse)),
    ),
  );
}

const hasReaders = ({ path }: SourceFile, project: Project): boolean => {
  const app = project.appOf(path);
  return app !== undefined && appRoutesOf(project.facts, app).some((route) => readerOf(route, project) !== undefined);
};

/** `headers.getSetCookie()`, `headers.get('set-cookie')`: what is for the browser alone. */
function takesCookies(access: Node | undefined): boolean {
  const call = access?.type === 'MemberExpression' ? access.parent : undefined;
  if (access?.type !== 'MemberExpression' || call?.type !== 'CallExpression' || call.callee !== access) return false;
  const [name] = call.arguments;
  const isCookie = name?.type === 'Literal' && String(name.value).toLowerCase() === 'set-cookie';
  return propertyName(access) === 'getSetCookie' || (propertyName(access) === 'get' && isCookie);
}

/** The same of `const { responseHeaders } = partitionAuthkitHeaders(request, headers)`, without `requestHeaders`; also by members of the whole. */
function isTakenWithoutPage(read: Node, file: SourceFile, project: Project): boolean {
  const call = wrapped(read).parent;
  if (takesCookies(call)) return true;
  const part = call?.type === 'CallExpression' ? useAt({ file, node: call }, project)?.entry.resultForPage : undefined;
  const taken = call && wrapped(call).parent;
  if (part === undefined) return false;
  if (taken?.type === 'MemberExpression') return isOther(propertyName(taken), part);
  if (taken?.type !== 'VariableDeclarator') return false;
  if (taken.id.type === 'ObjectPattern')
    return taken.id.properties.every((one) => one.type === 'Property' && isOther(propertyName(one), part));
  const variable = taken.id.type === 'Identifier' ? variableOf(file, taken.id) : undefined;
  return (
    variable !== undefined &&
    readsOf(variable).every((one) => {
      const access = wrapped(one).parent;
      return access?.type === 'MemberExpression' && isOther(propertyName(access), part);
    })
  );
}

const isOther = (name: string | undefined, part: string): boolean => name !== undefined && name !== part;

function responseBehind(call: Node, owner: FunctionNode, file: SourceFile, project: Project): SeenResponse | undefined {
  let found: SeenResponse | undefined;
  walkOwnCode(owner, (node) => {
    if (found || node.type !== 'ReturnStatement' || !node.argument || node.range[0] < call.range[1]) return;
    found = leavesOf(node.argument)
      .map((leaf) => finishedAt(leaf, file, project))
      .find((made) => made?.through.length === 0 && (made.kind === 'next' || made.kind === 'rewrite'));
  });
  return found;
}

/** The response that is returned, or that is finished by a function of AuthKit's: `applyResponseHeaders(response, responseHeaders)`. */
function finishedAt(leaf: Node, file: SourceFile, project: Project): SeenResponse | undefined {
  const returned = expressionAt({ file, node: unwrapAwait(leaf) }, project);
  if (returned?.file !== file) return undefined;
  const { node } = returned;
  const isFinished = node.type === 'CallExpression' && useAt({ file, node }, project)?.entry.finishesResponse === true;
  const response = isFinished ? node.arguments[0] : node;
  return response && responseAt({ file, node: response }, project);
}
