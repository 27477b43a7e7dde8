/** The WorkOS client in code that meets a later major version of `@workos-inc/node`: what has another name, and what is gone. */
import type { TSESTree } from '@typescript-eslint/types';
import { type Edit, replace } from '../../analysis/edits/edits.ts';
import { type Node, literalText, propertyName, unwrap, walk, wrapped } from '../../analysis/syntax/ast.ts';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import { knownExport } from '../../playbook/libraries/index.ts';
import type { Project } from '../../project/project.ts';
import type { LeftPlace } from '../workspace/plan.ts';
import { type Draft, leftIn } from '../workspace/draft.ts';
import { REMOVED_EXPORTS, REMOVED_MEMBERS, RENAMED_MEMBERS } from './node-sdk-names.ts';
import { NODE_SDK } from './versions.ts';
import { expressionAt } from '../../analysis/syntax/bindings/expressions.ts';

const GROUPS = [...new Set([...Object.keys(RENAMED_MEMBERS), ...Object.keys(REMOVED_MEMBERS), 'widgets'])];
const MAY_CONCERN = new RegExp(`\\.(?:${GROUPS.join('|')})\\b|${NODE_SDK}`, 'u');

/** Rewrites what has another name; returns what needs a manual change. */
export function moveToNodeSdk(files: readonly string[], project: Project, draft: Draft): readonly LeftPlace[] {
  return files.flatMap((path) => {
    const text = project.facts.text(path) ?? '';
    const file = MAY_CONCERN.test(text) ? project.sourceFile(path) : undefined;
    return file ? [...removedImports(file), ...moveMembers(file, project, draft)] : [];
  });
}

function moveMembers(file: SourceFile, project: Project, draft: Draft): readonly LeftPlace[] {
  const left: LeftPlace[] = [];
  walk(file.ast, (node) => {
    const found = node.type === 'MemberExpression' ? clientMember(node, file, project) : undefined;
    if (!found) return;
    const { group, method, owner } = found;
    const shown = `${group}.${method}()`;
    const renamed = own(RENAMED_MEMBERS[group], method);
    const edits = renamed === undefined ? tokenEdits(found, file) : renameEdits(found, renamed);
    if (edits) {
      const now = renamed ?? 'widgets.createToken';
      draft.rewrite(file, { edits, at: owner.range[0], message: `${shown} is called ${now}() now.` });
      return;
    }
    const removed = own(REMOVED_MEMBERS[group], method) ?? own(REMOVED_MEMBERS[group], '*');
    const reason = group === 'widgets' && method === 'getToken' ? 'widgets.createToken() returns { token }' : removed;
    if (reason !== undefined) left.push(leftIn(file, owner.range[0], `${shown} is gone from ${NODE_SDK} 10.`, reason));
  });
  return left;
}

const own = (names: Readonly<Record<string, string>> | undefined, name: string): string | undefined =>
  names && Object.hasOwn(names, name) ? names[name] : undefined;

interface ClientMember {
  readonly group: string;
  readonly method: string;
  /** `client.group.method` */
  readonly owner: TSESTree.MemberExpression;
  /** `client.group` */
  readonly groupNode: TSESTree.MemberExpression;
}

function clientMember(owner: TSESTree.MemberExpression, file: SourceFile, project: Project): ClientMember | undefined {
  const groupNode = unwrap(owner.object);
  if (groupNode.type !== 'MemberExpression') return undefined;
  const [group, method] = [propertyName(groupNode), propertyName(owner)];
  if (group === undefined || method === undefined || !GROUPS.includes(group)) return undefined;
  return isClient(groupNode.object, file, project) ? { group, method, owner, groupNode } : undefined;
}

/** Whether an expression is a client: `new WorkOS()`, `getWorkOS()`, and the variables that hold one. */
function isClient(node: Node, file: SourceFile, project: Project): boolean {
  const made = expressionAt({ file, node }, project, 'CallExpression', 'NewExpression');
  return (
    made !== undefined && knownExport({ ...made, node: made.node.callee }, project)?.entry.makesWorkOSClient === true
  );
}

function renameEdits({ groupNode, owner }: ClientMember, now: string): readonly Edit[] | undefined {
  const [group = '', method = ''] = now.split('.');
  if (groupNode.computed || owner.computed) return undefined;
  return [replace(groupNode.property, group), replace(owner.property, method)];
}

/** `await client.widgets.getToken(…)`: the token was the result, and is a member of it now. */
function tokenEdits({ group, method, owner }: ClientMember, { text }: SourceFile): readonly Edit[] | undefined {
  if (group !== 'widgets' || method !== 'getToken' || owner.computed) return undefined;
  const call = wrapped(owner).parent;
  const awaited = call?.type === 'CallExpression' ? wrapped(call).parent : undefined;
  if (awaited?.type !== 'AwaitExpression') return undefined;
  const { parent } = awaited;
  const inner = replace(owner.property, 'createToken');
  // `const token = await …` becomes `const { token } = await …`.
  if (parent.type === 'VariableDeclarator' && parent.init === awaited && parent.id.type === 'Identifier') {
    const { id } = parent;
    if (!id.typeAnnotation) return [inner, replace(id, id.name === 'token' ? '{ token }' : `{ token: ${id.name} }`)];
  }
  const isParenthesized = text[awaited.range[0] - 1] === '(' && text[awaited.range[1]] === ')';
  return isParenthesized
    ? [inner, { range: [awaited.range[1] + 1, awaited.range[1] + 1], text: '.token' }]
    : [
        { range: [awaited.range[0], awaited.range[0]], text: '(' },
        inner,
        { range: [awaited.range[1], awaited.range[1]], text: ').token' },
      ];
}

function removedImports(file: SourceFile): readonly LeftPlace[] {
  return file.ast.body.flatMap((statement) => {
    if (statement.type !== 'ImportDeclaration' || !statement.source.value.startsWith(NODE_SDK)) return [];
    if (statement.source.value.startsWith(`${NODE_SDK}/lib/`))
      return [
        leftIn(
          file,
          statement.range[0],
          `'${statement.source.value}' can't be imported since ${NODE_SDK} 8.`,
          `only '${NODE_SDK}' itself is exported`,
        ),
      ];
    return statement.specifiers.flatMap((specifier) => {
      if (specifier.type !== 'ImportSpecifier') return [];
      const { imported } = specifier;
      const name = imported.type === 'Identifier' ? imported.name : (literalText(imported) ?? '');
      return REMOVED_EXPORTS.has(name)
        ? [
            leftIn(
              file,
              specifier.range[0],
              `${name} is gone from ${NODE_SDK} 10.`,
              'what it was for has to be written otherwise',
            ),
          ]
        : [];
    });
  });
}
