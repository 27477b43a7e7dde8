/** What type a component of the project gives its `prefetch` prop, as far as it is written: a link's, words of its own, or none. */
import type { TSESTree } from '@typescript-eslint/types';
import { type FunctionNode, type Node, literalText, wrapped, isFunction } from '../../analysis/syntax/ast.ts';
import { type Located, definitionOf } from '../../analysis/syntax/bindings/definitions.ts';
import type { ModuleLoader } from '../../analysis/syntax/bindings/modules.ts';
import { declaredTypeOf } from '../../analysis/syntax/types.ts';
import { packageLink } from './components.ts';
import { expressionOf } from '../../analysis/syntax/bindings/expressions.ts';

export type PrefetchProp =
  /** `false` is among its values. */
  | { readonly kind: 'boolean' }
  /** `'hover' | 'none'`, or any text. */
  | { readonly kind: 'words'; readonly words: readonly string[] }
  /** The props have no `prefetch`. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'unknown' };

const BOOLEAN: PrefetchProp = { kind: 'boolean' };
const ABSENT: PrefetchProp = { kind: 'absent' };
const UNKNOWN: PrefetchProp = { kind: 'unknown' };

/** Types made of types. */
const MAX_DEPTH = 12;

/** The `prefetch` of the props that a component is declared with; `unknown` in a file without types. */
export function prefetchPropOf({ file, node }: Located<FunctionNode>, loader: ModuleLoader): PrefetchProp {
  const type = propsTypeOf(node);
  return type ? propOfType({ file, node: type }, loader, MAX_DEPTH) : UNKNOWN;
}

/** The same of props whose type is written at `type`. */
export const prefetchPropOfType = (type: Located, loader: ModuleLoader): PrefetchProp =>
  propOfType(type, loader, MAX_DEPTH);

/** `(props: Props)`, `forwardRef<Ref, Props>((props) => …)`, `const Nav: FC<Props> = (props) => …`. */
function propsTypeOf(component: FunctionNode): Node | undefined {
  const [first] = component.params;
  const pattern = first?.type === 'AssignmentPattern' ? first.left : first;
  const own =
    pattern?.type === 'Identifier' || pattern?.type === 'ObjectPattern'
      ? pattern.typeAnnotation?.typeAnnotation
      : undefined;
  if (own) return own;
  const { parent } = wrapped(component);
  if (parent?.type === 'CallExpression') return parent.typeArguments?.params.at(-1);
  const annotation =
    parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier'
      ? parent.id.typeAnnotation?.typeAnnotation
      : undefined;
  return annotation?.type === 'TSTypeReference' && /(?:FC|Component)$/u.test(nameOf(annotation))
    ? annotation.typeArguments?.params[0]
    : undefined;
}

/** The last part of a type's name: `FC` of `React.FC`. */
function nameOf({ typeName }: TSESTree.TSTypeReference): string {
  if (typeName.type === 'Identifier') return typeName.name;
  return typeName.type === 'TSQualifiedName' ? typeName.right.name : '';
}

function propOfType({ file, node: type }: Located, loader: ModuleLoader, depth: number): PrefetchProp {
  if (depth === 0) return UNKNOWN;
  const next = (node: Node): PrefetchProp => propOfType({ file, node }, loader, depth - 1);
  switch (type.type) {
    case 'TSAnyKeyword':
      return BOOLEAN;
    case 'TSTypeLiteral':
      return propAmong({ file, node: type }, type.members, loader, depth) ?? ABSENT;
    case 'TSInterfaceDeclaration':
      return (
        propAmong({ file, node: type }, type.body.body, loader, depth) ??
        together(type.extends.map((one) => propOfReference({ file, node: one }, loader, depth - 1)))
      );
    case 'TSTypeAliasDeclaration':
      return next(type.typeAnnotation);
    case 'TSIntersectionType':
      return together(type.types.map(next));
    case 'TSUnionType': {
      const kinds = type.types.map(next);
      return kinds.every(({ kind }) => kind === kinds[0]?.kind) ? (kinds[0] ?? UNKNOWN) : UNKNOWN;
    }
    case 'TSTypeReference':
      return propOfReference({ file, node: type }, loader, depth - 1);
    default:
      return UNKNOWN;
  }
}

/** Of types that a value has all of: the one that says something of `prefetch`. */
function together(kinds: readonly PrefetchProp[]): PrefetchProp {
  const find = (kind: PrefetchProp['kind']) => kinds.find((one) => one.kind === kind);
  return find('words') ?? find('boolean') ?? find('unknown') ?? ABSENT;
}

function propAmong(
  { file }: Located,
  members: readonly TSESTree.TypeElement[],
  loader: ModuleLoader,
  depth: number,
): PrefetchProp | undefined {
  for (const member of members) {
    if (member.type !== 'TSPropertySignature' && member.type !== 'TSMethodSignature') continue;
    const { key } = member;
    if ((key.type === 'Identifier' ? key.name : literalText(key)) !== 'prefetch') continue;
    const type = member.type === 'TSPropertySignature' ? member.typeAnnotation?.typeAnnotation : undefined;
    return type ? valueOfType({ file, node: type }, loader, depth - 1) : UNKNOWN;
  }
  return undefined;
}

type Reference = TSESTree.TSInterfaceHeritage | TSESTree.TSTypeReference;

