/** Which values reach a place in the code: from which file and line, under which condition. */
import { enclosingFunction, isFunction, type Node, type Range, unwrap, walk } from '../../../analysis/syntax/ast.ts';
import { positionAt, type SourceFile } from '../../../analysis/syntax/source-file.ts';
import type { Ref } from '../../../analysis/flow/calls/call-contexts.ts';
import { all, atom, type Condition, known, not, replaceAtoms } from '../../../analysis/flow/conditions.ts';
import { pathTo, type Test } from '../../../analysis/flow/paths.ts';
import { type Reader, type Source, sourcesOf, type SourceValue, under } from '../../../analysis/flow/sources.ts';
import { reactIn } from '../../../playbook/token-bridge/values/hooks.ts';
import type { Project } from '../../../project/project.ts';
import { type CodeTest, codeOf, wordsOf } from './conditions-in-words.ts';

export interface ReachingValue {
  /** As it is written, without secrets. */
  readonly text: string;
  /** `lib/url.ts:4:10` */
  readonly place: string;
  /** Undefined: always. */
  readonly when: string | undefined;
}

const MAX_STEPS = 500;
const MAX_VALUES = 12;

/** The values of the expression at a range, where they are more than what is written there. */
export function valuesReaching(range: Range, file: SourceFile, project: Project): readonly ReachingValue[] {
  const node = expressionAt(range, file);
  if (!node) return [];
  const sources = leavesOf({ file, node, path: [] }, readerIn(project)).filter(
    ({ when }) => when.kind !== 'known' || when.value,
  );
  const [only] = sources;
  const isItself = sources.length === 1 && only?.value.kind === 'value' && only.value.ref.node === unwrap(node);
  // What a function does is not said by its text.
  const isFunctionAmong = sources.some(({ value }) => value.kind === 'value' && isFunction(unwrap(value.ref.node)));
  if (isItself || isFunctionAmong || sources.length > MAX_VALUES) return [];
  return sources.flatMap(({ value, when }, index) => {
    const shown = shownValue(value, project);
    const isLast = index === sources.length - 1;
    return shown ? [{ ...shown, when: isLast && index > 0 ? 'otherwise' : wordsOf(when, file, project) }] : [];
  });
}

/** Under which condition code comes to a place in the function around it; undefined where it always does. */
export function conditionAt(range: Range, file: SourceFile, project: Project): string | undefined {
  const node = nodeAt(range, file);
  if (!node) return undefined;
  const path = replaceAtoms<Test, CodeTest>(pathTo(node, enclosingFunction(node) ?? file.ast), (test) => {
    switch (test.kind) {
      case 'true':
        return testOf({ file, node: test.node, path: [] });
      case 'nullish':
        return testOf({ file, node: test.node, path: [] }, 'nullish');
      case 'equals':
        return testOf({ file, node: test.node, path: [] }, 'case');
      default:
        // What only a run shows is not said.
        return known(test.kind === 'passes' || test.kind === 'repeats');
    }
  });
  // It begins at the place; a person reads it from the outside in.
  const ordered = path?.kind === 'and' ? all(path.of.toReversed()) : path;
  return ordered && wordsOf(ordered, file, project);
}

function nodeAt([start, end]: Range, file: SourceFile): Node | undefined {
  let found: Node | undefined;
  walk(file.ast, (node) => {
    if (node.range[0] === start && node.range[1] === end) found ??= node;
    return node.range[0] <= start && node.range[1] >= end;
  });
  return found;
}

/** What has a value at a range: of an attribute, a property or a declaration, its value. */
function expressionAt(range: Range, file: SourceFile): Node | undefined {
  const node = nodeAt(range, file);
  switch (node?.type) {
    case 'JSXAttribute':
      return node.value?.type === 'JSXExpressionContainer' ? node.value.expression : undefined;
    case 'Property':
      return node.value;
    case 'VariableDeclarator':
      return node.init ?? undefined;
    case 'AssignmentExpression':
      return node.right;
    case 'ConditionalExpression':
    case 'Identifier':
    case 'LogicalExpression':
    case 'MemberExpression':
    case 'CallExpression':
    case 'TemplateLiteral':
      return node;
    default:
      return undefined;
  }
}

/** Tests as they are written. */
function readerIn(project: Project): Reader<CodeTest> {
  let left = MAX_STEPS;
  return {
    ...reactIn(project),
    truth: (test) => testOf(test),
    truthOf: ([first]) => (first?.value.kind === 'value' ? testOf(first.value.ref) : known(false)),
    equality: (one, other) => atom({ key: `${keyOf(one)}=${keyOf(other)}`, kind: 'equal', ref: one, other }),
    placeOf: ({ node }) => node,
    mayGoOn: () => (left -= 1) > 0,
  };
}

function testOf(ref: Ref, kind: 'case' | 'nullish' | 'true' = 'true'): Condition<CodeTest> {
  const node = unwrap(ref.node);
  if (kind === 'true' && node.type === 'Literal') return known(Boolean(node.value));
  if (kind === 'true' && node.type === 'UnaryExpression' && node.operator === '!')
    return not(testOf({ ...ref, node: node.argument }));
  return atom({ key: `${kind} ${keyOf(ref)}`, kind, ref: { ...ref, node } });
}

const keyOf = ({ file, node, path }: Ref): string =>
  `${file.path}:${node.range.join('-')}:${path.map(String).join('.')}`;

/** As `sourcesOf`, with `??`, `||` and `&&` taken apart. */
function leavesOf(ref: Ref, reader: Reader<CodeTest>): readonly Source<CodeTest>[] {
  return sourcesOf(ref, ref.node, reader).flatMap((source) => {
    if (source.value.kind !== 'value') return [source];
    const { node, ...rest } = source.value.ref;
    const inner = unwrap(node);
    if (inner.type !== 'LogicalExpression' || !reader.mayGoOn()) return [source];
    const [left, right] = [inner.left, inner.right].map((side) => leavesOf({ ...rest, node: side }, reader));
    const test = testOf({ ...rest, node: inner.left, path: [] }, inner.operator === '??' ? 'nullish' : 'true');
    const isLeft = inner.operator === '||' ? test : not(test);
    return [...under(all([source.when, isLeft]), left ?? []), ...under(source.when, right ?? [])];
  });
}

function shownValue(value: SourceValue<CodeTest>, project: Project): Pick<ReachingValue, 'place' | 'text'> | undefined {
  if (value.kind === 'truth') return undefined;
  if (value.kind === 'nothing') return { text: 'undefined', place: '' };
  const { file, node } = value.ref;
  const { column, line } = positionAt(file.text, node.range[0]);
  return { text: codeOf(value.ref), place: `${project.display(file.path)}:${String(line)}:${String(column)}` };
}
