/**
 * The static evaluator: "what will this be?" It reads expressions the way the program would compute them, follows
 * names into other files, calls small helpers, and says `unknown` (and of what) where the text does not tell.
 * Nothing of the program runs.
 *
 * This file has how far a question goes, and which part answers for which expression; the parts ask each other through the `Evaluator`.
 */
import type { TSESTree } from '@typescript-eslint/types';
import { reachLimit } from '../limits.ts';
import { type Node, literalText, unwrap } from '../syntax/ast.ts';
import { type Located, definitionOf } from '../syntax/bindings/definitions.ts';
import { callValue, evaluateCall, evaluateNew } from './calls.ts';
import { type Step, declarationOf, writesOf } from '../syntax/bindings/declarations.ts';
import { variableOf } from '../syntax/bindings/scopes.ts';
import type { SourceFile } from '../syntax/source-file.ts';
import type { Evaluator, EvaluatorOptions } from './evaluator.ts';
import {
  evaluateBinary,
  evaluateConditional,
  evaluateList,
  evaluateLogical,
  evaluateObject,
  evaluateTemplate,
  evaluateUnary,
} from './expressions.ts';
import { exportedValue } from './exported-values.ts';
import { evaluateMember, memberOf } from './member-access.ts';
import { classObject, enumObject, namespaceObject } from './members.ts';
import { type Frame, type Value, literal, text, unknown } from './values.ts';
import { evaluateName } from './variables.ts';

export type { Evaluator, EvaluatorOptions } from './evaluator.ts';

/** A question that takes more steps than this is not answered, */
const MAX_STEPS = 2_000;
/** nor are further ones when all questions to an evaluator took this many: a file is not worth a second. */
const MAX_STEPS_IN_ALL = 40_000;
const MAX_DEPTH = 200;
/** An expression of more characters is itself what takes the steps. */
const LARGE = 10_000;

/** Makes an evaluator for one environment. It keeps what it found, so use one for all questions of a file. */
export function createEvaluator(options: EvaluatorOptions): Evaluator {
  return new StaticEvaluator(options);
}

class StaticEvaluator implements Evaluator {
  readonly options: EvaluatorOptions;
  /** By the call that is evaluated; outside of any, by the evaluator itself. */
  readonly #known = new WeakMap<object, WeakMap<Node, Value>>();
  readonly #active = new Map<Node, Set<Frame | undefined>>();
  #steps = 0;
  /** The length of the expression that was asked for. */
  #asked = 0;
  #stepsInAll = 0;
  #depth = 0;
  #cuts = 0;

  constructor(options: EvaluatorOptions) {
    this.options = options;
  }

  evaluate(expression: Located, frame?: Frame): Value {
    const node = unwrap(expression.node);
    const located: Located = node === expression.node ? expression : { file: expression.file, node };
    const known = this.#knownIn(frame);
    const before = known.get(node);
    if (before) return before;
    if (this.#depth === 0) {
      this.#steps = 0;
      this.#asked = node.range[1] - node.range[0];
    }
    const active = this.#active.get(node) ?? new Set();
    if (
      active.has(frame) ||
      this.#depth > MAX_DEPTH ||
      this.#steps > MAX_STEPS ||
      this.#stepsInAll > MAX_STEPS_IN_ALL
    ) {
      this.#cuts += 1;
      // A question may well lead too far; one that is too large itself, or a file in which all questions are given up, has not been analysed.
      if (this.#stepsInAll > MAX_STEPS_IN_ALL || (this.#steps > MAX_STEPS && this.#asked > LARGE))
        reachLimit(located.file.path);
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
      if (this.#cuts === cutsBefore || (!frame && this.#depth === 1)) known.set(node, value);
      return value;
    } finally {
      this.#depth -= 1;
      active.delete(frame);
    }
  }

  #knownIn(frame: Frame | undefined): WeakMap<Node, Value> {
    const key = frame ?? this;
    let known = this.#known.get(key);
    if (!known) this.#known.set(key, (known = new WeakMap()));
    return known;
  }

  renew(): void {
    this.#stepsInAll = 0;
  }

  call(callee: Value, args: readonly Value[], from: Located): Value | undefined {
    return callValue(this, callee, args, from);
  }

  member(value: Value, step: Step, from: Located): Value {
    return memberOf(this, value, step, from);
  }

  imported(module: string, name: string, from: Located): Value {
    const file = this.options.loader.load(module, from.file.path);
    if (!file) return unknown(from, { kind: 'export', module, name, path: [] });
    if (this.#depth > MAX_DEPTH) {
      this.#cuts += 1;
      return unknown(from);
    }
    // Counts as a level: two files that re-export each other's name never reach an expression.
    this.#depth += 1;
    try {
      return exportedValue(this, file, name, from);
    } finally {
      this.#depth -= 1;
    }
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
      case 'TaggedTemplateExpression':
        return isRawTag(this, { file, node: node.tag })
          ? evaluateTemplate(node.quasi, from, evaluate, 'raw')
          : unknown(from);
      case 'Identifier':
      case 'JSXIdentifier':
        return evaluateName(this, { file, node }, frame);
      case 'MemberExpression':
        return evaluateMember(this, { file, node }, frame);
      case 'ObjectExpression':
        return evaluateObject(node, from, evaluate, (getter, place) => this.call(getter, [], place));
      case 'ArrayExpression':
        return evaluateList(node.elements, from, evaluate);
      case 'ArrowFunctionExpression':
      case 'FunctionExpression':
      case 'FunctionDeclaration':
        return { type: 'function', node, frame, from };
      case 'ClassDeclaration':
      case 'ClassExpression':
        return classObject(this, { file, node }, frame);
      case 'TSEnumDeclaration':
        return enumObject(this, { file, node }, frame);
      case 'TSModuleDeclaration':
        return namespaceObject(this, { file, node });
      case 'ConditionalExpression':
        return evaluateConditional(node, from, evaluate);
      case 'LogicalExpression':
        return evaluateLogical(node, from, evaluate);
      case 'BinaryExpression':
        return evaluateBinary(node, from, evaluate);
      case 'UnaryExpression':
        return evaluateUnary(node, from, evaluate);
      case 'AwaitExpression':
        return evaluate(node.argument);
      case 'AssignmentExpression':
        return node.operator === '=' || isMadeOnce(file, node) ? evaluate(node.right) : unknown(from);
      case 'CallExpression':
        return evaluateCall(this, { file, node }, frame);
      case 'ImportExpression': {
        const module = literalText(node.source);
        return module === undefined ? unknown(from) : this.imported(module, '*', from);
      }
      case 'NewExpression':
        return evaluateNew(this, { file, node }, frame);
      case 'JSXEmptyExpression':
        return literal(undefined, from);
      case 'JSXAttribute':
        return node.value ? evaluate(node.value) : literal(true, from);
      default:
        return unknown(from);
    }
  }
}

/** `value ??= make()`, where nothing else sets the variable: it is what is made, now or before. */
function isMadeOnce(file: SourceFile, { left, operator }: TSESTree.AssignmentExpression): boolean {
  const variable = operator === '??=' && left.type === 'Identifier' ? variableOf(file, left) : undefined;
  return variable !== undefined && declarationOf(variable).kind === 'empty' && writesOf(variable).length === 1;
}

/** `String.raw` */
function isRawTag({ options: { loader } }: Evaluator, tag: Located): boolean {
  const definition = definitionOf(tag, loader);
  if (definition.kind !== 'global') return false;
  const [member, ...rest] = definition.path;
  return definition.name === 'String' && member === 'raw' && rest.length === 0;
}
