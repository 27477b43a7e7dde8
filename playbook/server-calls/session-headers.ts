/**
 * `authkit(request)` returns headers that have to reach the browser and the page: the renewed session cookie, the PKCE cookie of a sign-in,
 * and what `withAuth()` reads. Thrown away, they sign users out for good (PLAYBOOK §8).
 */
import type { TSESTree } from '@typescript-eslint/types';
import {
  type Node,
  enclosingFunction,
  contains,
  hasNode,
  isFunction,
  propertyName,
  unwrap,
  walkOwnCode,
  wrapped,
} from '../../analysis/syntax/ast.ts';
import { type Located, definitionOf } from '../../analysis/syntax/bindings.ts';
import { hasDirective } from '../../analysis/syntax/directives.ts';
import { isReachable } from '../../analysis/flow/flow-values.ts';
import { type Variable, readsOf, variableOf } from '../../analysis/syntax/scopes.ts';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import type { Evaluator } from '../../analysis/values/evaluate.ts';
import { type Value, literal, unknown } from '../../analysis/values/values.ts';
import { type Project, isAtLeast } from '../../project/project.ts';
import { proxyFilesOf } from '../../project/proxy-files.ts';
import type { Finder, Finding } from '../finding.ts';
import { type Use, useAt, usesOf } from '../libraries/index.ts';
import { AUTHKIT, createServerEvaluator } from './server-code.ts';

export type SessionHeadersMessageId =
  'droppedInHandler' | 'droppedInProxy' | 'leakedHeaders' | 'redirectWithoutHeaders' | 'responseWithoutHeaders';

type HeadersFinding = Finding<SessionHeadersMessageId, never>;

/** Since then the package has `handleAuthkitHeaders()`, and its README no longer shows `next({ headers })`. */
const HANDLES_HEADERS = '3.0.0';

const UNFIXABLE = 'which response needs the headers is for you to say';

export const findDroppedSessionHeaders: Finder<undefined, SessionHeadersMessageId, never> = (file, project) =>
  usesOf(file, project)
    .filter(({ entry }) => entry.returnsSessionHeaders === true)
    .flatMap((use) => findingsOf(use, file, project));

function findingsOf(use: Use, file: SourceFile, project: Project): HeadersFinding[] {
  if (use.node.type !== 'CallExpression') return [];
  const result = resultOf(use.node, file);
  if (result === undefined) return [];
  const isInProxy = !runsInHandler(file, project);
  if (result.headers.length === 0)
    return [
      {
        messageId: isInProxy ? 'droppedInProxy' : 'droppedInHandler',
        data: {},
        range: use.node.range,
        unfixable: isInProxy ? UNFIXABLE : 'the session of withAuth() has no authorizationUrl, and needs the proxy',
      },
    ];
  return isInProxy ? responsesOf(use.node, result, file, project) : [];
}

/**
 * Route handlers, server actions, what renders, and the helpers of these: there the response is not the proxy's, and `withAuth()` is what to call.
 * A helper is the proxy's where the proxy imports it.
 */
function runsInHandler(file: SourceFile, project: Project): boolean {
  if (hasDirective(file.ast, 'use server')) return true;
  // A new proxy has no file on disk yet.
  if (/[\\/](?:proxy|middleware)\.[^\\/]+$/u.test(file.path)) return false;
  const app = project.appOf(file.path);
  return !app || !proxyFilesOf(project.facts, app).some((path) => imports(project.sourceFile(path), file, project, 3));
}

function imports(from: SourceFile | undefined, target: SourceFile, project: Project, depth: number): boolean {
  if (!from || depth === 0) return false;
  return from.ast.body.some((statement) => {
    if (!('source' in statement) || !statement.source) return false;
    const imported = project.load(statement.source.value, from.path);
    return imported?.path === target.path || imports(imported, target, project, depth - 1);
  });
}

interface Result {
  /** Where the headers are read: references to the variable, or `.headers` of the whole. */
  readonly headers: readonly Node[];
}

