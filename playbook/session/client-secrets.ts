/** Secrets that code hands to the browser (PLAYBOOK §5). No value of a secret is ever printed. */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, propertyName, walk } from '../../analysis/syntax/ast.ts';
import { definitionOf } from '../../analysis/syntax/bindings/definitions.ts';
import { isProcessEnv } from '../../analysis/values/environment.ts';
import { noModules } from '../../analysis/syntax/bindings/modules.ts';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import type { Project } from '../../project/project.ts';
import { isTestFile } from '../../project/modules/source-files.ts';
import type { Finding } from '../finding.ts';
import { holdsSecretKey, secretNamed, usesWorkOS } from './secrets.ts';
import { hasDirective } from '../../analysis/syntax/directives.ts';

export type ClientSecretMessageId = 'clientSecret' | 'clientSecretValue' | 'publicSecret';

type SecretFinding = Finding<ClientSecretMessageId, never>;

/** What a script holds when it may hand a secret out. */
export const CLIENT_SECRET_NEEDLES = /WORKOS_(?:API_KEY|COOKIE_PASSWORD|\w*SECRET)|\bsk_\w/u;

/**
 * Finds reads of a secret under a `NEXT_PUBLIC_` name in any script; in a file that says `'use client'`, secrets under their
 * own names and secret keys (`sk_…`) as well. Which other files a client component imports is not followed.
 */
export function findClientSecrets(file: SourceFile, project: Project): readonly SecretFinding[] {
  if (isTestFile(file.path)) return [];
  const isClient = hasDirective(file.ast, 'use client');
  const findings: SecretFinding[] = [];
  walk(file.ast, (node) => {
    const finding = readOfSecret(node, file, isClient) ?? (isClient ? secretKey(node, file, project) : undefined);
    if (finding) findings.push(finding);
  });
  return findings;
}

function readOfSecret(node: Node, file: SourceFile, isClient: boolean): SecretFinding | undefined {
  const name = variableRead(node, file);
  const found = name === undefined ? undefined : secretNamed(name);
  if (name === undefined || !found || (!found.isPublic && !isClient)) return undefined;
  return {
    messageId: found.isPublic ? 'publicSecret' : 'clientSecret',
    range: node.range,
    data: { name, instead: found.secret },
    unfixable: 'what needs the secret has to move to the server',
  };
}

/** The variable that a node reads: `process.env.NAME`, or the property of `const { NAME } = process.env`. */
function variableRead(node: Node, file: SourceFile): string | undefined {
  if (node.type === 'MemberExpression') {
    const name = propertyName(node);
    return name !== undefined && secretNamed(name) && isEnvironment(node.object, file) ? name : undefined;
  }
  if (node.type !== 'Property' || node.parent.type !== 'ObjectPattern') return undefined;
  const { parent } = node.parent;
  const isRead = parent.type === 'VariableDeclarator' && parent.init !== null && isEnvironment(parent.init, file);
  return isRead ? propertyName(node) : undefined;
}

function isEnvironment(node: TSESTree.Node, file: SourceFile): boolean {
  return isProcessEnv(definitionOf({ file, node }, noModules));
}

function secretKey(node: Node, file: SourceFile, project: Project): SecretFinding | undefined {
  const text = node.type === 'Literal' ? node.value : node.type === 'TemplateElement' ? node.value.cooked : undefined;
  if (typeof text !== 'string' || !holdsSecretKey(text)) return undefined;
  if (!usesWorkOS(project.appsFor(file.path))) return undefined;
  return {
    messageId: 'clientSecretValue',
    range: node.range,
    data: {},
    unfixable: 'the key has to be revoked, and what needs it has to move to the server',
  };
}
