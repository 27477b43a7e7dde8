/** Whether React's compiler memoises what a bridge's hook makes. */
import type { FunctionNode } from '../../analysis/ast.ts';
import type { Project } from '../../project/project.ts';
import type { Bridge } from './bridge.ts';

/** False too for what the compiler leaves alone: functions that are named neither like a hook nor like a component, and `'use no memo'`. True where the config computes it. */
export function usesReactCompiler({ file, home }: Bridge, project: Project): boolean {
  return isCompilable(home) && project.appsFor(file.path).some(({ reactCompiler }) => reactCompiler !== false);
}

function isCompilable(home: FunctionNode): boolean {
  const parent = home.parent;
  const name = home.id?.name ?? (parent.type === 'VariableDeclarator' && parent.id.type === 'Identifier' ? parent.id.name : '');
  if (!/^(?:use[A-Z0-9]|[A-Z])/u.test(name)) return false;
  const first = home.body.type === 'BlockStatement' ? home.body.body[0] : undefined;
  return !(first?.type === 'ExpressionStatement' && /^use no (?:memo|forget)$/u.test(first.directive ?? ''));
}
