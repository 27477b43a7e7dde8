/** The URLs that `<script type="speculationrules">` has the browser fetch: `{ prefetch: [{ urls: ['/next'] }] }`, as JSON. */
import type { TSESTree } from '@typescript-eslint/types';
import type { Located } from '../../../analysis/syntax/bindings/definitions.ts';
import {
  type ObjectValue,
  type Value,
  alternativesOf,
  knownText,
  listOf,
  literal,
  objectWith,
  text,
  unknown,
} from '../../../analysis/values/values.ts';
import type { Run } from '../run.ts';

/** The URLs that the rules of a script list. Rules for the links of a page (`where`) list none: which links those are is not known. */
export function speculatedUrls(props: ObjectValue, element: TSESTree.JSXOpeningElement, run: Run): readonly Value[] {
  const rules = rulesOf(props, element, run);
  const member = (value: Value, name: string): Value => run.evaluator.member(value, name, props.from);
  return ['prefetch', 'prerender']
    .flatMap((kind) => itemsOf(member(rules, kind)))
    .filter((rule) => isUnasked(member(rule, 'eagerness')))
    .flatMap((rule) => itemsOf(member(rule, 'urls')));
}

/** Whether the browser waits for no one: `moderate` is on hover, `conservative` on a press. A list without a word is fetched at once. */
function isUnasked(eagerness: Value): boolean {
  if (eagerness.type === 'literal') return eagerness.value === undefined;
  return /^(?:immediate|eager)$/u.test(knownText(eagerness) ?? '');
}

function rulesOf({ from, properties }: ObjectValue, element: TSESTree.JSXOpeningElement, run: Run): Value {
  const { file } = from;
  const child = element.parent.children.find(({ type }) => type === 'JSXExpressionContainer');
  const html = properties.get('dangerouslySetInnerHTML')?.value;
  const given =
    child?.type === 'JSXExpressionContainer'
      ? run.valueOf({ file, node: child.expression })
      : html && run.evaluator.member(html, '__html', from);
  if (!given) return unknown(from);
  const json = knownText(given);
  if (json !== undefined) return parsed(json, from);
  const { node } = given.from;
  const isJson =
    node.type === 'CallExpression' && /^JSON\.stringify$/u.test(given.from.file.text.slice(...node.callee.range));
  const rules = isJson ? node.arguments[0] : undefined;
  return rules ? run.valueOf({ file: given.from.file, node: rules }) : unknown(from);
}

const itemsOf = (value: Value): readonly Value[] =>
  alternativesOf(value).flatMap((one) => (one.type === 'array' ? one.items.map((item) => item.value) : []));

function parsed(json: string, from: Located): Value {
  try {
    return valueOf(JSON.parse(json), from);
  } catch {
    return unknown(from);
  }
}

/** What JSON holds, as an object that is written out has it. */
function valueOf(json: unknown, from: Located): Value {
  if (typeof json === 'string') return text(json, from);
  if (Array.isArray(json))
    return listOf(
      json.map((item) => valueOf(item, from)),
      from,
    );
  if (typeof json === 'object' && json !== null) {
    const members = Object.entries(json).map(([name, value]) => [name, valueOf(value, from)] as const);
    return objectWith(Object.fromEntries(members), false, from);
  }
  return typeof json === 'number' || typeof json === 'boolean' || json === null ? literal(json, from) : unknown(from);
}
