/**
 * `npm run new no-something`: makes all files of a rule and registers it: the rule, its finder, codemod, page, test and a fixture.
 * What it makes passes every check; then write the page, the test and the finder, in this order.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { root: { type: 'string', default: process.cwd() } },
});
const [name] = positionals;
if (positionals.length !== 1 || !/^[a-z]+(?:-[a-z]+)+$/u.test(name))
  stop('usage: npm run new <rule-name>, in lower case with hyphens');

const at = (path) => join(values.root, path);
const camel = name.replace(/-(?<letter>[a-z])/gu, (_, letter) => letter.toUpperCase());
const finder = `find${camel[0].toUpperCase()}${camel.slice(1)}`;

const files = {
  [`rules/${name}.ts`]: `import { ${finder} } from '../playbook/${name}/find.ts';
import { createRule } from './create-rule.ts';

export default createRule({
  name: '${name}',
  type: 'problem',
  description: 'disallow calls of ${camel}',
  codemod: 'remove calls of ${camel}',
  presets: { strict: 'error' },
  messages: {
    ${camel}: "'{{name}}' must not be called.",
  },
  fixable: true,
  needles: ['${camel}('],
  find: ${finder},
});
`,
  [`playbook/${name}/find.ts`]: `import { walk } from '../../analysis/syntax/ast.ts';
import { replace } from '../../analysis/edits/edits.ts';
import type { Finder, Finding } from '../finding.ts';

type MessageId = '${camel}';

/** Finds calls of \`${camel}\`, and writes \`undefined\` in their place. */
export const ${finder}: Finder<undefined, MessageId, never> = (file) => {
  const findings: Finding<MessageId, never>[] = [];
  walk(file.ast, (node) => {
    if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier' || node.callee.name !== '${camel}') return;
    findings.push({
      messageId: '${camel}',
      data: { name: node.callee.name },
      range: node.range,
      fix: { safety: 'safe', edits: [replace(node, 'undefined')] },
    });
  });
  return findings;
};
`,
  [`codemods/${name}.ts`]: `import './without-babel.ts';
import rule from '../rules/${name}.ts';
import { codemodOf } from './codemod-of.ts';

export default codemodOf(rule);
`,
  [`docs/rules/${name}.md`]: `# authkit/${name}

<!-- end auto-generated rule header -->

## Why

What happens to users, and why.

## Fix

What the fix or the codemod writes, or what to write by hand.

## Incorrect

\`\`\`ts
${camel}();
\`\`\`

## Correct

\`\`\`ts
undefined;
\`\`\`

## Options

This rule has no options.

## When not to use it

If it is right on purpose.

## Details

What is followed, and what is not.
`,
  [`test/rules/${name}.test.ts`]: `import rule from '../../rules/${name}.ts';
import { ruleTester } from '../helpers/rule-tester.ts';

ruleTester.run(rule, {
  valid: [{ name: 'ignores a mere mention', code: '${camel};' }],
  invalid: [
    {
      name: 'reports a call and removes it',
      code: '${camel}();',
      output: 'undefined;',
      errors: [{ messageId: '${camel}', data: { name: '${camel}' }, line: 1, column: 1 }],
    },
  ],
});
`,
  [`test/codemods/${name}/call/input.tsx`]: `${camel}();\n`,
  [`test/codemods/${name}/call/output.tsx`]: 'undefined;\n',
};

for (const path of Object.keys(files)) if (existsSync(at(path))) stop(`${path} exists`);
for (const [path, text] of Object.entries(files)) {
  mkdirSync(dirname(at(path)), { recursive: true });
  // A long name breaks lines elsewhere.
  const layout = await resolveConfig(at(path));
  writeFileSync(at(path), await format(text, { ...layout, filepath: path }));
}

edit('rules/index.ts', (text) => {
  const imported = insertSorted(text, /^import \w+ from '\.\/[^']+';\n/gmu, `import ${camel} from './${name}.ts';\n`);
  return insertSorted(imported, /^ {4}\w+,\n/gmu, `    ${camel},\n`);
});
edit('CHANGELOG.md', (text) => text.replace(/^## Unreleased\n\n/mu, `$&- New rule and codemod \`${name}\`.\n\n`));

for (const path of Object.keys(files)) console.log(`made ${path}`);
console.log('registered in rules/index.ts and CHANGELOG.md');
console.log('Next: npm run docs; then the page, the test, the finder and the apps (CONTRIBUTING.md, "A new rule")');

/** Inserts an entry before the first one that sorts behind it. */
function insertSorted(text, pattern, entry) {
  const entries = [...text.matchAll(pattern)];
  const last = entries.at(-1);
  if (!last) stop(`no place for ${entry}`);
  const next = entries.find(([other]) => other > entry);
  const index = next ? next.index : last.index + last[0].length;
  return text.slice(0, index) + entry + text.slice(index);
}

function edit(path, change) {
  const text = readFileSync(at(path), 'utf8');
  const changed = change(text);
  if (changed === text) stop(`${path} has no place for the rule`);
  writeFileSync(at(path), changed);
}

function stop(message) {
  console.error(message);
  process.exit(1);
}
