/** What a proxy of the app's own sees of a request: its URL. */
import { type FunctionNode, type Node, propertyName, unwrap } from '../../analysis/syntax/ast.ts';
import { type Located, definitionOf } from '../../analysis/syntax/bindings/definitions.ts';
import { type Evaluator, createEvaluator } from '../../analysis/values/evaluate.ts';
import { type UrlValue, type Value, text } from '../../analysis/values/values.ts';
import type { Project } from '../../project/project.ts';

/** The evaluator for a request of a URL; `interpret` says what else is known of it. */
export function requestEvaluator(
  url: string,
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
      const href = text(url, from);
      return member === 'url' ? href : ({ type: 'url', href, from } satisfies UrlValue);
    },
  });
}
