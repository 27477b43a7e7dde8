/** An expression together with the calls that are being followed to it: the arguments of the parameters around it. */
import type { TSESTree } from '@typescript-eslint/types';
import { type FunctionNode, type Node, isFunction, unwrap } from '../../syntax/ast.ts';
import { definitionOf } from '../../syntax/bindings/definitions.ts';
import { type Path, isRestParameter, parameterDefault } from '../../syntax/bindings/declarations.ts';
import type { ModuleLoader } from '../../syntax/bindings/modules.ts';
import { variableOf } from '../../syntax/bindings/scopes.ts';
import type { SourceFile } from '../../syntax/source-file.ts';
import { type Frame, unknown } from '../../values/values.ts';
import type { Evaluator } from '../../values/evaluator.ts';

/** An expression, the members taken of it, and the arguments of the parameters around it. */
export interface Ref {
  readonly file: SourceFile;
  readonly node: Node;
  readonly path: Path;
  readonly frame?: CallContext | undefined;
}

export type FunctionRef = Ref & { readonly node: FunctionNode };
export type CallRef = Ref & { readonly node: TSESTree.CallExpression };

/** A call that is being followed: what its function's parameters are. */
export interface CallContext {
  readonly function: FunctionNode;
  readonly args: readonly (Ref | undefined)[];
  readonly depth: number;
  readonly upper?: CallContext | undefined;
}

/** The frame of a call of a function of the project. */
export function contextOfCall(callee: FunctionRef, call: Ref): CallContext {
  const args = call.node.type === 'CallExpression' ? call.node.arguments : [];
  const spread = args.findIndex(({ type }) => type === 'SpreadElement');
  return {
    function: callee.node,
    args: args.map((node, index) =>
      spread !== -1 && index >= spread ? undefined : { file: call.file, node, path: [], frame: call.frame },
    ),
    depth: (call.frame?.depth ?? 0) + 1,
    upper: callee.frame ?? call.frame,
  };
}

/** What the parameters around an expression are to an evaluator, as far as the calls that lead to it say. */
export function frameOf({ file, frame: context }: Ref, evaluator: Evaluator): Frame | undefined {
  if (!context) return undefined;
  const args = context.args.map((given) =>
    given?.path.length === 0
      ? evaluator.evaluate(given, frameOf(given, evaluator))
      : unknown({ file, node: context.function }),
  );
  return { code: context.function, args, upper: undefined };
}

export interface Parameter {
  readonly function: FunctionNode;
  readonly index: number;
  readonly path: Path;
}

/** What the call that is being followed gives to a parameter; undefined where none is followed. */
export function givenTo(ref: Ref, { function: owner, index, path }: Parameter): Ref | 'unknown' | undefined {
  for (let frame = ref.frame; frame; frame = frame.upper) {
    if (frame.function !== owner) continue;
    const argument = isRestParameter(owner, index)
      ? undefined
      : index < frame.args.length
        ? frame.args[index]
        : defaultOf(owner, index, ref, frame);
    return argument ? { ...argument, path: [...argument.path, ...path, ...ref.path] } : 'unknown';
  }
  return undefined;
}

/** `f(force = false)`, called as `f()`. */
function defaultOf(owner: FunctionNode, index: number, { file }: Ref, { upper }: CallContext): Ref | undefined {
  const node = parameterDefault(owner, index);
  return node && { file, node, path: [], frame: upper };
}

/** The argument of a parameter in the call that is being followed. */
export function argumentOf(ref: Ref, loader: ModuleLoader): Ref | undefined {
  const definition = definitionOf({ file: ref.file, node: ref.node }, loader);
  const given = definition.kind === 'parameter' ? givenTo(ref, definition) : undefined;
  return given === 'unknown' ? undefined : given;
}

/** The arguments that `...rest` collects; undefined where they are not known. */
export function restArgumentsOf(ref: Ref): readonly Ref[] | undefined {
  const name = unwrap(ref.node);
  const variable = name.type === 'Identifier' ? variableOf(ref.file, name) : undefined;
  const owner = variable?.defs[0]?.node as Node | undefined;
  if (!variable || !isFunction(owner)) return undefined;
  const index = owner.params.findIndex(
    (parameter) => parameter.type === 'RestElement' && parameter.argument === variable.defs[0]?.name,
  );
  for (let frame = index === -1 ? undefined : ref.frame; frame; frame = frame.upper) {
    if (frame.function !== owner) continue;
    const rest = frame.args.slice(index);
    const given = rest.filter((one) => one !== undefined);
    return given.length === rest.length ? given : undefined;
  }
  return undefined;
}
