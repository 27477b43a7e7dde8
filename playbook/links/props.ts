/** The props that a use of a component gives it: its attributes and spreads, what a host hands on, what `attrs` lay over them. */
import type { TSESTree } from '@typescript-eslint/types';
import { attributeName, unwrap } from '../../analysis/syntax/ast.ts';
import type { Located } from '../../analysis/syntax/bindings/definitions.ts';
import { declarationOf } from '../../analysis/syntax/bindings/declarations.ts';
import type { ModuleLoader } from '../../analysis/syntax/bindings/modules.ts';
import { variableOf } from '../../analysis/syntax/bindings/scopes.ts';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import { type ObjectValue, type Value, alternativesOf, literal, oneOf, unknown } from '../../analysis/values/values.ts';
import type { ComponentUse } from './component-uses.ts';
import { prefetchPropOf, prefetchPropOfType } from './prefetch-prop.ts';
import type { Run } from './run.ts';

/** More ways in which spreads come out together are taken for the first of them. */
const MAX_SPREADS = 16;

/**
 * The props of a use, those that a host hands on laid under its own. One object for each way in which its spreads
 * come out: `{...(user ? { href: '/sign-out', prefetch: false } : { href: '/sign-in' })}`.
 */
export function propsOf({ carriers, file, node: user }: ComponentUse, run: Run): ObjectValue[] {
  let ways: ObjectValue[] = [{ type: 'object', properties: new Map(), open: false, from: { file, node: user } }];
  const lay = (value: Value): void => {
    ways = ways.flatMap((props) => alternativesOf(value).map((arm) => laid(props, arm))).slice(0, MAX_SPREADS);
  };
  for (const carrier of carriers) {
    if (carrier.type !== 'JSXOpeningElement') {
      lay(run.valueOf({ file, node: carrier }));
      continue;
    }
    for (const attribute of carrier.attributes) {
      const node: Located = { file, node: attribute };
      if (attribute.type === 'JSXSpreadAttribute') {
        const spread = run.valueOf({ file, node: attribute.argument });
        lay(
          oneOf(
            alternativesOf(spread).map((arm) => withPlace(arm, node)),
            node,
          ),
        );
        if (spread.type === 'unknown' && mayBringPrefetch(file, attribute, run.project))
          ways = ways.map((props) => withDoubt(props, node));
        continue;
      }
      const value = mayLead(attribute) ? run.valueOf(node) : unknown(node);
      ways = ways.map((props) => withProp(props, attributeName(attribute), value, node));
    }
  }
  return ways;
}

/** Props with another one over them. */
export const withProp = (props: ObjectValue, name: string, value: Value, node = props.from): ObjectValue => ({
  ...props,
  properties: new Map(props.properties).set(name, { value, node, certain: true }),
});

/** Props with those that `styled(Link).attrs(…)` lays over them. */
export function withAttrs(props: ObjectValue, attrs: Located | undefined, { always, evaluator }: Run): ObjectValue {
  if (!attrs) return props;
  const value = always.valueOf(attrs);
  return laid(props, value.type === 'function' ? (evaluator.call(value, [props], attrs) ?? unknown(attrs)) : value);
}

/** Props over whose `prefetch`, where they have one, a spread may have laid its own. */
function withDoubt(props: ObjectValue, node: Located): ObjectValue {
  const before = props.properties.get('prefetch');
  if (!before) return props;
  const value = oneOf([before.value, literal(true, node)], node);
  return { ...props, properties: new Map(props.properties).set('prefetch', { value, node, certain: false }) };
}

/** Props with those of a spread over them. What is no object adds nothing that is known. */
function laid(props: ObjectValue, spread: Value): ObjectValue {
  if (spread.type !== 'object') return { ...props, open: props.open || spread.type === 'unknown' };
  return {
    ...props,
    properties: new Map([...props.properties, ...spread.properties]),
    open: props.open || spread.open,
  };
}

/** What a spread holds stands, for an edit, where the spread does. */
function withPlace(value: Value, node: Located): Value {
  if (value.type !== 'object') return value;
  const properties = new Map([...value.properties].map(([name, property]) => [name, { ...property, node }]));
  return { ...value, properties };
}

/** Props that hold links, or lists of them, in the components that people write. */
const LINKING =
  /href|url|link|path|route|action|item|nav|menu|page|option|tab|section|entr|dest|target|data|config|prefetch|^to$|^as$/iu;

const WRITTEN_OUT = new Set([
  'ArrayExpression',
  'Identifier',
  'Literal',
  'MemberExpression',
  'ObjectExpression',
  'TemplateLiteral',
  'UnaryExpression',
]);

/**
 * Whether a prop's value is worth the question: one that is written out, or a name, or anything under a name that links.
 * The rest (handlers, styles, what is computed) stays unknown.
 */
function mayLead(attribute: TSESTree.JSXAttribute): boolean {
  const { value } = attribute;
  if (value?.type !== 'JSXExpressionContainer') return value?.type !== 'JSXElement';
  const expression = unwrap(value);
  if (WRITTEN_OUT.has(expression.type)) return attributeName(attribute) !== 'style';
  return LINKING.test(attributeName(attribute));
}

/**
 * Whether a spread of what no one knows may set `prefetch`, over the one before it: a parameter or constant whose type has it, or the
 * props of a component (or their rest) in a file without types. False for anything else: few spreads hold `prefetch`.
 */
function mayBringPrefetch(file: SourceFile, { argument }: TSESTree.JSXSpreadAttribute, loader: ModuleLoader): boolean {
  const variable = argument.type === 'Identifier' ? variableOf(file, argument) : undefined;
  const declaration = variable && declarationOf(variable);
  if (declaration?.kind === 'value') {
    const { parent } = declaration.node;
    const type =
      parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier' && declaration.path.length === 0
        ? parent.id.typeAnnotation?.typeAnnotation
        : undefined;
    return type !== undefined && hasPrefetch(prefetchPropOfType({ file, node: type }, loader));
  }
  if (declaration?.kind !== 'parameter' || declaration.index !== 0) return false;
  const isWhole = declaration.path.every((step) => typeof step !== 'string' && !step.omit.includes('prefetch'));
  if (!isWhole) return false;
  const prop = prefetchPropOf({ file, node: declaration.function }, loader);
  return hasPrefetch(prop) || (prop.kind === 'unknown' && /\.[cm]?jsx?$/iu.test(file.path));
}

const hasPrefetch = ({ kind }: ReturnType<typeof prefetchPropOf>): boolean => kind === 'boolean' || kind === 'words';
