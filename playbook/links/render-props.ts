/**
 * Functions that a component is given and calls: `<Menu renderItem={(href) => <Link href={href} />} />`, `<Menu>{(item) => …}</Menu>`. What
 * they link to is what the component calls them with.
 */
import { onceFor } from '../../analysis/once.ts';
import { type FunctionNode, type Node, attributeName, isFunction, walk, wrapped } from '../../analysis/syntax/ast.ts';
import type { Located } from '../../analysis/syntax/bindings/definitions.ts';
import type { Evaluator } from '../../analysis/values/evaluate.ts';
import { readsOfFunction } from '../../analysis/values/iterations.ts';
import { type Frame, type ObjectValue, type Value, alternativesOf } from '../../analysis/values/values.ts';
import { type ComponentUse, componentUsesIn, componentUsesWithin } from './component-uses.ts';
import { componentModel } from './components.ts';
import { propsOf, withProp } from './props.ts';
import type { Run } from './run.ts';

/** Components that hand such a function on to one another. */
const MAX_COMPONENTS = 3;
/** A list of more is asked as one. */
const MAX_RUNS = 100;

/** A function that the component of an element is given, and the name of the prop. */
interface RenderProp {
  readonly function: Located<FunctionNode>;
  readonly name: string;
  /** The element that is given it. */
  readonly element: Node;
}

/** The runs of the code around a place, also inside of functions that components of the project are given and call. */
export function runsWithRenderProps(place: Located, run: Run): readonly Run[] {
  const prop = renderPropAround(place);
  const frames = prop ? framesOfProp(prop, run) : [];
  if (frames.length === 0 || frames.length > MAX_RUNS) return run.around(place);
  return frames.flatMap((frame) => run.within(frame).around(place));
}

/** `renderItem={(href) => …}`, `<Menu>{(href) => …}</Menu>`, and such a function by its name. */
function renderPropAround({ file, node }: Located): RenderProp | undefined {
  for (let current: Node | undefined = node; current; current = current.parent) {
    if (!isFunction(current) || current.params.length === 0) continue;
    const given = { file, node: current };
    for (const place of [current, ...readsOfFunction(file, current)]) {
      const outer = wrapped(place).parent;
      if (outer?.type === 'JSXAttribute') return { function: given, name: attributeName(outer), element: outer.parent };
      if (outer?.type === 'JSXElement') return { function: given, name: 'children', element: outer.openingElement };
    }
  }
  return undefined;
}

/** Every element in such a function asks for the same. */
const framesByFunction = onceFor((_evaluator: Evaluator) => new WeakMap<Node, readonly Frame[]>());

function framesOfProp(prop: RenderProp, run: Run): readonly Frame[] {
  const { file, node } = prop.function;
  const known = framesByFunction(run.evaluator);
  let frames = known.get(node);
  if (!frames) {
    const use = componentUsesIn(file, run.project).find((one) => one.node === prop.element);
    frames = use ? run.around(use).flatMap((outer) => framesOf(prop, use, outer)) : [];
    known.set(node, frames);
  }
  return frames;
}

/** The calls of a function that an element's component makes, with what they give it. */
function framesOf({ function: given, name }: RenderProp, use: ComponentUse, outer: Run): readonly Frame[] {
  const { node: code } = given;
  const value: Value = { type: 'function', node: code, frame: outer.frame, from: given };
  const isGiven = (one: Value): boolean =>
    alternativesOf(one).some((each) => each.type === 'function' && each.node === code);
  return propsOf(use, outer).flatMap((props) =>
    callsWithin(use, withProp(props, name, value, given), outer, MAX_COMPONENTS),
  );

  function callsWithin(user: ComponentUse, props: ObjectValue, run: Run, components: number): readonly Frame[] {
    const model = components === 0 ? undefined : componentModel(user, run);
    if (model?.kind !== 'wrapper') return [];
    const { file, node } = model.component;
    const body = run.within({ code: node, args: [props], upper: undefined });
    const frames: Frame[] = [];
    walk(node.body, (call) => {
      if (call.type !== 'CallExpression') return;
      const { callee } = call;
      if (callee.type !== 'Identifier' && callee.type !== 'MemberExpression') return;
      if (!isGiven(body.valueOf({ file, node: callee }))) return;
      for (const inner of body.around({ file, node: call })) {
        const args = call.arguments.map((argument) => inner.valueOf({ file, node: argument }));
        frames.push({ code, args, upper: outer.frame });
      }
    });
    const handedOn = componentUsesWithin(model.component, run.project).flatMap((one) =>
      body.around(one).flatMap((inner) =>
        propsOf(one, inner)
          .filter(({ properties }) => [...properties.values()].some((property) => isGiven(property.value)))
          .flatMap((own) => callsWithin(one, own, inner, components - 1)),
      ),
    );
    return [...frames, ...handedOn];
  }
}
