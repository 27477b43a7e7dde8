/**
 * `NextResponse.next({ request: { headers } })` with what `authkit()` returned and nothing else: Next.js removes every header of the request that is
 * not among them, the cookies as well (vercel/next.js `packages/next/src/server/lib/router-utils/resolve-routes.ts`). Up to authkit-nextjs 0.17
 * they were a copy of the request's; since 1.1 they are AuthKit's own alone (`src/session.ts` `updateSession`).
 */
import { type Node, propertyName, unwrap, wrapped } from '../../analysis/syntax/ast.ts';
import { type Located } from '../../analysis/syntax/bindings/definitions.ts';
import { declarationOf } from '../../analysis/syntax/bindings/declarations.ts';
import { propertyNamed } from '../../analysis/syntax/objects.ts';
import { readsOf, variableOf, isGlobal } from '../../analysis/syntax/bindings/scopes.ts';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import { type Project, isAtLeast } from '../../project/project.ts';
import { AUTHKIT } from '../libraries/authkit-nextjs.ts';
import { useAt } from '../libraries/index.ts';
import { type ResponseCall, madeResponse } from '../made-response.ts';
import { expressionAt } from '../../analysis/syntax/bindings/expressions.ts';

/** The first release whose source is known to start from no header at all. */
const STARTS_EMPTY = '1.1.0';

/** Where the headers of a request are replaced. */
export interface Replacement {
  /** The expression that has AuthKit's headers alone: `headers`, `new Headers(headers)`. */
  readonly value: Node;
  /** Whether it is written as a shorthand property. */
  readonly isShorthand: boolean;
}

/** What a `NextResponse.next()` replaces the headers of the request with, where that is certain; `headers` are all reads of AuthKit's. */
export function replacementIn(
  { arguments: [argument] }: ResponseCall,
  headers: readonly Node[],
  file: SourceFile,
  project: Project,
): Replacement | undefined {
  if (isAtLeast(project.versionOf(file.path, AUTHKIT), STARTS_EMPTY) === false) return undefined;
  const options = argument && objectAt({ file, node: argument }, project);
  const request = options && propertyNamed(options, 'request')?.value;
  const given = request && objectAt({ file, node: request }, project);
  const property = given && propertyNamed(given, 'headers');
  const value = property && unwrap(property.value);
  if (!value || !isAlone(value, new Set(headers), file)) return undefined;
  // Something that is not followed may have put the request's headers into them.
  return headers.every((read) => addsNothing(read, file, project))
    ? { value, isShorthand: property.shorthand }
    : undefined;
}

function objectAt(expression: Located, project: Project) {
  const object = expressionAt(expression, project, 'ObjectExpression');
  return object?.file === expression.file ? object.node : undefined;
}

/** AuthKit's headers, a copy of them, or a variable that holds a copy and is given single headers at most. */
function isAlone(value: Node, headers: ReadonlySet<Node>, file: SourceFile): boolean {
  if (headers.has(value)) return true;
  if (value.type === 'NewExpression') {
    const { arguments: args, callee } = value;
    const [copied] = args;
    return isGlobal(file, callee, 'Headers') && copied !== undefined && headers.has(unwrap(copied));
  }
  const variable = value.type === 'Identifier' ? variableOf(file, value) : undefined;
  const declaration = variable && declarationOf(variable);
  if (!variable || declaration?.kind !== 'value' || declaration.node.type !== 'NewExpression') return false;
  if (!isAlone(declaration.node, headers, file)) return false;
  return readsOf(variable).every((read) => read === value || isReceiver(read));
}

/** `headers.get('set-cookie')`, `headers.set('x-path', path)`, `headers.forEach(…)`: it gets the named header at most. */
function isReceiver(read: Node): boolean {
  const { parent } = wrapped(read);
  if (parent?.type !== 'MemberExpression' || unwrap(parent.object) !== unwrap(read)) return false;
  const call = parent.parent.type === 'CallExpression' && parent.parent.callee === parent ? parent.parent : undefined;
  if (!call) return false;
  if (!/^(?:append|set)$/u.test(propertyName(parent) ?? '')) return true;
  const [name] = call.arguments;
  return name?.type === 'Literal' && typeof name.value === 'string' && !/^cookie$/iu.test(name.value);
}

/** Whether a read of AuthKit's headers puts no others among them. */
function addsNothing(read: Node, file: SourceFile, project: Project): boolean {
  if (isReceiver(read)) return true;
  const { parent } = wrapped(read);
  switch (parent?.type) {
    case 'ForOfStatement':
      return parent.right === wrapped(read);
    case 'Property':
      return isInOptions(read, file, project);
    case 'NewExpression':
      return true;
    case 'CallExpression':
      return useAt({ file, node: parent }, project)?.entry !== undefined || isOfGlobal(parent.callee, file);
    default:
      return false;
  }
}

/** Options that are nested deeper, or in more variables, no one writes. */
const MAX_OBJECTS = 5;

/** `NextResponse.next({ request: { headers } })`, options of AuthKit's: any other object may be where headers are added. */
function isInOptions(expression: Node, file: SourceFile, project: Project, depth = 0): boolean {
  const value = wrapped(expression);
  const { parent } = value;
  if (depth > MAX_OBJECTS) return false;
  switch (parent?.type) {
    case 'Property':
      return parent.value === value && isInOptions(parent.parent, file, project, depth + 1);
    case 'VariableDeclarator': {
      const variable = parent.id.type === 'Identifier' ? variableOf(file, parent.id) : undefined;
      const [read, another] = variable ? readsOf(variable) : [];
      return read !== undefined && another === undefined && isInOptions(read, file, project, depth + 1);
    }
    case 'CallExpression':
    case 'NewExpression': {
      const call = { file, node: parent };
      const isOfAuthKit = useAt(call, project)?.library.modules.includes(AUTHKIT) === true;
      return parent.callee !== value && (isOfAuthKit || madeResponse(call, project) !== undefined);
    }
    default:
      return false;
  }
}

/** `Object.fromEntries(headers)`, `Array.from(headers)` */
const isOfGlobal = (callee: Node, file: SourceFile): boolean =>
  callee.type === 'MemberExpression' && isGlobal(file, unwrap(callee.object), 'Array', 'Object');
