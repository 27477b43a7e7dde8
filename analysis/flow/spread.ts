/**
 * Where in a file the values of some places may get to, by names and nesting alone: nothing is evaluated, and what may be elsewhere counts as
 * being there. It tells which of a hundred expressions are worth the evaluator's time.
 */
import type { TSESTree } from '@typescript-eslint/types';
import { type FunctionNode, type Node, childrenOf, isFunction, rootOf, unwrap, walk } from '../syntax/ast.ts';
import { isClass } from '../syntax/bindings/classes.ts';
import { declarationOf } from '../syntax/bindings/declarations.ts';
import type { ModuleLoader } from '../syntax/bindings/modules.ts';
import { type Variable, variableOf } from '../syntax/bindings/scopes.ts';
import type { SourceFile } from '../syntax/source-file.ts';

interface SpreadOptions {
  readonly loader: Pick<ModuleLoader, 'resolve'>;
  /** Nodes out of which no value comes that matters. */
  readonly isEnd: (node: Node) => boolean;
}

/**
 * The nodes in which the values of some nodes may be: what is around these, and around each name that may have got one of them, by an assignment, a
 * call or as a parameter. Undefined where that can't be told: then a value may be anywhere.
 */
export function spreadOf(
  file: SourceFile,
  starts: readonly Node[],
  options: SpreadOptions,
): ReadonlySet<Node> | undefined {
  const spread = new Spread(file, options);
  return spread.from(starts) ? spread.reached : undefined;
}

class Spread {
  readonly reached = new Set<Node>();
  readonly #file: SourceFile;
  readonly #options: SpreadOptions;
  readonly #variables = new Set<Variable>();
  readonly #queue: Node[] = [];

  constructor(file: SourceFile, options: SpreadOptions) {
    this.#file = file;
    this.#options = options;
  }

  /** False where a value gets into a class: its members know one another without a name. */
  from(starts: readonly Node[]): boolean {
    this.#queue.push(...starts);
    for (const start of this.#queue) {
      for (let node: Node | undefined = start; node && !this.reached.has(node); node = node.parent) {
        if (isClass(node)) return false;
        if (this.#options.isEnd(node) || node.type === 'JSXClosingElement') break;
        // What a component is says nothing of its props.
        if (node.parent?.type === 'JSXOpeningElement' && node.parent.name === node) {
          this.#passElement(node.parent);
          break;
        }
        this.reached.add(node);
        this.#pass(node);
      }
    }
    return true;
  }

  /** Whatever else has a value that is somewhere in a node. */
  #pass(node: Node): void {
    switch (node.type) {
      case 'AssignmentExpression':
      case 'AssignmentPattern':
      case 'ForInStatement':
      case 'ForOfStatement':
        this.#bind(node.left);
        break;
      case 'CallExpression':
      case 'NewExpression':
        this.#passCall(node);
        break;
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'TSEnumDeclaration':
      case 'TSModuleDeclaration':
      case 'VariableDeclarator':
        if (node.id) this.#bind(node.id);
        break;
      case 'JSXOpeningElement':
        this.#passElement(node);
        break;
      default:
    }
  }

  /** What is called may keep what it is given, hand it to the functions that it is given, and put it into the other arguments. */
  #passCall({ arguments: given, callee }: TSESTree.CallExpression | TSESTree.NewExpression): void {
    const root = rootOf(callee);
    const variable = root && variableOf(this.#file, root);
    // Nothing is known of what a package does.
    if (variable && this.#isOfPackage(variable)) return;
    const isMember = unwrap(callee) !== root;
    const own = variable ? this.#functionsOf(variable) : [];
    const mayChange = own.length > 0 || (!variable && root?.name === 'Object');
    if (variable && (isMember || own.length === 0)) this.#addWithSiblings(variable);
    own.forEach((one) => {
      this.#bindParameters(one);
    });
    for (const argument of given) {
      const named = this.#passGiven(argument);
      if (named && mayChange) this.#add(named);
    }
  }

  /** What is given to a call or a component: if that is a function, it may be called with the value. Returns the variable that it is, or is part of. */
  #passGiven(node: Node): Variable | undefined {
    const value = unwrap(node);
    if (isFunction(value)) this.#bindParameters(value);
    const name = rootOf(value);
    const variable = name && variableOf(this.#file, name);
    if (variable) for (const one of this.#functionsOf(variable)) this.#bindParameters(one);
    return variable;
  }

  /** A component gives its props to its own code, and to the functions among its props and children. */
  #passElement({ name, parent }: TSESTree.JSXOpeningElement): void {
    let node: Node = name;
    while (node.type === 'JSXMemberExpression') node = node.object;
    const variable = node.type === 'JSXIdentifier' ? variableOf(this.#file, node) : undefined;
    if (variable) {
      if (node !== name || declarationOf(variable).kind !== 'import') this.#add(variable);
      for (const one of this.#functionsOf(variable)) this.#bindParameters(one);
    }
    walk(parent, (one) => {
      if (one.type === 'JSXExpressionContainer') this.#passGiven(one.expression);
    });
  }

  /** The functions that a variable is declared as, those in a call included: `useCallback((item) => …)`. */
  #functionsOf(variable: Variable): readonly FunctionNode[] {
    const declaration = declarationOf(variable);
    if (declaration.kind !== 'declared' && declaration.kind !== 'value') return [];
    if (isFunction(declaration.node)) return [declaration.node];
    const value = unwrap(declaration.node);
    return value.type === 'CallExpression'
      ? value.arguments.filter((one) => isFunction(one))
      : isFunction(value)
        ? [value]
        : [];
  }

  #isOfPackage(variable: Variable): boolean {
    const declaration = declarationOf(variable);
    return (
      declaration.kind === 'import' && this.#options.loader.resolve?.(declaration.module, this.#file.path) === undefined
    );
  }

  #bindParameters({ params }: FunctionNode): void {
    for (const param of params) this.#bind(param);
  }

  /** All names that a pattern, or an assignment, gives a value. */
  #bind(target: Node): void {
    if (target.type === 'MemberExpression') {
      const root = rootOf(target);
      if (root) this.#bind(root);
    } else if (target.type === 'Identifier') {
      const variable = variableOf(this.#file, target);
      if (variable) this.#add(variable);
    } else if (target.type !== 'AssignmentPattern') {
      for (const child of childrenOf(target)) this.#bind(child);
    } else this.#bind(target.left);
  }

  /** `[path, setPath]`: what is given to one of them may come out of the other. */
  #addWithSiblings(variable: Variable): void {
    this.#add(variable);
    for (const { node } of variable.defs)
      if ((node as Node).type === 'VariableDeclarator') this.#bind((node as TSESTree.VariableDeclarator).id);
  }

  #add(variable: Variable): void {
    if (this.#variables.has(variable)) return;
    this.#variables.add(variable);
    this.#queue.push(...variable.references.map(({ identifier }): Node => identifier));
  }
}
