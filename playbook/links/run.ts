/** Code with links in it, as it runs once: what its expressions are then, whether they are reached, and which paths are asked for. */
import type { TSESTree } from '@typescript-eslint/types';
import { onceForBoth } from '../../analysis/once.ts';
import { leavesOf } from '../../analysis/flow/origins.ts';
import type { Node } from '../../analysis/syntax/ast.ts';
import { type Variable, variableOf } from '../../analysis/syntax/bindings/scopes.ts';
import type { Located } from '../../analysis/syntax/bindings/definitions.ts';
import { mentions } from '../../analysis/syntax/mentions.ts';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import { isReachable } from '../../analysis/flow/flow-values.ts';
import { environmentOf } from '../../analysis/values/environment.ts';
import { type Evaluator, type EvaluatorOptions, createEvaluator } from '../../analysis/values/evaluate.ts';
import { roundsOf, runsOf } from '../../analysis/values/iterations.ts';
import { type Frame, type Value, alternativesOf, literal } from '../../analysis/values/values.ts';
import type { Project } from '../../project/project.ts';
import { useAt } from '../libraries/index.ts';
import { interpretReact } from '../react.ts';
import { type HrefPath, hrefPathsOf } from './hrefs.ts';

interface RunParts {
  readonly project: Project;
  /** Other paths are left out: it is expensive to find out whether they are rendered. */
  readonly isWanted: (path: HrefPath) => boolean;
  /** Shared by all that is asked of a file, for it remembers what it found. */
  readonly evaluator?: Evaluator;
  /** What the functions around the code are given; undefined for what holds in every run. */
  readonly frame?: Frame | undefined;
}

/** All that looks for links goes from one run to the next with it: to the next item of a list, into a component with its props. */
export class Run {
  readonly project: Project;
  readonly isWanted: RunParts['isWanted'];
  readonly evaluator: Evaluator;
  readonly frame: Frame | undefined;

  constructor({ project, isWanted, evaluator = linkEvaluator(project), frame }: RunParts) {
    this.project = project;
    this.isWanted = isWanted;
    this.evaluator = evaluator;
    this.frame = frame;
  }

  valueOf(expression: Located): Value {
    return this.evaluator.evaluate(expression, this.frame);
  }

  /** False where a condition says that code does not run: `item.external ? 'a' : Link`. */
  isReached(place: Located): boolean {
    return isReachable(this.evaluator, place, this.frame);
  }

  /** The wanted ones of the paths that an href may lead to. */
  wantedPathsOf(href: Value): HrefPath[] {
    return hrefPathsOf(href).filter(this.isWanted);
  }

  /** The runs of the code around a place, for each item of a list and each call by its name. */
  around(place: Located): readonly Run[] {
    return runsOf(this.evaluator, place, this.frame).flatMap((frame) => this.within(frame).#choices(place));
  }

  /** The run once for each of the objects that a constant around a place may be: what is asked of one hangs together. */
  #choices({ file, node }: Located): readonly Run[] {
    const { frame, isWanted, project } = this;
    return choicesAround(file, node).reduce<readonly Run[]>(
      (runs, choice) => {
        const next = runs.flatMap((run) => {
          const evaluators = run.#chosen(choice, file);
          return evaluators.length < 2
            ? [run]
            : evaluators.map((evaluator) => new Run({ project, isWanted, evaluator, frame }));
        });
        return next.length > MAX_CHOICES ? runs : next;
      },
      [this],
    );
  }

