/** Where a handler sends the browser. */
import { enclosingFunction, isFunction, propertyName, unwrap } from '../../analysis/syntax/ast.ts';
import type { Located } from '../../analysis/syntax/bindings/definitions.ts';
import type { Evaluator } from '../../analysis/values/evaluate.ts';
import { type Value, alternativesOf } from '../../analysis/values/values.ts';
import { isRedirect } from './responses.ts';

const SENDS_AWAY = /redirect(?!_?ur[il])|location/iu;

/** Whether the function at or around a place may send the browser elsewhere, by its text. */
export function mayRedirect({ file, node }: Located): boolean {
  const owner = isFunction(node) ? node : (enclosingFunction(node) ?? node);
  return SENDS_AWAY.test(file.text.slice(...owner.range));
}

/** Whether a place redirects to a URL that has a text in it. */
export function redirectsTo(place: Located, isIt: (text: string) => boolean, evaluator: Evaluator): boolean {
  const target = redirectAt(place, evaluator);
  const values = target ? alternativesOf(target) : [];
  return values.some((value) => {
    const parts = value.type === 'text' ? value.parts : value.type === 'url' ? value.href.parts : [];
    return parts.some((part) => part.kind === 'known' && isIt(part.text));
  });
}

/** Where a place of a handler sends the browser: `redirect('/x')`, `NextResponse.redirect(url)`, `res.redirect(307, '/x')`, `headers: { Location: '/x' }`. */
export function redirectAt({ file, node }: Located, evaluator: Evaluator): Value | undefined {
  if (node.type === 'Property')
    return propertyName(node)?.toLowerCase() === 'location'
      ? evaluator.evaluate({ file, node: node.value })
      : undefined;
  if (node.type !== 'CallExpression') return undefined;
  const callee = unwrap(node.callee);
  const isMethod = callee.type === 'MemberExpression' && propertyName(callee) === 'redirect';
  if (!isMethod && !isRedirect({ file, node: callee }, evaluator.options.loader)) return undefined;
  const values = node.arguments.map((argument) => evaluator.evaluate({ file, node: argument }));
  return values.find(({ type }) => type === 'text' || type === 'url' || type === 'oneOf');
}