/** What a call's result is taken apart into; undefined where it is handed on whole. */
function resultOf(call: TSESTree.CallExpression, file: SourceFile): Result | undefined {
  const awaited = wrapped(call).parent;
  const value = awaited?.type === 'AwaitExpression' ? wrapped(awaited) : undefined;
  const parent = value?.parent;
  if (parent?.type === 'MemberExpression' && parent.object === value) {
    const name = propertyName(parent);
    return name === undefined ? undefined : { headers: name === 'headers' ? [parent] : [] };
  }
  if (parent?.type !== 'VariableDeclarator' || parent.init !== value) return undefined;
  if (parent.id.type === 'Identifier') return ofWhole(variableOf(file, parent.id));
  if (parent.id.type !== 'ObjectPattern') return undefined;
  const headers: Node[] = [];
  for (const property of parent.id.properties) {
    if (property.type === 'RestElement') return undefined;
    const name = propertyName(property);
    if (name === undefined) return undefined;
    if (name !== 'headers') continue;
    const target = property.value.type === 'AssignmentPattern' ? property.value.left : property.value;
    const variable = target.type === 'Identifier' ? variableOf(file, target) : undefined;
    if (!variable) return undefined;
    headers.push(...readsOf(variable));
  }
  return { headers };
}

function ofWhole(variable: Variable | undefined): Result | undefined {
  if (!variable) return undefined;
  const headers: Node[] = [];
  for (const read of readsOf(variable)) {
    const access = read.parent;
    if (access?.type === 'VariableDeclarator' && access.id.type === 'ObjectPattern') return undefined;
    if (access?.type !== 'MemberExpression' || access.object !== read) return undefined;
    const name = propertyName(access);
    if (name === undefined) return undefined;
    if (name === 'headers') headers.push(access);
  }
  return { headers };
}

/** The responses of a proxy that go out without the headers, behind the call that returned them. */
function responsesOf(
  call: TSESTree.CallExpression,
  { headers }: Result,
  file: SourceFile,
  project: Project,
): HeadersFinding[] {
  const owner = enclosingFunction(call);
  const block = owner && blockAround(call);
  if (!owner || !block) return [];
  const carriers = carriersOf(owner.body, headers, file);
  const evaluators = { signedIn: evaluatorFor(call, project, true), signedOut: evaluatorFor(call, project, false) };
  const findings: HeadersFinding[] = [];
  walkOwnCode(owner, (node) => {
    if (node.type !== 'ReturnStatement' || !node.argument || node.range[0] < call.range[1] || !contains(block, node))
      return;
    for (const returned of armsOf(node.argument)) {
      const finding = judge({ file, node: returned }, carriers, evaluators, project);
      if (finding) findings.push(finding);
    }
  });
  return findings;
}

function armsOf(expression: Node): readonly Node[] {
  const node = unwrap(expression);
  return node.type === 'ConditionalExpression' ? [...armsOf(node.consequent), ...armsOf(node.alternate)] : [node];
}

function blockAround(node: Node): Node | undefined {
  for (let current = node.parent; current; current = current.parent)
    if (current.type === 'BlockStatement') return current;
  return undefined;
}

/** Nodes that have the headers in them: reads of them, and of the variables that something has put them into. */
function carriersOf(body: Node, headers: readonly Node[], file: SourceFile): ReadonlySet<Node> {
  const carriers = new Set(headers);
  const variables = new Set<Variable>();
  const mentions = (node: Node) => hasNode(node, (each) => carriers.has(each));
  for (let before = -1; before !== carriers.size;) {
    before = carriers.size;
    walkOwnCode(body, (node) => {
      if (node.type !== 'ExpressionStatement' && node.type !== 'VariableDeclarator' && node.type !== 'ForOfStatement')
        return;
      if (!mentions(node)) return;
      // Whatever else stands in the statement may have been given the headers: `headers.forEach((v, k) => response.headers.set(k, v))`.
      for (const variable of variablesIn(node, file)) {
        if (variables.has(variable)) continue;
        variables.add(variable);
        for (const read of readsOf(variable)) carriers.add(read);
      }
    });
  }
  return carriers;
}

/** The local variables that a statement declares, or calls something on or with. */
function variablesIn(statement: Node, file: SourceFile): readonly Variable[] {
  const found: Variable[] = [];
  const add = (node: Node) => {
    const variable = node.type === 'Identifier' ? variableOf(file, node) : undefined;
    // A function or an import holds nothing; neither does the request that everything is asked about.
    if (variable?.defs.some(({ type }) => (type as string) === 'Variable')) found.push(variable);
  };
  if (statement.type === 'VariableDeclarator') {
    hasNode(statement.id, (node) => (add(node), false));
    return found;
  }
  hasNode(statement, (node) => (add(node), false));
  return found;
}

interface Evaluators {
  readonly signedIn: Evaluator;
  readonly signedOut: Evaluator;
}

