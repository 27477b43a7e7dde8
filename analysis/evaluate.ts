/**
 * The static evaluator: "what will this be?" It reads expressions the way the program would compute them, follows
 * names into other files, calls small helpers, and says `unknown` (and of what) where the text does not tell.
 * Nothing of the program runs.
 */
import type { TSESTree } from '@typescript-eslint/types';
import { type FunctionNode, type Node, isFunction, literalText, propertyName, unwrap } from './ast.ts';
import { type Definition, type Located, defineExport, definitionOf } from './bindings.ts';
import { callMethod, readMember } from './builtins.ts';
import { type Environment, anyEnvironment, isProcessEnv } from './environment.ts';
import { type Path, type Step, declarationOf, isRestParameter, parameterDefault, writesOf } from './declarations.ts';
import { exportsOf } from './exports.ts';
import {
  evaluateArray,
  evaluateBinary,
  evaluateLogical,
  evaluateObject,
  evaluateTemplate,
  evaluateUnary,
  without,
} from './expressions.ts';
import { iterationBy } from './iterations.ts';
import { returnedValue, valueAt } from './flow.ts';
import { withMutations } from './mutations.ts';
import { type ClassNode, classObject, instanceObject, memberOfThis, memberValue } from './members.ts';
import type { ModuleLoader } from './modules.ts';
import { type Variable, variableOf } from './scopes.ts';
import type { SourceFile } from './source-file.ts';
import {
  type Frame,
  type PropertyValue,
  type Value,
  alternativesOf,
  concatenate,
  isNullish,
  knownText,
  listOf,
  literal,
  oneOf,
  propertyOf,
  text,
  truthOf,
  unknown,
} from './values.ts';

export interface EvaluatorOptions {
  readonly loader: ModuleLoader;
  /** Default: nothing is known of any variable. */
  readonly environment?: Environment;
  /**
   * What the playbook knows and the analysis does not: what a call of a package's function returns, what to call an
   * unknown. Asked before anything else is tried, of every expression. Undefined: no opinion.
   */
  readonly interpret?: (expression: Located, evaluator: Evaluator, frame: Frame | undefined) => Value | undefined;
  /**
   * Whether a package's function never gives control back: `redirect()`, which throws. Only where the playbook says so are
   * functions of the project asked as well whether they only throw.
   */
  readonly isEnding?: (callee: Located) => boolean;
}

export interface Evaluator {
  readonly options: EvaluatorOptions;
  /** The value of an expression; `frame` says what the parameters of the functions around it are. */
  evaluate(expression: Located, frame?: Frame): Value;
  /** What a call of a function value returns; undefined for one that no project file defines. */
  call(callee: Value, args: readonly Value[], from: Located): Value | undefined;
  /** What a step into a value gives: a property, an index, what a rest leaves. */
  member(value: Value, step: Step, from: Located): Value;
}

/** A question that takes more steps than this is not answered, */
const MAX_STEPS = 2_000;
/** nor are further ones when all questions to an evaluator took this many: a file is not worth a second. */
const MAX_STEPS_IN_ALL = 40_000;
const MAX_DEPTH = 200;

/** Makes an evaluator for one environment. It keeps what it found, so use one for all questions of a file. */
export function createEvaluator(options: EvaluatorOptions): Evaluator {
  return new StaticEvaluator(options);
}

class StaticEvaluator implements Evaluator {
  readonly options: EvaluatorOptions;
  readonly #environment: Environment;
  readonly #known = new WeakMap<Node, Value>();
  readonly #active = new Map<Node, Set<Frame | undefined>>();
  #steps = 0;
  #stepsInAll = 0;
  #depth = 0;
  #cuts = 0;

  constructor(options: EvaluatorOptions) {
    this.options = options;
    this.#environment = options.environment ?? anyEnvironment;
  }

