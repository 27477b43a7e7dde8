/** Whether a handler turns a request away before it does anything: one by the router, or every `GET`. */
import { type FunctionNode, type Node, unwrap, walkOwnCode } from '../../analysis/syntax/ast.ts';
import { type Located, definitionOf } from '../../analysis/syntax/bindings.ts';
import type { Evaluator } from '../../analysis/values/evaluate.ts';
import { isReachable } from '../../analysis/flow/flow-values.ts';
import type { ModuleLoader } from '../../analysis/syntax/modules.ts';
import { knownText } from '../../analysis/values/values.ts';

/** Whether a request by the router is answered before the last statement that a click comes to. */
export function isGuarded({ file, node }: Located<FunctionNode>, prefetch: Evaluator, click: Evaluator): boolean {
  if (node.body.type !== 'BlockStatement') return false;
  const last = node.body.body.findLast(
    (one) => one.type !== 'FunctionDeclaration' && isReachable(click, { file, node: one }),
  );
  return last !== undefined && !isReachable(prefetch, { file, node: last });
}

/** Whether the handler turns every `GET` away: an API route for `POST` alone. */
export function endsBeforeWork({ file, node }: Located<FunctionNode>, evaluator: Evaluator): boolean {
  const last = node.body.type === 'BlockStatement' ? node.body.body.at(-1) : undefined;
  return (
    last !== undefined &&
    /\bmethod\b/u.test(file.text.slice(...node.range)) &&
    !isReachable(evaluator, { file, node: last })
  );
}

/** Whether all that a request comes to is a refusal (404, 405, 501), a page of the app that the browser is sent to, a fixed text, or nothing. */
export function refuses({ file, node }: Located<FunctionNode>, evaluator: Evaluator): boolean {
  const kinds = new Set<StepKind>();
  if (node.body.type === 'BlockStatement') {
    walkOwnCode(node.body, (one) => {
      if (kinds.has('other')) return false;
      if (one.type !== 'ReturnStatement' && one.type !== 'ExpressionStatement' && one.type !== 'VariableDeclaration')
        return true;
      if (isReachable(evaluator, { file, node: one })) kinds.add(kindOfStatement({ file, node: one }, evaluator));
      return false;
    });
  } else kinds.add(answerKind({ file, node: node.body }, evaluator));
  if (kinds.has('other')) return false;
  return kinds.size === 0 || kinds.has('refusal') || (kinds.has('answer') && !kinds.has('work'));
}

/**
 * - `refusal`: nothing was done, whatever is called before it.
 * - `answer`: it does nothing itself.
 * - `work`: a value that is asked for.
 * - `part`: it goes with an answer and decides nothing: `res.setHeader('Allow', 'POST')`, `res.end()`.
 */
type StepKind = 'answer' | 'other' | 'part' | 'refusal' | 'work';

function kindOfStatement({ file, node }: Located, evaluator: Evaluator): StepKind {
  if (node.type === 'VariableDeclaration') return callsIn(node) ? 'work' : 'part';
  const answer =
    node.type === 'ReturnStatement' ? node.argument : node.type === 'ExpressionStatement' ? node.expression : undefined;
  return answer ? answerKind({ file, node: answer }, evaluator) : 'part';
}

function answerKind({ file, node }: Located, evaluator: Evaluator): StepKind {
  const answer = unwrap(node.type === 'AwaitExpression' ? node.argument : node);
  if (answer.type !== 'CallExpression' && answer.type !== 'NewExpression') return 'other';
  const source = file.text.slice(...answer.range);
  if (/\bstatus\b['"]?\s*:\s*(?:404|405|501)\b|\.(?:status|writeHead)\(\s*(?:404|405|501)\b/u.test(source))
    return 'refusal';
  const callee = { file, node: answer.callee };
  if (isNavigation(callee, /^(?:forbidden|notFound|unauthorized)$/u, evaluator)) return 'refusal';
  if (isRedirect(callee, evaluator))
    return leadsToPage({ file, node: answer.arguments[0] ?? answer }, evaluator) ? 'answer' : 'other';
  if (/^(?:Next)?Response\.redirect\(/u.test(source))
    return leadsToOwnUrl({ file, node: answer.arguments[0] ?? answer }, evaluator) ? 'answer' : 'other';
  if (
    /^(?:new )?(?:Next)?Response(?:\.json)?\(/u.test(source) &&
    !answer.arguments.some(callsIn) &&
    !/set-cookie/iu.test(source)
  )
    return 'answer';
  return /^res(?:ponse)?\.(?:end|setHeader)\(/u.test(source) ? 'part' : 'other';
}

function callsIn(node: Node): boolean {
  let calls = false;
  walkOwnCode(node, (one) => {
    calls ||= one.type === 'CallExpression' || one.type === 'AwaitExpression';
    return !calls;
  });
  return calls;
}

function leadsToPage(target: Located, evaluator: Evaluator): boolean {
  const path = knownText(evaluator.evaluate(target));
  return path?.startsWith('/') === true && !path.startsWith('/api/') && !/(?:sign|log)-?o(?:ut|ff)/iu.test(path);
}

// new URL('/login', request.url)
function leadsToOwnUrl({ file, node }: Located, evaluator: Evaluator): boolean {
  const target = unwrap(node);
  const [path, base] = target.type === 'NewExpression' ? target.arguments : [];
  return path !== undefined && base !== undefined && leadsToPage({ file, node: path }, evaluator);
}

/** Whether a function of Next.js never gives control back: it throws what the framework catches. */
export function isEnding(loader: ModuleLoader, { file, node }: Located): boolean {
  const name = node.type === 'Identifier' || node.type === 'MemberExpression';
  return (
    name && isNavigationOf({ file, node }, /^(?:forbidden|notFound|(?:permanentR|r)edirect|unauthorized)$/u, loader)
  );
}

/** Whether a callee is `redirect` of `next/navigation`. */
export function isRedirect(callee: Located, evaluator: Evaluator): boolean {
  return isNavigation(callee, /^(?:permanentR|r)edirect$/u, evaluator);
}

function isNavigation(expression: Located, name: RegExp, { options }: Evaluator): boolean {
  return isNavigationOf(expression, name, options.loader);
}

function isNavigationOf(expression: Located, name: RegExp, loader: ModuleLoader): boolean {
  const callee = definitionOf(expression, loader);
  return callee.kind === 'export' && callee.module === 'next/navigation' && name.test(callee.name);
}
