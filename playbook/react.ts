/** What React's own functions mean for values and components: they hand on what they are given. */
import type { TSESTree } from '@typescript-eslint/types';
import {
  type FunctionNode,
  type Node,
  attributeNamed,
  isFunction,
  propertyName,
  wrapped,
} from '../analysis/syntax/ast.ts';
import { type Located, definitionOf } from '../analysis/syntax/bindings/definitions.ts';
import { variableOf } from '../analysis/syntax/bindings/scopes.ts';
import type { EvaluatorOptions } from '../analysis/values/evaluate.ts';
import { type Concern, type ModuleLoader, loaderFor } from '../analysis/syntax/bindings/modules.ts';
import { type Frame, type Value, oneOf, unknown } from '../analysis/values/values.ts';
import { functionName } from '../analysis/syntax/functions.ts';
import { expressionAt } from '../analysis/syntax/bindings/expressions.ts';

const OF_REACT: Concern = { of: 'exports', text: /['"]react['"/]/u };

/** The name of the export of `react` that an expression is: `useMemo`, `createElement`, `memo` … */
export function reactExport(expression: Located, loader: ModuleLoader): string | undefined {
  const definition = definitionOf(expression, loaderFor(loader, OF_REACT));
  if (definition.kind !== 'export' || !/^react(?:\/jsx-(?:dev-)?runtime)?$/u.test(definition.module)) return undefined;
  const [member] = definition.path;
  // `import React from 'react'; React.useMemo(…)`
  if (definition.name === 'default' || definition.name === '*') return typeof member === 'string' ? member : undefined;
  return definition.path.length === 0 ? definition.name : undefined;
}

interface Context {
  /** What components get that no provider is around; undefined where a provider may be that is not seen here. */
  readonly initial: Located | undefined;
  /** What the providers in the file of its `createContext()` provide. */
  readonly provided: readonly Located[];
}

/** The context that an expression is. */
export function contextAt(expression: Located, loader: ModuleLoader): Context | undefined {
  const call = expressionAt(expression, loader, 'CallExpression');
  if (!call || reactExport({ ...call, node: call.node.callee }, loader) !== 'createContext') return undefined;
  const { file, node: created } = call;
  const declarator = wrapped(created).parent;
  const variable =
    declarator?.type === 'VariableDeclarator' && declarator.id.type === 'Identifier'
      ? variableOf(file, declarator.id)
      : undefined;
  const places = (variable?.references ?? []).map(({ identifier }): Node => identifier);
  const provided = places.flatMap((place): Located[] => {
    const element = wholeName(place).parent;
    const value = element?.type === 'JSXOpeningElement' ? attributeNamed(element, 'value')?.value : undefined;
    return value?.type === 'JSXExpressionContainer' ? [{ file, node: value.expression }] : [];
  });
  const [initial] = created.arguments;
  const isExported = declarator?.parent?.parent?.type === 'ExportNamedDeclaration';
  const isOnlyRead = variable !== undefined && !isExported && places.every(isReading);
  return { initial: initial && isOnlyRead ? { file, node: initial } : undefined, provided };
}

/** `Paths.Provider` of an element, or the name itself. */
const wholeName = (name: Node): Node => (name.parent?.type === 'JSXMemberExpression' ? name.parent : name);

/** Whether a context is declared, named or read at a place: `useContext(Paths)`, `Paths.displayName = …`, but neither exported nor provided. */
function isReading(place: Node): boolean {
  const { parent } = place;
  if (parent?.type === 'VariableDeclarator') return parent.id === place;
  if (parent?.type === 'MemberExpression') return propertyName(parent) === 'displayName';
  return parent?.type === 'CallExpression' && mayBeHook(parent.callee);
}

/** Reads through `useMemo(() => x)`, `useCallback(f)`, `use(x)`, the first value of `useState(x)`, what a context holds, and `this.props`. */
export const interpretReact: NonNullable<EvaluatorOptions['interpret']> = ({ file, node }, evaluator, frame) => {
  if (node.type === 'MemberExpression') return ownProps(node, frame);
  if (node.type !== 'CallExpression' || !mayBeHook(node.callee)) return undefined;
  const [first] = node.arguments;
  const name = first && reactExport({ file, node: node.callee }, evaluator.options.loader);
  if (!first || name === undefined) return undefined;
  const given = { file, node: first };
  const context = name === 'use' || name === 'useContext' ? contextAt(given, evaluator.options.loader) : undefined;
  if (context) {
    const { initial, provided } = context;
    const held = provided.length === 0 && initial ? [initial] : provided;
    return oneOf(
      held.map((value) => evaluator.evaluate(value)),
      given,
    );
  }
  if (name === 'useCallback' || name === 'use') return evaluator.evaluate(given, frame);
  if (name === 'useState') {
    const initial = evaluator.evaluate(given, frame);
    const value = initial.type === 'function' ? (evaluator.call(initial, [], given) ?? unknown(given)) : initial;
    // Its setter may put anything else there.
    return { type: 'array', items: [{ value, certain: false }], open: true, from: { file, node } };
  }
  return name === 'useMemo' ? evaluator.call(evaluator.evaluate(given, frame), [], { file, node }) : undefined;
};

function mayBeHook(callee: Node): boolean {
  const name = callee.type === 'MemberExpression' ? callee.property : callee;
  return name.type === 'Identifier' && name.name.startsWith('use');
}

/** Whether a function has the name of a hook or a component: the compiler and the rules of hooks go by it. */
export function isNamedForReact(owner: FunctionNode): boolean {
  return /^(?:use[A-Z0-9]|[A-Z])/u.test(functionName(owner)?.name ?? '');
}

/** The `render` of a class component; undefined for a class without one. */
export function renderOf({ body }: TSESTree.ClassDeclaration | TSESTree.ClassExpression): FunctionNode | undefined {
  for (const member of body.body) {
    if (member.type !== 'MethodDefinition' && member.type !== 'PropertyDefinition') continue;
    if (!member.static && propertyName(member) === 'render' && isFunction(member.value)) return member.value;
  }
  return undefined;
}

// `this.props` in `render`: what the class component is given, as the first argument of `render`.
function ownProps({ object, property }: TSESTree.MemberExpression, frame: Frame | undefined): Value | undefined {
  if (object.type !== 'ThisExpression' || property.type !== 'Identifier' || property.name !== 'props') return undefined;
  for (let current = frame; current; current = current.upper) {
    const method = current.code.parent;
    const isRender =
      (method.type === 'MethodDefinition' || method.type === 'PropertyDefinition') && propertyName(method) === 'render';
    if (isRender) return current.args[0];
  }
  return undefined;
}