  evaluate(expression: Located, frame?: Frame): Value {
    const node = unwrap(expression.node);
    const located: Located = node === expression.node ? expression : { file: expression.file, node };
    if (!frame) {
      const known = this.#known.get(node);
      if (known) return known;
    }
    if (this.#depth === 0) this.#steps = 0;
    const active = this.#active.get(node) ?? new Set();
    if (active.has(frame) || this.#depth > MAX_DEPTH || this.#steps > MAX_STEPS || this.#stepsInAll > MAX_STEPS_IN_ALL) {
      this.#cuts += 1;
      return unknown(located);
    }
    const cutsBefore = this.#cuts;
    this.#active.set(node, active.add(frame));
    this.#steps += 1;
    this.#stepsInAll += 1;
    this.#depth += 1;
    try {
      const value = this.options.interpret?.(located, this, frame) ?? this.#compute(located, frame);
      // What a circle or the budget cut short is not the whole truth, but for the question that was asked it is final.
      if (!frame && (this.#cuts === cutsBefore || this.#depth === 1)) this.#known.set(node, value);
      return value;
    } finally {
      this.#depth -= 1;
      active.delete(frame);
    }
  }

  call(callee: Value, args: readonly Value[], from: Located): Value | undefined {
    if (callee.type === 'oneOf') {
      const results = callee.values.map((value) => this.call(value, args, from) ?? unknown(from));
      return oneOf(results, from);
    }
    if (callee.type !== 'function') return undefined;
    if (callee.node.generator) return unknown(from);
    const frame: Frame = { code: callee.node, args, upper: callee.frame };
    if (this.#callDepth(frame) > 12) return unknown(from);
    const { body } = callee.node;
    if (body.type !== 'BlockStatement') return this.evaluate({ file: callee.from.file, node: body }, frame);
    return returnedValue(this, { file: callee.from.file, node: body }, frame);
  }

  #callDepth(frame: Frame): number {
    let depth = 0;
    for (let current: Frame | undefined = frame; current; current = current.upper) depth += 1;
    return depth;
  }

  #compute({ file, node }: Located, frame: Frame | undefined): Value {
    const from: Located = { file, node };
    const evaluate = (target: Node) => this.evaluate({ file, node: target }, frame);
    switch (node.type) {
      case 'Literal':
        if (typeof node.value === 'string') return text(node.value, from);
        return node.value !== null && typeof node.value === 'object' ? unknown(from) : literal(node.value, from);
      case 'JSXText':
        return text(node.value, from);
      case 'TemplateLiteral':
        return evaluateTemplate(node, from, evaluate);
      case 'Identifier':
      case 'JSXIdentifier':
        return this.#identifier(node, from, frame);
      case 'MemberExpression':
        return this.#memberExpression(node, from, frame);
      case 'ObjectExpression':
        return evaluateObject(node, from, evaluate, (getter, place) => this.call(getter, [], place));
      case 'ArrayExpression':
        return evaluateArray(node, from, evaluate);
      case 'ArrowFunctionExpression':
      case 'FunctionExpression':
      case 'FunctionDeclaration':
        return { type: 'function', node, frame, from };
      case 'ClassDeclaration':
      case 'ClassExpression':
      case 'TSEnumDeclaration':
        return this.#declared(node, from, frame);
      case 'ConditionalExpression': {
        const test = truthOf(evaluate(node.test));
        if (test !== undefined) return evaluate(test ? node.consequent : node.alternate);
        return oneOf([evaluate(node.consequent), evaluate(node.alternate)], from);
      }
      case 'LogicalExpression':
        return evaluateLogical(node, from, evaluate);
      case 'BinaryExpression':
        return evaluateBinary(node, from, evaluate);
      case 'UnaryExpression':
        return evaluateUnary(node, from, evaluate);
      case 'AwaitExpression':
        return evaluate(node.argument);
      case 'AssignmentExpression':
        return node.operator === '=' ? evaluate(node.right) : unknown(from);
      case 'CallExpression':
        return this.#callExpression(node, from, frame);
      case 'NewExpression':
        return this.#newExpression(node, from, evaluate);
      case 'JSXEmptyExpression':
        return literal(undefined, from);
      case 'JSXAttribute':
        return node.value ? evaluate(node.value) : literal(true, from);
      default:
        return unknown(from);
    }
  }

  #identifier(node: TSESTree.Identifier | TSESTree.JSXIdentifier, from: Located, frame: Frame | undefined): Value {
    const variable = variableOf(from.file, node);
    if (!variable) {
      if (node.name === 'undefined') return literal(undefined, from);
      return unknown(from, { kind: 'global', name: node.name, path: [] });
    }
    return withMutations(this, variable, this.#variable(variable, from, frame), from, frame);
  }

  #variable(variable: Variable, from: Located, frame: Frame | undefined): Value {
    if (writesOf(variable).length > 0) return valueAt(this, variable, from, frame);
    const declaration = declarationOf(variable);
    switch (declaration.kind) {
      case 'value': {
        const whole = this.evaluate({ file: from.file, node: declaration.node }, frame);
        return this.#walkPath(whole, declaration.path, declaration.fallback, from, frame);
      }
      case 'element': {
        const item = this.#loopItem(declaration.loop, from, frame);
        return this.#walkPath(item, declaration.path, declaration.fallback, from, frame);
      }
      case 'import':
        return this.#import(declaration.module, declaration.name, from);
      case 'parameter': {
        const whole = this.#parameter(declaration.function, declaration.index, from, frame);
        return this.#walkPath(whole, declaration.path, declaration.fallback, from, frame);
      }
      case 'declared':
        return this.#declared(declaration.node, from, frame);
      case 'empty':
        return literal(undefined, from);
      case 'unknown':
        return unknown(from);
    }
  }

  #walkPath(value: Value, path: Path, fallback: Node | undefined, from: Located, frame: Frame | undefined): Value {
    const found = path.reduce<Value>((current, step) => this.member(current, step, from), value);
    if (!fallback) return found;
    const other = () => this.evaluate({ file: from.file, node: fallback }, frame);
    const arms = alternativesOf(found).map((arm) => {
      if (arm.type === 'literal') return arm.value === undefined ? other() : arm;
      return isNullish(arm) === undefined ? oneOf([arm, other()], from) : arm;
    });
    return oneOf(arms, from);
  }

