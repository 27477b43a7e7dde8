/** Whether a route handler finishes a sign-in: `handleAuth()`, or an SDK of WorkOS's that is asked by hand. */
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import type { Project } from '../../project/project.ts';

/** More modules than these are not looked at; the handler is believed then. */
const MAX_MODULES = 60;

/** Packages that can't finish a sign-in; of any other nobody knows. */
const HARMLESS = /^(?:next(?:\/(?:headers|navigation|server|cache))?|node:.*|server-only|react|zod)$/u;

/**
 * Whether the handler, or a module of the project that it imports, may finish a sign-in: false only where all of them are
 * seen, and none imports a package that might do it.
 */
export function mayFinishSignIn(path: string, project: Project): boolean {
  const first = project.sourceFile(path);
  if (!first) return true;
  const seen = new Map([[first.path, first]]);
  for (const file of seen.values()) {
    if (seen.size > MAX_MODULES || /workos|authkit/iu.test(file.text)) return true;
    for (const module of modulesOf(file)) {
      const target = project.load(module, file.path);
      if (target) seen.set(target.path, target);
      else if (!HARMLESS.test(module)) return true;
    }
  }
  return false;
}

function modulesOf({ ast, text }: SourceFile): readonly string[] {
  // What is loaded while the program runs may be anything.
  const isLazy = /\b(?:import|require)\s*\(/u.test(text);
  const named = ast.body.flatMap((statement) => {
    switch (statement.type) {
      case 'ImportDeclaration':
      case 'ExportAllDeclaration':
        return [statement.source.value];
      case 'ExportNamedDeclaration':
        return statement.source ? [statement.source.value] : [];
      default:
        return [];
    }
  });
  return isLazy ? [...named, '(lazy)'] : named;
}