/** An evaluator that knows what the call returns for somebody who is signed in, or who is not (authkit-nextjs `src/session.ts` `updateSession`). */
function evaluatorFor(call: TSESTree.CallExpression, project: Project, isSignedIn: boolean): Evaluator {
  return createServerEvaluator(project, ({ file, node }) => {
    if (node !== call) return undefined;
    const from = { file, node };
    const some: Value = { ...unknown(from), isSet: true };
    const object = (properties: Readonly<Record<string, Value>>): Value => ({
      type: 'object',
      properties: new Map(
        Object.entries(properties).map(([name, value]) => [name, { value, node: from, certain: true }] as const),
      ),
      open: true,
      from,
    });
    return object({
      session: object({ user: isSignedIn ? some : literal(null, from) }),
      headers: some,
      authorizationUrl: isSignedIn ? literal(undefined, from) : some,
    });
  });
}

function judge(
  returned: Located,
  carriers: ReadonlySet<Node>,
  { signedIn, signedOut }: Evaluators,
  project: Project,
): HeadersFinding | undefined {
  const { file, node } = returned;
  const response = responseAt(returned, project);
  if (!response) return undefined;
  const finding = (messageId: SessionHeadersMessageId): HeadersFinding => ({
    messageId,
    data: { response: `${response.name}()` },
    range: node.range,
    unfixable: UNFIXABLE,
  });
  if (hasNode(node, (each) => carriers.has(each))) {
    const isNew = isAtLeast(project.versionOf(file.path, AUTHKIT), HANDLES_HEADERS) !== false;
    return isNew && response.kind === 'next' && isLeak(response.call, carriers) ? finding('leakedHeaders') : undefined;
  }
  if (hasNode(response.call, (each) => carriers.has(each))) return undefined;
  if (isReachable(signedIn, returned)) return finding('responseWithoutHeaders');
  if (!isReachable(signedOut, returned)) return undefined;
  if (response.kind === 'redirect') return leadsToSignIn(response.call) ? finding('redirectWithoutHeaders') : undefined;
  // A refusal needs nothing: no page is rendered, and no session is lost.
  return response.kind === 'body' ? undefined : finding('responseWithoutHeaders');
}

// NextResponse.redirect(authorizationUrl), whatever it is called here
const leadsToSignIn = (call: Node): boolean =>
  hasNode(call, (node) => node.type === 'Identifier' && /^auth(?:orization)?_?ur[li]$/iu.test(node.name));

// NextResponse.next({ headers }), and not inside of `request`
function isLeak({ arguments: [options] }: ResponseCall, carriers: ReadonlySet<Node>): boolean {
  return (
    options?.type === 'ObjectExpression' &&
    options.properties.some(
      (property) =>
        property.type === 'Property' && propertyName(property) === 'headers' && carriers.has(unwrap(property.value)),
    )
  );
}

type ResponseCall = TSESTree.CallExpression | TSESTree.NewExpression;

interface MadeResponse {
  readonly name: string;
  readonly kind: 'body' | 'next' | 'redirect' | 'rewrite';
  readonly call: ResponseCall;
}

/** The response that an expression is, where it is made in the open: here, or in the one `return` of a function of the project. */
function responseAt(expression: Located, project: Project, depth = 3): MadeResponse | undefined {
  const definition = definitionOf(expression, project);
  if (definition.kind !== 'value' || definition.path.length > 0 || depth === 0) return undefined;
  const { file, node } = definition;
  if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return undefined;
  const use = useAt({ file, node }, project);
  if (use?.entry.response !== undefined) return { name: use.name, kind: use.entry.response, call: node };
  const callee = unwrap(node.callee);
  const global = globalResponse({ file, node: callee });
  if (global) return { ...global, call: node };
  const helper = definitionOf({ file, node: callee }, project);
  if (helper.kind !== 'value' || !isFunction(helper.node) || node.type === 'NewExpression') return undefined;
  const results: Node[] = [];
  if (helper.node.body.type === 'BlockStatement')
    walkOwnCode(helper.node, (each) => {
      if (each.type === 'ReturnStatement' && each.argument) results.push(each.argument);
    });
  else results.push(helper.node.body);
  const [only, other] = results;
  const made = only && !other ? responseAt({ file: helper.file, node: only }, project, depth - 1) : undefined;
  return made && { ...made, call: node };
}

function globalResponse({ file, node }: Located): Pick<MadeResponse, 'kind' | 'name'> | undefined {
  const root = node.type === 'MemberExpression' ? unwrap(node.object) : node;
  if (root.type !== 'Identifier' || root.name !== 'Response' || variableOf(file, root)) return undefined;
  const member = node.type === 'MemberExpression' ? propertyName(node) : undefined;
  if (member === 'redirect') return { name: 'Response.redirect', kind: 'redirect' };
  return { name: member === undefined ? 'Response' : `Response.${member}`, kind: 'body' };
}
