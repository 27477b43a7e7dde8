/** The edits that bring what is sent to what is registered. */
import type { TSESTree } from '@typescript-eslint/types';
import { isFunction, propertyName } from '../../../analysis/syntax/ast.ts';
import { type Edit, insertAfter, insertBefore, replace, styleOf } from '../../../analysis/edits/edits.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import type { Finding } from '../../finding.ts';
import type { SinkUse } from '../evaluate/sink-use.ts';
import type { RegisteredPreviewUri } from '../convex-json/preview-registration.ts';
import { armFor, armsBefore, firstProperty } from './arms.ts';
import { slotOf } from './preview-fix.ts';
import type { RedirectUri } from '../evaluate/redirect-uri.ts';
import { isVercelHost } from '../hosting/hosts.ts';

type ConsistentFix = Pick<Finding<string, 'sendRegistered'>, 'fix' | 'fixMessageId' | 'unfixable'>;

const fixOf = (edits: readonly Edit[]): ConsistentFix => ({
  fix: { safety: 'review', edits },
  fixMessageId: 'sendRegistered',
});

/** Adds the option to a call that sends nothing: an argument, a property of the one it has, a guard before its value. */
export function consistentFix(use: SinkUse, uri: RegisteredPreviewUri): ConsistentFix {
  const { file, sink } = use;
  if (sink.kind === 'variable' || sink.file !== file) return { unfixable: 'the call is in another file' };
  if (uri.sent === undefined) return { unfixable: 'the registered URI cannot be written as a template literal' };
  const guard = armFor('preview', `\`${uri.sent}\``, styleOf(file).quote);
  // The option is there, and comes to nothing on a preview: what it is elsewhere stays its other arm.
  const slot = slotOf(use);
  if (slot) {
    if (slot.value.type === 'SequenceExpression') return { unfixable: 'the value is a sequence of expressions' };
    return fixOf(armsBefore(slot, [guard], file));
  }
  const property = `${sink.option}: ${guard}undefined`;
  const written = sink.options?.node;
  const options = written && optionsLiteral(use);
  if (!written) {
    const edit = argumentEdit(sink.node, `{ ${property} }`, file);
    return edit ? fixOf([edit]) : { unfixable: 'the call has no place for options' };
  }
  if (!options) return { unfixable: 'the options are not written in this file, or not in one place' };
  if (options.properties.some((one) => one.type === 'SpreadElement' || propertyName(one) === sink.option)) {
    return { unfixable: 'the option is there already, or a spread may hold it' };
  }
  return fixOf([firstProperty(options, property, file)]);
}

/** The object literal that a call's options come to: in the call, or in a constant of the file. */
function optionsLiteral(use: SinkUse): TSESTree.ObjectExpression | undefined {
  const from = use.options()?.from;
  return from?.file === use.file && from.node.type === 'ObjectExpression' ? from.node : undefined;
}

function argumentEdit(call: TSESTree.CallExpression, argument: string, file: SourceFile): Edit | undefined {
  const last = call.arguments.at(-1);
  if (last) return insertAfter(last, `, ${argument}`);
  const end = call.range[1] - 1;
  return file.text[end] === ')' ? insertBefore([end, end], argument) : undefined;
}

/** Reads the wanted variable in place of the one that is read. */
export function hostFix({ from }: RedirectUri, wanted: string, file: SourceFile): ConsistentFix {
  const { node } = from;
  if (from.file !== file || node.type !== 'MemberExpression' || node.computed || node.property.type !== 'Identifier') {
    return { unfixable: 'the variable is not read where an edit can reach it' };
  }
  // A value that was made elsewhere: `const host = process.env.VERCEL_URL` has the name where it is read.
  if (!isVercelHost(node.property.name)) return { unfixable: 'the variable is not read where an edit can reach it' };
  const prefix = node.property.name.startsWith('NEXT_PUBLIC_') ? 'NEXT_PUBLIC_' : '';
  return fixOf(
    [...guardReads(node, node.property.name, file), node].map((read) => replace(read.property, prefix + wanted)),
  );
}

/** Other reads of the variable in the same function or statement: the `if` that stands before the one that is sent. */
function guardReads(node: TSESTree.MemberExpression, name: string, file: SourceFile): TSESTree.MemberExpression[] {
  const statement = guardOf(node);
  if (!statement) return [];
  const reads: TSESTree.MemberExpression[] = [];
  const text = file.text.slice(...node.range);
  const visit = (test: TSESTree.Node) => {
    if (
      test.type === 'MemberExpression' &&
      test.property.type === 'Identifier' &&
      test.property.name === name &&
      file.text.slice(...test.range) === text
    )
      reads.push(test);
    else if (test.type === 'LogicalExpression') {
      visit(test.left);
      visit(test.right);
    }
  };
  visit(statement);
  return reads;
}

function guardOf(node: TSESTree.MemberExpression): TSESTree.Node | undefined {
  let current: TSESTree.Node = node;
  while (current.parent && !isFunction(current.parent)) {
    const { parent }: TSESTree.Node = current;
    if ((parent.type === 'IfStatement' || parent.type === 'ConditionalExpression') && parent.test !== current)
      return parent.test;
    current = parent;
  }
  return undefined;
}
