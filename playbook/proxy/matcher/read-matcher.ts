/** `config.matcher` of a proxy, as Next.js reads it out of the text (vercel/next.js packages/next/src/build/analysis/extract-const-value.ts). */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, literalText, propertyName, unwrap } from '../../../analysis/syntax/ast.ts';
import { exportsOf } from '../../../analysis/syntax/bindings/exports.ts';
import { noModules } from '../../../analysis/syntax/bindings/modules.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import { valueNamed, propertyNamed } from '../../../analysis/syntax/objects.ts';
import { expressionAt } from '../../../analysis/syntax/bindings/expressions.ts';

export interface MatcherSource {
  readonly text: string;
  readonly node: Node;
  /** `locale: false`: the source has the locale in it. */
  readonly ignoresLocale: boolean;
}

export interface Matcher {
  /** What stands behind `matcher:`. */
  readonly node: Node;
  /** The list, where it is one that is written out. */
  readonly list: TSESTree.ArrayExpression | undefined;
  readonly sources: readonly MatcherSource[];
}

/** `everything` where no matcher is given; undefined where the text does not tell. */
export function readMatcher(file: SourceFile): Matcher | 'everything' | undefined {
  const { named, stars } = exportsOf(file);
  const exported = named.get('config');
  if (!exported) return stars.length > 0 ? undefined : 'everything';
  if (exported.kind !== 'local') return undefined;
  const config = expressionAt({ file, node: exported.node }, noModules, 'ObjectExpression')?.node;
  if (!config) return undefined;
  if (config.properties.some((one) => one.type !== 'Property' || propertyName(one) === undefined)) return undefined;
  const node = valueNamed(config, 'matcher');
  if (!node) return 'everything';
  const value = unwrap(node);
  const items = value.type === 'ArrayExpression' ? value.elements : [value];
  const sources = items.map((item) => (item ? sourceOf(unwrap(item)) : undefined));
  const known = sources.filter((source) => source !== undefined);
  if (known.length !== sources.length || known.length === 0) return undefined;
  return { node, list: value.type === 'ArrayExpression' ? value : undefined, sources: known };
}

/** A source, by itself or in an object. `has` and `missing` say for which requests it counts: they are believed to be met. */
function sourceOf(item: Node): MatcherSource | undefined {
  const text = literalText(item);
  if (text !== undefined) return { text, node: item, ignoresLocale: false };
  const source = item.type === 'ObjectExpression' ? propertyNamed(item, 'source') : undefined;
  const written = source && literalText(unwrap(source.value));
  return source && written !== undefined
    ? { text: written, node: source, ignoresLocale: valueNamed(item, 'locale') !== undefined }
    : undefined;
}
