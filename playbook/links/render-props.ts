/**
 * Functions that a component is given and calls: `<Menu renderItem={(href) => <Link href={href} />} />`, `<Menu>{(item) => …}</Menu>`. What
 * they link to is what the component calls them with.
 */
import {
  type FunctionNode,
  type Node,
  attributeName,
  contains,
  isFunction,
  walk,
  wrapped,
} from '../../analysis/syntax/ast.ts';
import type { Located } from '../../analysis/syntax/bindings/definitions.ts';
import type { Evaluator } from '../../analysis/values/evaluate.ts';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import { readsOfFunction, runsOf } from '../../analysis/values/iterations.ts';
import { type Frame, type ObjectValue, type Value, alternativesOf } from '../../analysis/values/values.ts';
import { type ComponentUse, componentUsesIn } from './component-uses.ts';
import { type ComponentSearch, componentModel } from './components.ts';
import { propsOf } from './props.ts';

/** Components that hand such a function on to one another. */
const MAX_COMPONENTS = 3;
/** A list of more is asked as one. */
const MAX_RUNS = 100;

/** A function of a file that the component of an element is given, and the name of the prop. */
interface RenderProp {
  readonly function: FunctionNode;
  readonly name: string;
  /** The element that is given it. */
  readonly element: Node;
}

/** The runs of the code around a place, also inside of functions that components of the project are given and call. */
export function runsWithRenderProps(
  evaluator: Evaluator,
  { file, node }: Located,
  searchIn: (frame: Frame | undefined) => ComponentSearch,
): readonly (Frame | undefined)[] {
  const prop = renderPropAround({ file, node });
  if (!prop) return runsOf(evaluator, { file, node });
  const known = framesByFunction.get(evaluator) ?? new WeakMap<Node, readonly Frame[]>();
  framesByFunction.set(evaluator, known);
  let frames = known.get(prop.function);
  if (!frames) known.set(prop.function, (frames = framesOfProp(evaluator, file, prop, searchIn)));
  if (frames.length === 0 || frames.length > MAX_RUNS) return runsOf(evaluator, { file, node });
  return frames.flatMap((frame) => runsOf(evaluator, { file, node }, frame));
}

/** Every element in such a function asks for the same. */
const framesByFunction = new WeakMap<Evaluator, WeakMap<Node, readonly Frame[]>>();

function framesOfProp(
  evaluator: Evaluator,
  file: SourceFile,
  prop: RenderProp,
  searchIn: (frame: Frame | undefined) => ComponentSearch,
): readonly Frame[] {
  const use = componentUsesIn(file, evaluator.options.loader).find((one) => one.node === prop.element);
  if (!use) return [];
  return runsOf(evaluator, { file, node: prop.element }).flatMap((upper) =>
    framesOf(evaluator, { file, node: prop.function }, prop.name, use, upper, searchIn),
  );
}

/** `renderItem={(href) => …}`, `<Menu>{(href) => …}</Menu>`, and such a function by its name. */
function renderPropAround({ file, node }: Located): RenderProp | undefined {
  for (let current: Node | undefined = node; current; current = current.parent) {
    if (!isFunction(current) || current.params.length === 0) continue;
    for (const place of [current, ...readsOfFunction(file, current)]) {
      const outer = wrapped(place).parent;
      if (outer?.type === 'JSXAttribute')
        return { function: current, name: attributeName(outer), element: outer.parent };
      if (outer?.type === 'JSXElement') return { function: current, name: 'children', element: outer.openingElement };
    }
  }
  return undefined;
}

/** The calls of a function that an element's component makes, with what they give it. */
function framesOf(
  evaluator: Evaluator,
  given: Located<FunctionNode>,
  name: string,
  use: ComponentUse,
  upper: Frame | undefined,
  searchIn: (frame: Frame | undefined) => ComponentSearch,
): readonly Frame[] {
  const { file, node } = given;
  const value: Value = { type: 'function', node, frame: upper, from: given };
  return propsOf(evaluator, file, use, upper).flatMap((props) => {
    const properties = new Map(props.properties).set(name, { value, node: given, certain: true });
    return callsWithin({ file, node: use.component }, { ...props, properties }, upper, MAX_COMPONENTS);
  });

  function callsWithin(
    component: Located,
    props: ObjectValue,
    around: Frame | undefined,
    components: number,
  ): readonly Frame[] {
    const model = components === 0 ? undefined : componentModel(component, searchIn(around), []);
    if (model?.kind !== 'wrapper') return [];
    const inside = model.component;
    const frame: Frame = { code: inside.node, args: [props], upper: undefined };
    const isGiven = (one: Value): boolean =>
      alternativesOf(one).some((each) => each.type === 'function' && each.node === node);
    const frames: Frame[] = [];
    walk(inside.node.body, (call) => {
      if (call.type !== 'CallExpression') return;
      const { callee } = call;
      if (callee.type !== 'Identifier' && callee.type !== 'MemberExpression') return;
      if (!isGiven(evaluator.evaluate({ file: inside.file, node: callee }, frame))) return;
      for (const run of runsOf(evaluator, { file: inside.file, node: call }, frame)) {
        const args = call.arguments.map((argument) => evaluator.evaluate({ file: inside.file, node: argument }, run));
        frames.push({ code: node, args, upper });
      }
    });
    const handedOn = componentUsesIn(inside.file, evaluator.options.loader).filter((one) =>
      contains(inside.node, one.node),
    );
    return [
      ...frames,
      ...handedOn.flatMap((one) =>
        runsOf(evaluator, { file: inside.file, node: one.node }, frame).flatMap((run) =>
          propsOf(evaluator, inside.file, one, run)
            .filter(({ properties }) => [...properties.values()].some((property) => isGiven(property.value)))
            .flatMap((own) => callsWithin({ file: inside.file, node: one.component }, own, run, components - 1)),
        ),
      ),
    ];
  }
}