  /** An evaluator for each value that a choice has in this run: the same ones for every link, for they remember what they found. */
  #chosen({ init, variable }: Choice, file: SourceFile): readonly Evaluator[] {
    const { evaluator, frame, project } = this;
    const byFrame = evaluatorsChosen(evaluator, variable);
    let known = byFrame.get(frame);
    if (!known) {
      known = alternativesOf(this.valueOf({ file, node: init })).map((value) =>
        linkEvaluator(project, (expression, asked, within) =>
          expression.node.type === 'Identifier' && variableOf(expression.file, expression.node) === variable
            ? value
            : evaluator.options.interpret?.(expression, asked, within),
        ),
      );
      byFrame.set(frame, known);
    }
    return known;
  }

  /** The same of loops and callbacks alone. */
  rounds(place: Located): readonly Run[] {
    return roundsOf(this.evaluator, place, this.frame).map((frame) => this.within(frame));
  }

  within(frame: Frame | undefined): Run {
    const { evaluator, isWanted, project } = this;
    return frame === this.frame ? this : new Run({ project, isWanted, evaluator, frame });
  }

  /** What holds whatever the functions around the code are given. */
  get always(): Run {
    return this.within(undefined);
  }

  /** What holds where all expressions of a file that have one of these texts are true, or false. */
  assuming(file: SourceFile, truths: ReadonlyMap<string, boolean>): Run {
    const evaluator = linkEvaluator(this.project, (expression) => {
      if (expression.file !== file) return undefined;
      for (const [text, truth] of truths) if (isSameText(expression, text)) return literal(truth, expression);
      return undefined;
    });
    return new Run({ project: this.project, isWanted: this.isWanted, evaluator });
  }
}

/** More are asked at once. */
const MAX_CHOICES = 12;

interface Choice {
  readonly variable: Variable;
  readonly init: Node;
}

/** By evaluator, constant and frame. */
const evaluatorsChosen = onceForBoth(
  (_evaluator: Evaluator, _variable: Variable) => new Map<Frame | undefined, readonly Evaluator[]>(),
);

/** The constants in front of a place that are one of several objects: `const item = user ? { href: '/sign-out' } : { href: '/' }`. */
function choicesAround(file: SourceFile, place: Node): readonly Choice[] {
  const choices: Choice[] = [];
  for (let current = place.parent; current; current = current.parent) {
    if (current.type !== 'BlockStatement' && current.type !== 'Program') continue;
    const own = choicesOf.get(current) ?? choicesIn(current, file);
    choicesOf.set(current, own);
    choices.push(...own.filter(({ init }) => init.range[1] <= place.range[0]));
  }
  return choices;
}

/** Asked for each link in a block. */
const choicesOf = new WeakMap<Node, readonly Choice[]>();

const choicesIn = ({ body }: TSESTree.BlockStatement | TSESTree.Program, file: SourceFile): readonly Choice[] =>
  body.flatMap((statement) =>
    statement.type === 'VariableDeclaration' && statement.kind === 'const'
      ? statement.declarations.flatMap((one) => choiceIn(one, file))
      : [],
  );

function choiceIn({ id, init }: TSESTree.VariableDeclarator, file: SourceFile): Choice[] {
  const arms = init ? leavesOf(init) : [];
  const isChoice = arms.length > 1 && arms.some(({ type }) => type === 'ObjectExpression');
  const variable = isChoice && id.type === 'Identifier' ? variableOf(file, id) : undefined;
  return init && variable ? [{ variable, init }] : [];
}

const isSameText = ({ file, node }: Located, text: string): boolean =>
  node.range[1] - node.range[0] === text.length && file.text.startsWith(text, node.range[0]);

interface OfLook {
  readonly project: Project;
  readonly look: number;
  readonly evaluator: Evaluator;
}

const evaluators = new WeakMap<SourceFile, OfLook>();

/** What holds in every run of a file. One look has one evaluator of it: each rule about links, and each prefetcher, asks for the same values. */
export function runOf(file: SourceFile, project: Project, isWanted: RunParts['isWanted']): Run {
  const look = project.facts.look();
  let known = evaluators.get(file);
  if (known?.project !== project || known.look !== look)
    evaluators.set(file, (known = { project, look, evaluator: linkEvaluator(project) }));
  known.evaluator.renew();
  return new Run({ project, isWanted, evaluator: known.evaluator });
}

function linkEvaluator(project: Project, interpret?: EvaluatorOptions['interpret']): Evaluator {
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
