/** What the values of a file's links are found with. */
import type { Located } from '../../analysis/syntax/bindings/definitions.ts';
import { mentions } from '../../analysis/syntax/mentions.ts';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import { environmentOf } from '../../analysis/values/environment.ts';
import { type Evaluator, type EvaluatorOptions, createEvaluator } from '../../analysis/values/evaluate.ts';
import type { Project } from '../../project/project.ts';
import { useAt } from '../libraries/index.ts';
import { interpretReact } from '../react.ts';

interface OfLook {
  readonly project: Project;
  readonly look: number;
  readonly evaluator: Evaluator;
}

const evaluators = new WeakMap<SourceFile, OfLook>();

/** One evaluator for all that is asked of a file in one look: each rule about links, and each prefetcher, asks for the same values. */
export function evaluatorOf(file: SourceFile, project: Project): Evaluator {
  const look = project.facts.look();
  let known = evaluators.get(file);
  if (known?.project !== project || known.look !== look)
    evaluators.set(file, (known = { project, look, evaluator: linkEvaluator(project) }));
  known.evaluator.renew();
  return known.evaluator;
}

export function linkEvaluator(project: Project, interpret?: EvaluatorOptions['interpret']): Evaluator {
  return createEvaluator({
    loader: project,
    // Only a production build prefetches.
    environment: environmentOf({ NODE_ENV: 'production' }),
    interpret: (expression, evaluator, frame) =>
      interpret?.(expression, evaluator, frame) ??
      interpretReact(expression, evaluator, frame) ??
      pathGiven(expression, evaluator, frame),
  });
}

/** What shows that a file may call something that gives a path: `getPathname`, a serializer of nuqs or a module that makes one. */
const GIVES_PATHS = ['athname', 'nuqs', 'erializ'];

/**
 * `getPathname({ href: '/sign-out', locale })` of next-intl is the href; a locale in front of it leads to the same route. A serializer of nuqs
 * adds a query to its first argument.
 */
const pathGiven: NonNullable<EvaluatorOptions['interpret']> = ({ file, node }, evaluator, frame) => {
  if (node.type !== 'CallExpression' || !GIVES_PATHS.some((text) => mentions(file, text))) return undefined;
  const path = useAt({ file, node }, evaluator.options.loader)?.entry.path;
  const argument = path && node.arguments[path.argument];
  if (!argument || argument.type === 'SpreadElement') return undefined;
  const from: Located = { file, node: argument };
  const given = evaluator.evaluate(from, frame);
  return path.member === undefined ? given : evaluator.member(given, path.member, from);
};
