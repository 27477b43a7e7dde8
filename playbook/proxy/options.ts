/** `middlewareAuth` of a proxy that is AuthKit's own and nothing else: `export default authkitProxy({ … })`. */
import type { TSESTree } from '@typescript-eslint/types';
import type { Node } from '../../analysis/syntax/ast.ts';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import { createEvaluator } from '../../analysis/values/evaluate.ts';
import { type Value, type PropertyValue, isFixed, knownText, propertyOf } from '../../analysis/values/values.ts';
import { truthOf } from '../../analysis/values/comparisons.ts';
import type { Project } from '../../project/project.ts';
import { type PathPattern, readPathPattern } from './matcher/path-patterns.ts';
import { factoryCall } from './proxy-exports.ts';
import { middlewareAuthOf } from '../middleware-auth.ts';

export interface OpenPath {
  /** As it is written. */
  readonly text: string;
  readonly pattern: PathPattern;
  /** Where it is written, if that is in the proxy's own file. */
  readonly node: Node | undefined;
}

export interface ProxyOptions {
  readonly call: TSESTree.CallExpression;
  /** `middlewareAuth.enabled`; undefined where it is computed. */
  readonly isEnabled: boolean | undefined;
  /** Where `enabled` is written. */
  readonly enabledNode: Node | undefined;
  /** `unauthenticatedPaths`; undefined where they are computed. */
  readonly openPaths: readonly OpenPath[] | undefined;
}

/** The options; undefined for a proxy that does anything else: what else protects is not known then. */
export function readProxyOptions(file: SourceFile, project: Project): ProxyOptions | undefined {
  const made = factoryCall(file, project);
  if (made?.file !== file) return undefined;
  const call = made.node;
  const { isEnabled, property } = middlewareAuthOf(made, createEvaluator({ loader: project }));
  if (!property && isEnabled === false) return { call, isEnabled, enabledNode: undefined, openPaths: [] };
  const [enabled, paths] = ['enabled', 'unauthenticatedPaths'].map((name) =>
    property?.certain === true ? memberOf(property.value, name) : undefined,
  );
  if (!enabled || !paths) return undefined;
  return {
    call,
    isEnabled: truthOf(enabled.value),
    enabledNode: enabled.node.file === file ? enabled.node.node : undefined,
    openPaths: openPathsIn(paths.value, file),
  };
}

function memberOf(value: Value, name: string): PropertyValue | undefined {
  const property = value.type === 'object' ? propertyOf(value, name) : undefined;
  return property !== 'absent' && property?.certain === true ? property : undefined;
}

function openPathsIn(list: Value, file: SourceFile): readonly OpenPath[] | undefined {
  if (list.type !== 'array' || !isFixed(list)) return undefined;
  const paths = list.items.map(({ value }): OpenPath | undefined => {
    const text = knownText(value);
    if (text === undefined) return undefined;
    return { text, pattern: readOpenPath(text), node: value.from.file === file ? value.from.node : undefined };
  });
  const known = paths.filter((path) => path !== undefined);
  return known.length === paths.length ? known : undefined;
}

/** A pattern as AuthKit reads it (workos/authkit-nextjs src/session.ts): what stands behind a `?` is a query, and gone. */
export function readOpenPath(text: string): PathPattern {
  if (!URL.canParse(text, 'https://example.com')) return { kind: 'invalid', message: 'Invalid URL' };
  const url = new URL(text, 'https://example.com');
  return readPathPattern(`${url.pathname}${url.hash}`);
}
