/**
 * Code that Convex can't run while it evaluates `auth.config`: the clock, randomness, modules of Node.js
 * (get-convex/convex-backend `crates/isolate/src/environment/auth_config.rs`).
 */
import { type Node, propertyName, unwrap } from '../../../analysis/syntax/ast.ts';
import { isGlobal } from '../../../analysis/syntax/bindings/scopes.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import { forbiddenCallErrors } from '../acceptance/convex-errors.ts';
import type { AuthConfigFinding } from '../findings.ts';
import { loadedNodes, nodeImports } from '../read/reads.ts';

type Forbidden = keyof typeof forbiddenCallErrors;

/** Calls that run while the module is loaded; what is in functions that are called later is left alone. */
export function findForbidden(file: SourceFile): readonly AuthConfigFinding[] {
  const findings: AuthConfigFinding[] = nodeImports(file).map(({ module, node }) => ({
    messageId: 'forbiddenImport',
    data: { module },
    range: node.range,
    unfixable: 'what the module is used for has to be done in another way',
  }));
  if (!/\b(?:Date|Math|crypto|performance)\b/u.test(file.text)) return findings;
  for (const node of loadedNodes(file)) {
    const call = forbiddenCall(file, node);
    if (call === undefined) continue;
    const { error } = forbiddenCallErrors[call];
    findings.push({
      messageId: 'forbiddenCall',
      // Without what Convex says before every error of this file.
      data: { call: file.text.slice(...node.range).slice(0, 40), error: error.replace(/^.*Uncaught Error: /u, '') },
      range: node.range,
      unfixable: 'what to write instead is not in the code',
    });
  }
  return findings;
}

function forbiddenCall(file: SourceFile, node: Node): Forbidden | undefined {
  if (node.type === 'NewExpression')
    return node.arguments.length === 0 && isHost(file, node.callee, 'Date') ? 'Date' : undefined;
  if (node.type !== 'CallExpression') return undefined;
  const callee = unwrap(node.callee);
  if (isHost(file, callee, 'Date')) return 'Date';
  if (callee.type !== 'MemberExpression') return undefined;
  const name = propertyName(callee) ?? '';
  if (name === 'now' && isHost(file, callee.object, 'Date')) return 'Date';
  if (name === 'random' && isHost(file, callee.object, 'Math')) return 'Math.random';
  if (/^(?:getRandomValues|randomUUID)$/u.test(name) && isHost(file, callee.object, 'crypto')) return 'crypto';
  return name === 'now' && isHost(file, callee.object, 'performance') ? 'performance' : undefined;
}

/** `Date`, `globalThis.Date` */
function isHost(file: SourceFile, expression: Node, name: string): boolean {
  const node = unwrap(expression);
  if (node.type === 'MemberExpression') return propertyName(node) === name && isHost(file, node.object, 'globalThis');
  return isGlobal(file, node, name);
}
