/** Templates that are tested for truth, though text around their variable makes them true whatever it is (PLAYBOOK §4). */
import type { TSESTree } from '@typescript-eslint/types';
import { type Edit, insertAfter, insertBefore, replace } from '../../../analysis/edits/edits.ts';
import { type Node, type Range, unwrap } from '../../../analysis/syntax/ast.ts';
import type { Located } from '../../../analysis/syntax/bindings/definitions.ts';
import { type SourceFile, positionAt } from '../../../analysis/syntax/source-file.ts';
import type { Evaluator } from '../../../analysis/values/evaluate.ts';
import { type Value, alternativesOf, describeText, knownText } from '../../../analysis/values/values.ts';
import type { Project } from '../../../project/project.ts';
import type { Finding } from '../../finding.ts';
import { evaluatorUnder } from '../evaluate/interpret.ts';
import type { SinkUse } from '../evaluate/sink-use.ts';
import { usesIn } from '../evaluate/sink-uses.ts';
import { locationOf } from './locations.ts';
import { createSharing } from './shared-places.ts';

export type TestedMessageId = 'testedTemplate';
export type TestedSuggestionId = 'testVariable';

type Tested = Finding<TestedMessageId, TestedSuggestionId>;

interface TestedTemplate {
  /** What is tested, and the template in it. */
  readonly test: Located;
  readonly template: Node;
  readonly use: SinkUse;
  /** What the template is when its variable is set, and the variable. */
  readonly value: string;
  readonly name: string;
}

/** Finds the tested templates on the way to some sinks of a file: those of this file, and those of helpers that give it a value. */
export function findTestedTemplates(file: SourceFile, uses: readonly SinkUse[], project: Project): readonly Tested[] {
  const known = new Set<string>();
  return uses.flatMap(templatesOf).flatMap((one): Tested[] => {
    const { name, template, test, use, value } = one;
    if (test.file === file) {
      return [
        {
          messageId: 'testedTemplate',
          range: template.range,
          data: { value, name, where: '' },
          ...testFix(test.node, template, file),
        },
      ];
    }
    const place = placeOf(one);
    const [uri] = use.sentOn('local', 'unset');
    if (!uri || known.has(place) || sharingOf(place, file, project) === 'reported') return [];
    known.add(place);
    const shown = project.display(test.file.path);
    const line = String(positionAt(test.file.text, template.range[0]).line);
    return [
      {
        messageId: 'testedTemplate',
        range: locationOf(uri, use),
        data: { value, name, where: ` (${shown}:${line})` },
        unfixable: `the test is in ${shown}`,
      },
    ];
  });
}

const placeOf = ({ template, test: { file } }: TestedTemplate): string => `${file.path} ${String(template.range[0])}`;

const sharingOf = createSharing('tested templates', (file, project) =>
  usesIn(file, project).flatMap((use) =>
    templatesOf(use).flatMap((one) => (one.test.file === file ? [] : [placeOf(one)])),
  ),
);

function templatesOf(use: SinkUse): TestedTemplate[] {
  const visited = new Map<Node, Located>();
  // Where every variable is unset the evaluator goes past the test that was meant to catch it.
  const evaluator = evaluatorUnder({ deployment: 'local', others: 'unset' }, use.project, (asked) => {
    visited.set(asked.node, asked);
  });
  use.valueBy(evaluator);
  return [...visited.values()].flatMap((test) => judgeTest(test, use, evaluator) ?? []);
}

function judgeTest({ file, node }: Located, use: SinkUse, evaluator: Evaluator): TestedTemplate | undefined {
  if (!isTest(node)) return undefined;
  const whenUnset = texts(evaluator.evaluate({ file, node }));
  if (whenUnset.length === 0 || !whenUnset.every((text) => /undefined|^[a-z]+:\/\/$/u.test(knownText(text) ?? '')))
    return undefined;
  // Of `a || b` it is the last that is never empty.
  const template = lastOf(node);
  const [whenSet] = texts(use.evaluatorOn('preview', 'set').evaluate({ file, node: template }));
  const variable = whenSet?.parts.find((part) => part.kind === 'env');
  if (!whenSet || variable?.kind !== 'env') return undefined;
  return { test: { file, node }, template, use, value: describeText(whenSet), name: variable.name };
}

function lastOf(node: Node): Node {
  const inner = unwrap(node);
  return inner.type === 'LogicalExpression' && inner.operator !== '&&' ? lastOf(inner.right) : node;
}

function texts(value: Value) {
  return alternativesOf(value).flatMap((one) => (one.type === 'text' ? [one] : []));
}

/** Whether a node's truth (or its being there) decides which way the program goes. */
function isTest(node: Node): boolean {
  const { parent } = node;
  switch (parent?.type) {
    case 'LogicalExpression':
      return parent.left === node;
    case 'ConditionalExpression':
    case 'IfStatement':
      return parent.test === node;
    case 'UnaryExpression':
      return parent.operator === '!';
    default:
      return false;
  }
}

function testFix(node: Node, tested: Node, file: SourceFile): Pick<Tested, 'fix' | 'fixMessageId' | 'unfixable'> {
  const { parent } = node;
  const template = unwrap(tested);
  const hole =
    template.type === 'TemplateLiteral' && template.expressions.length === 1 ? template.expressions[0] : undefined;
  const isFallback = parent?.type === 'LogicalExpression' && parent.operator !== '&&';
  if (!hole || !isFallback || hole.type !== 'MemberExpression')
    return { unfixable: 'the variable to test is not in the same expression' };
  // Something else comes first, and what ends it is a parenthesis.
  if (tested !== node && file.text.slice(tested.range[1], parent.right.range[0]).includes(')'))
    return { unfixable: 'the template is in parentheses' };
  return { fix: { safety: 'review', edits: ternaryEdits(parent, tested, hole, file) }, fixMessageId: 'testVariable' };
}

// `a || b` becomes `VARIABLE ? a : b`, and `x || a || b` becomes `x || (VARIABLE ? a : b)`.
function ternaryEdits(logical: TSESTree.LogicalExpression, tested: Node, hole: Node, file: SourceFile): Edit[] {
  const test = file.text.slice(...hole.range);
  const between: Range = [logical.left.range[1], logical.right.range[0]];
  const isAlone =
    tested === logical.left &&
    /^(?:Property|VariableDeclarator|ReturnStatement|ArrowFunctionExpression|CallExpression|AssignmentExpression)$/u.test(
      logical.parent.type,
    );
  const isBare = isAlone && !/[()]/u.test(file.text.slice(...between));
  const start = tested === logical.left ? logical : tested;
  if (!isBare)
    return [insertBefore(start, `(${test} ? `), replace(operatorOf(logical, file), ':'), insertAfter(logical, ')')];
  return [insertBefore(start, `${test} ? `), replace(operatorOf(logical, file), ':')];
}

function operatorOf({ left, operator, right }: TSESTree.LogicalExpression, file: SourceFile): Range {
  const start = left.range[1] + file.text.slice(left.range[1], right.range[0]).indexOf(operator);
  return [start, start + operator.length];
}
