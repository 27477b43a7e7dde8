/** What a proxy of the app's own sees of a request: its path, and its host where one is assumed. */
import { type FunctionNode, type Node, propertyName, unwrap } from '../../analysis/syntax/ast.ts';
import { type Located, definitionOf } from '../../analysis/syntax/bindings/definitions.ts';
import { type Evaluator, createEvaluator } from '../../analysis/values/evaluate.ts';
import { type Part, type TextValue, type UrlValue, type Value, unknown } from '../../analysis/values/values.ts';
import type { Project } from '../../project/project.ts';

/** The evaluator for a request of a path: on an origin, or else on any host; `interpret` says what else is known of it. */
export function requestEvaluator(
  { origin, path }: { readonly origin?: string; readonly path: string },
  proxy: FunctionNode,
  project: Project,
  interpret: (from: Located) => Value | undefined = () => undefined,
): Evaluator {
  const isRequest = (node: Node, { file }: Located): boolean => {
    const definition = definitionOf({ file, node: unwrap(node) }, project);
    return (
      definition.kind === 'parameter' &&
      definition.function === proxy &&
      definition.index === 0 &&
      definition.path.length === 0
    );
  };
  return createEvaluator({
    loader: project,
    interpret({ file, node }) {
      const from: Located = { file, node };
      const member = node.type === 'MemberExpression' ? propertyName(node) : undefined;
      if (node.type !== 'MemberExpression' || (member !== 'nextUrl' && member !== 'url')) return interpret(from);
      if (!isRequest(node.object, from)) return undefined;
      const parts: readonly Part[] =
        origin === undefined
          ? [
              { kind: 'unknown', value: { ...unknown(from), urlPart: 'origin' } },
              { kind: 'known', text: path },
            ]
          : [{ kind: 'known', text: origin + path, from }];
      const href: TextValue = { type: 'text', parts, from };
      return member === 'url' ? href : ({ type: 'url', href, from } satisfies UrlValue);
    },
  });
}