  #parameter(owner: FunctionNode, index: number, from: Located, frame: Frame | undefined): Value {
    for (let current = frame; current; current = current.upper) {
      if (current.code !== owner) continue;
      if (isRestParameter(owner, index)) {
        const items = current.args.slice(index).map((value) => ({ value, certain: true }));
        return { type: 'array', items, open: false, from };
      }
      const argument = current.args[index] ?? literal(undefined, from);
      const fallback = parameterDefault(owner, index);
      return fallback ? this.#walkPath(argument, [], fallback, from, frame) : argument;
    }
    return this.#callbackItem(owner, index, from, frame) ?? unknown(from, { kind: 'parameter', file: from.file, function: owner, index, path: [] });
  }

  /** `items.map((item) => …)`: the first parameter of a callback is each of the items. */
  #callbackItem(callback: FunctionNode, index: number, from: Located, frame: Frame | undefined): Value | undefined {
    const iteration = iterationBy(callback);
    if (iteration?.parameter !== index) return undefined;
    const items = this.evaluate({ file: from.file, node: iteration.items }, frame);
    if (items.type === 'unknown') return undefined;
    return this.#anyItemOf(items, from);
  }

  /** `for (const item of items)`: the item of this round, or any of them. */
  #loopItem(loop: TSESTree.ForOfStatement, from: Located, frame: Frame | undefined): Value {
    for (let current = frame; current; current = current.upper) if (current.code === loop) return current.args[0] ?? unknown(from);
    return this.#anyItemOf(this.evaluate({ file: from.file, node: loop.right }, frame), from);
  }

  #anyItemOf(items: Value, from: Located): Value {
    const values = alternativesOf(items).flatMap((array): Value[] => {
      if (array.type !== 'array') return [unknown(from)];
      const listed = array.items.map(({ value }) => value);
      return array.open ? [...listed, unknown(from)] : listed;
    });
    return oneOf(values, from);
  }

  #import(module: string, name: string, from: Located): Value {
    const target = this.options.loader.load(module, from.file.path);
    if (!target) return unknown(from, { kind: 'export', module, name, path: [] });
    if (this.#depth > MAX_DEPTH) {
      this.#cuts += 1;
      return unknown(from);
    }
    // Counts as a level: two files that re-export each other's name never reach an expression.
    this.#depth += 1;
    try {
      return this.#exported(target, name, from);
    } finally {
      this.#depth -= 1;
    }
  }

  #exported(file: SourceFile, name: string, from: Located): Value {
    if (name === '*') return this.#namespace(file, from);
    const found = exportsOf(file).named.get(name);
    if (found?.kind === 'local') return this.evaluate({ file, node: found.node });
    if (found) return this.#import(found.module, found.name, { file, node: file.ast });
    const definition = defineExport(file, name, [], this.options.loader);
    if (definition.kind === 'value') return this.#atPath(definition, from);
    return unknown(from, definition);
  }

  #atPath(definition: Extract<Definition, { kind: 'value' }>, from: Located): Value {
    const whole = this.evaluate({ file: definition.file, node: definition.node });
    return definition.path.reduce<Value>((value, step) => this.member(value, step, from), whole);
  }

  #namespace(file: SourceFile, from: Located): Value {
    const properties = new Map<string, PropertyValue>();
    for (const name of exportsOf(file).named.keys()) {
      properties.set(name, { value: this.#exported(file, name, from), node: { file, node: file.ast }, certain: true });
    }
    return { type: 'object', properties, open: exportsOf(file).stars.length > 0, from };
  }

  #declared(
    node: ClassNode | FunctionNode | TSESTree.TSEnumDeclaration,
    from: Located,
    frame: Frame | undefined,
  ): Value {
    const { file } = from;
    if (isFunction(node)) return { type: 'function', node, frame, from: { file, node } };
    if (node.type === 'TSEnumDeclaration') {
      const properties = new Map<string, PropertyValue>();
      for (const member of node.body.members) {
        const name = member.id.type === 'Identifier' ? member.id.name : literalText(member.id);
        if (name === undefined || !member.initializer) continue;
        const value = this.evaluate({ file, node: member.initializer }, frame);
        properties.set(name, { value, node: { file, node: member }, certain: true });
      }
      return { type: 'object', properties, open: true, from: { file, node } };
    }
    return classObject(this, { file, node }, frame);
  }

  #memberExpression(node: TSESTree.MemberExpression, from: Located, frame: Frame | undefined): Value {
    const name = this.#memberName(node, from, frame);
    const own = name === undefined ? undefined : this.#memberOfThis(node.object, name, from, frame);
    if (own) return own;
    const object = this.evaluate({ file: from.file, node: node.object }, frame);
    if (name === undefined) {
      // `ROUTES[key]`: any of the values that the object lists.
      const all = alternativesOf(object).flatMap((value): Value[] => {
        if (value.type === 'object' && !value.open) return [...value.properties.values()].map((entry) => entry.value);
        return value.type === 'array' ? [this.#anyItemOf(value, from)] : [unknown(from)];
      });
      return oneOf(all, from);
    }
    const found = this.member(object, name, from);
    const isOptional = node.optional && alternativesOf(object).some((value) => isNullish(value) === true);
    return isOptional ? oneOf([found, literal(undefined, from)], from) : found;
  }

  /** `this.name` in a class or an object literal. */
  #memberOfThis(object: Node, name: string, from: Located, frame: Frame | undefined): Value | undefined {
    const written = unwrap(object);
    const member = written.type === 'ThisExpression' ? memberOfThis(written, name) : undefined;
    return member && memberValue(this, member, from, frame);
  }

  #memberName(node: TSESTree.MemberExpression, from: Located, frame: Frame | undefined): string | undefined {
    const name = propertyName(node);
    if (name !== undefined || !node.computed) return name;
    return knownText(this.evaluate({ file: from.file, node: node.property }, frame));
  }

  #environmentValue(name: string, from: Located): Value {
    const assumed = this.#environment(name);
    switch (assumed.kind) {
      case 'value':
        return text(assumed.text, from);
      case 'unset':
        return literal(undefined, from);
      case 'set':
      case 'maybe':
        return { type: 'text', parts: [{ kind: 'env', name, presence: assumed.kind, from }], from };
    }
  }

  member(value: Value, step: Step, from: Located): Value {
    const found = alternativesOf(value).map((arm): Value => {
      if (typeof step !== 'string') return arm.type === 'object' ? without(arm, step.omit, from) : arm;
      if (arm.type === 'object') {
        const property = propertyOf(arm, step);
        if (property === 'absent') return literal(undefined, from);
        if (!property) return unknown(from);
        return property.certain ? property.value : oneOf([property.value, unknown(from)], from);
      }
      if (arm.type === 'array' && /^\d+$/u.test(step)) {
        const item = arm.items[Number(step)];
        const isCertain = arm.items.slice(0, Number(step) + 1).every(({ certain }) => certain) && !arm.open;
        if (item) return isCertain ? item.value : oneOf([item.value, unknown(from)], from);
        return arm.open ? unknown(from) : literal(undefined, from);
      }
      if (arm.type === 'unknown') {
        const environment = this.#environmentMember(arm.definition, step, from);
        return environment ?? stepInto(arm, step, from);
      }
      // Reached with `?.` alone: without it the program throws.
      if (isNullish(arm) === true) return literal(undefined, from);
      return readMember(arm, step, from) ?? unknown(from);
    });
    return oneOf(found, from);
  }

  /** `const { NAME } = process.env` and `const env = process.env; env.NAME`. */
  #environmentMember(definition: Definition, step: string, from: Located): Value | undefined {
    return isProcessEnv(definition) ? this.#environmentValue(step, from) : undefined;
  }

  #callExpression(node: TSESTree.CallExpression, from: Located, frame: Frame | undefined): Value {
    const { file } = from;
    const args = () => this.#arguments(node, from, frame);
    const callee = unwrap(node.callee);
    if (callee.type === 'MemberExpression') {
      const name = this.#memberName(callee, { file, node: callee }, frame);
      const object = this.evaluate({ file, node: callee.object }, frame);
      const result = name === undefined ? undefined : callMethod(this, object, name, args(), from);
      if (result) return result;
    }
    const target = this.evaluate({ file, node: callee }, frame);
    const result = target.type === 'unknown' ? undefined : this.call(target, args(), from);
    if (result) return result;
    if (target.type === 'unknown' && target.definition.kind === 'global' && target.definition.path.length === 0) {
      const global = this.#callGlobal(target.definition.name, args(), from);
      if (global) return global;
    }
    // What a callback gives that a caller hands in hangs on that parameter.
    if (target.type === 'unknown' && target.definition.kind === 'parameter') return stepInto(unknown(from, target.definition), '()', from);
    return unknown(from, definitionOf(from, this.options.loader));
  }

  #arguments(node: TSESTree.CallExpression | TSESTree.NewExpression, from: Located, frame: Frame | undefined): Value[] {
    return node.arguments.flatMap((argument): Value[] => {
      if (argument.type !== 'SpreadElement') return [this.evaluate({ file: from.file, node: argument }, frame)];
      const items = this.evaluate({ file: from.file, node: argument.argument }, frame);
      return items.type === 'array' && !items.open ? items.items.map(({ value }) => value) : [];
    });
  }

  #callGlobal(name: string, [first]: readonly Value[], from: Located): Value | undefined {
    if (!first) return undefined;
    if (name === 'String') return concatenate([first], from);
    if (name === 'Boolean') {
      const truth = truthOf(first);
      return truth === undefined ? undefined : literal(truth, from);
    }
    return name === 'encodeURI' || name === 'decodeURI' ? first : undefined;
  }

  #newExpression(node: TSESTree.NewExpression, from: Located, evaluate: (node: Node) => Value): Value {
    const callee = unwrap(node.callee);
    // Whatever it is, it is an object: true, and not nullish.
    const instance: Value = { ...unknown(from), isSet: true };
    if (callee.type !== 'Identifier') return instance;
    if (variableOf(from.file, callee)) return this.#instanceOf(evaluate(callee), from) ?? instance;
    const [first, base] = node.arguments.map((argument) => evaluate(argument));
    if (!first) return callee.name === 'Map' || callee.name === 'Set' ? { ...listOf([], from), isMap: callee.name === 'Map' } : instance;
    if (callee.name === 'URL') return callMethod(this, first, 'new URL', base ? [base] : [], from) ?? instance;
    // A set is read as the list of its members, a map as that of its entries.
    if (first.type === 'array' && callee.name === 'Map') return { ...first, isMap: true };
    return callee.name === 'Set' && first.type === 'array' ? first : instance;
  }

  /** An instance of a class of the project: what the class itself gives it. */
  #instanceOf(constructed: Value, from: Located): Value | undefined {
    const { file, node } = constructed.from;
    if (constructed.type !== 'object' || (node.type !== 'ClassDeclaration' && node.type !== 'ClassExpression')) return undefined;
    return instanceObject(this, { file, node }, from);
  }
}

function stepInto(value: Extract<Value, { type: 'unknown' }>, step: string, from: Located): Value {
  const { definition } = value;
  const stepped: Definition = definition.kind === 'unknown' ? definition : { ...definition, path: [...definition.path, step] };
  return { ...unknown(from, stepped), ...(value.label !== undefined && { label: value.label }) };
}
