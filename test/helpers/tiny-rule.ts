/** A rule small enough to see through, for tests of what all rules share. */
import { walk } from '../../analysis/syntax/ast.ts';
import { replace } from '../../analysis/edits/edits.ts';
import type { Finding } from '../../playbook/finding.ts';
import { type AuthKitRule, createRule } from '../../rules/create-rule.ts';
import { type Needles } from '../../rules/needles.ts';

interface TinyOptions {
  readonly ignore: readonly string[];
}

/**
 * Reports identifiers: `bad` has a safe fix, `doubtful` a review fix and another suggestion, `hopeless` none; `crash` throws.
 * `bad2` becomes `bad`, so that two passes are needed.
 */
export function tinyRule(needles: Needles = ['bad', 'doubtful', 'hopeless', 'crash']): AuthKitRule {
  return createRule<TinyOptions, 'bad' | 'doubtful' | 'hopeless', 'remove' | 'useGood'>({
    name: 'tiny',
    type: 'problem',
    description: 'disallow bad identifiers',
    presets: { recommended: 'error' },
    messages: {
      bad: "'{{name}}' is bad.",
      doubtful: "'{{name}}' is doubtful.",
      hopeless: "'{{ name }}' is hopeless.",
      useGood: 'Use good.',
      remove: 'Write undefined.',
    },
    fixable: true,
    hasSuggestions: true,
    schema: {
      type: 'object',
      properties: { ignore: { type: 'array', items: { type: 'string' } } },
      additionalProperties: false,
    },
    defaultOptions: { ignore: [] },
    needles,
    find(file, _project, { ignore }) {
      const findings: Finding<'bad' | 'doubtful' | 'hopeless', 'remove' | 'useGood'>[] = [];
      walk(file.ast, (node) => {
        if (node.type !== 'Identifier' || ignore.includes(node.name)) return;
        const { name, range } = node;
        const found = { data: { name }, range };
        if (name === 'crash') throw new TypeError('a bug');
        if (name === 'bad')
          findings.push({ ...found, messageId: 'bad', fix: { safety: 'safe', edits: [replace(node, 'good')] } });
        if (name === 'bad2')
          findings.push({ ...found, messageId: 'bad', fix: { safety: 'safe', edits: [replace(node, 'bad')] } });
        if (name === 'badSyntax')
          findings.push({ ...found, messageId: 'bad', fix: { safety: 'safe', edits: [replace(node, '(')] } });
        if (name === 'doubtful') {
          const suggestions = [{ messageId: 'remove', edits: [replace(node, 'undefined')] }] as const;
          const fix = { safety: 'review', edits: [replace(node, 'good')] } as const;
          findings.push({ ...found, messageId: 'doubtful', fix, fixMessageId: 'useGood', suggestions });
        }
        if (name === 'hopeless')
          findings.push({ ...found, messageId: 'hopeless', unfixable: 'nobody knows what it should be' });
      });
      return findings;
    },
  });
}