/** Types that hand the type they are given on. */
const SAME = new Set(['Partial', 'PropsWithChildren', 'PropsWithRef', 'PropsWithoutRef', 'Readonly', 'Required']);
/** Types of React for the props of an element, which have no `prefetch`. */
const OF_ELEMENTS = /^(?:\w*HTMLAttributes|HTMLProps|AriaAttributes|DOMAttributes|RefAttributes|Attributes)$/u;

function propOfReference({ file, node }: Located<Reference>, loader: ModuleLoader, depth: number): PrefetchProp {
  if (depth <= 0) return UNKNOWN;
  const name = nameOfReference(node);
  const [first, second] = node.typeArguments?.params ?? [];
  const next = (type: Node): PrefetchProp => propOfType({ file, node: type }, loader, depth - 1);
  if (first && SAME.has(name)) return next(first);
  if (first && second && (name === 'Omit' || name === 'Pick')) {
    const names = namesIn(second);
    if (!names) return UNKNOWN;
    return names.includes('prefetch') === (name === 'Pick') ? next(first) : ABSENT;
  }
  if (first && /^ComponentProps(?:With(?:out)?Ref)?$/u.test(name))
    return propOfComponent({ file, node: first }, loader, depth);
  return OF_ELEMENTS.test(name) ? ABSENT : propOfName(file, name, loader, depth);
}

function nameOfReference(node: Reference): string {
  if (node.type === 'TSTypeReference') return nameOf(node);
  const { expression } = node;
  if (expression.type === 'Identifier') return expression.name;
  return expression.type === 'MemberExpression' && expression.property.type === 'Identifier'
    ? expression.property.name
    : '';
}

function propOfName(file: Located['file'], name: string, loader: ModuleLoader, depth: number): PrefetchProp {
  const declared = declaredTypeOf(file, name, loader);
  if (!declared) return UNKNOWN;
  if (declared.kind === 'export')
    return /^next\/(?:link|form)(?:\.js)?$/u.test(declared.module) && /^(?:Link|Form)Props$/u.test(declared.name)
      ? BOOLEAN
      : UNKNOWN;
  return propOfType(declared.type, loader, depth - 1);
}

/** `'a' | 'b'` */
function namesIn(type: Node): string[] | undefined {
  const types = type.type === 'TSUnionType' ? type.types : [type];
  const names = types.map((one) => (one.type === 'TSLiteralType' ? literalText(one.literal) : undefined));
  return names.every((name) => name !== undefined) ? names : undefined;
}

/** `ComponentProps<typeof Link>`, `ComponentProps<'a'>` */
function propOfComponent({ file, node: type }: Located, loader: ModuleLoader, depth: number): PrefetchProp {
  if (type.type === 'TSLiteralType') return ABSENT;
  if (type.type !== 'TSTypeQuery' || type.exprName.type === 'TSImportType') return UNKNOWN;
  const { exprName } = type;
  const component = exprName.type === 'Identifier' ? definitionOf({ file, node: exprName }, loader) : undefined;
  if (!component) return UNKNOWN;
  if (packageLink(component, loader)) return BOOLEAN;
  const made = expressionOf(component);
  // const Link = forwardRef<Ref, Props>((props, ref) => …)
  const code = made?.node.type === 'CallExpression' ? made.node.arguments[0] : made?.node;
  const props = isFunction(code) ? propsTypeOf(code) : undefined;
  return made && props ? propOfType({ file: made.file, node: props }, loader, depth - 1) : UNKNOWN;
}

/** What the values of a type are, for `prefetch`. */
function valueOfType({ file, node: type }: Located, loader: ModuleLoader, depth: number): PrefetchProp {
  if (depth <= 0) return UNKNOWN;
  switch (type.type) {
    case 'TSAnyKeyword':
    case 'TSBooleanKeyword':
      return BOOLEAN;
    case 'TSStringKeyword':
      return { kind: 'words', words: [] };
    case 'TSNullKeyword':
    case 'TSUndefinedKeyword':
      return ABSENT;
    case 'TSLiteralType': {
      const word = literalText(type.literal);
      if (word !== undefined) return { kind: 'words', words: [word] };
      const isFalse = type.literal.type === 'Literal' && type.literal.value === false;
      return isFalse ? BOOLEAN : ABSENT;
    }
    case 'TSUnionType': {
      const kinds = type.types.map((one) => valueOfType({ file, node: one }, loader, depth - 1));
      if (kinds.some(({ kind }) => kind === 'boolean')) return BOOLEAN;
      if (kinds.some(({ kind }) => kind === 'unknown')) return UNKNOWN;
      const words = kinds.flatMap((one) => (one.kind === 'words' ? one.words : []));
      return words.length > 0 ? { kind: 'words', words } : ABSENT;
    }
    case 'TSIndexedAccessType':
      // LinkProps['prefetch']
      return type.indexType.type === 'TSLiteralType' && literalText(type.indexType.literal) === 'prefetch'
        ? propOfType({ file, node: type.objectType }, loader, depth - 1)
        : UNKNOWN;
    case 'TSTypeReference': {
      const declared = declaredTypeOf(file, nameOf(type), loader);
      const alias = declared?.kind === 'own' ? declared.type : undefined;
      return alias?.node.type === 'TSTypeAliasDeclaration'
        ? valueOfType({ file: alias.file, node: alias.node.typeAnnotation }, loader, depth - 1)
        : UNKNOWN;
    }
    default:
      return UNKNOWN;
  }
}
