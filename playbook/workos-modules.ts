/** Whether code of the project may come to WorkOS at all, by the modules that it imports. */
import { isLoading, moduleRequestsOf } from '../analysis/syntax/bindings/module-requests.ts';
import type { SourceFile } from '../analysis/syntax/source-file.ts';
import type { Project } from '../project/project.ts';

/** Whether dependencies have an SDK of WorkOS's. */
export const hasWorkOS = (dependencies: { readonly keys: () => Iterable<string> }): boolean =>
  [...dependencies.keys()].some((name) => name.startsWith('@workos-inc/'));

/** More modules than these are not looked at; they are believed to come to it. */
const MAX_MODULES = 60;

/** Packages that do nothing with a session of WorkOS; of any other, it is not known. */
const HARMLESS =
  /^(?:next(?:\/.*)?|next-intl(?:\/.*)?|next-i18n-router|node:.*|server-only|react|zod|negotiator|@formatjs\/intl-localematcher|@vercel\/.*|@upstash\/.*|@supabase\/.*|@clerk\/.*|next-auth(?:\/.*)?|@sentry\/nextjs|nanoid|uuid)$/u;

/**
 * Whether a file, or a module of the project that it imports, may have to do with WorkOS: false only where all of them are seen, none names it,
 * and none imports a package that might.
 */
export const mayUseWorkOS = (first: SourceFile, project: Project): boolean =>
  mayName(first, /workos|authkit/iu, (module) => !HARMLESS.test(module), project);

/** The same of a module that a file names. */
export function mayBeWorkOS(module: string, { path }: SourceFile, project: Project): boolean {
  const target = project.load(module, path);
  return target ? mayUseWorkOS(target, project) : !HARMLESS.test(module);
}

/** Words of code that finishes a sign-in, by whichever SDK. */
const FINISHES =
  /handleAuth|authenticateWith|getProfileAndToken|handleCallback|saveSession|oauth2?\/token|user_management\/authenticate/iu;

/** Packages of WorkOS's, which finish a sign-in only where one of these words says so. */
const WORKOS = /^@workos(?:-inc)?\//u;

/** Whether a route handler may finish a sign-in: false only where it, and the modules of the project that it imports, certainly do not. */
export const mayFinishSignIn = (handler: SourceFile, project: Project): boolean =>
  mayName(handler, FINISHES, (module) => !HARMLESS.test(module) && !WORKOS.test(module), project);

/** Whether a pattern is in the text of a file, or of a module of the project that it imports. */
export const mentions = (first: SourceFile, pattern: RegExp, project: Project): boolean =>
  mayName(first, pattern, () => false, project);

function mayName(
  first: SourceFile,
  pattern: RegExp,
  isSuspect: (module: string) => boolean,
  project: Project,
): boolean {
  const seen = new Map([[first.path, first]]);
  for (const file of seen.values()) {
    if (seen.size > MAX_MODULES || codeOf(file).search(pattern) !== -1) return true;
    for (const module of modulesOf(file)) {
      const target = project.load(module, file.path);
      if (target) seen.set(target.path, target);
      else if (isSuspect(module)) return true;
    }
  }
  return false;
}

const COMMENTS = /\/\*[^]*?\*\/|(?<=^|[^:])\/\/.*/gmu;

/** The text of what runs: what an import names that no value is read of does not. */
const codeOf = (file: SourceFile): string =>
  file.ast.body
    .filter((statement) => isLoading(file, statement))
    .map(({ range }) => file.text.slice(...range))
    .join('\n')
    .replace(COMMENTS, '');

function modulesOf(file: SourceFile): readonly string[] {
  const named = moduleRequestsOf(file).map(({ module }) => module);
  // What is loaded while the program runs may be anything.
  return /\b(?:import|require)\s*\(/u.test(file.text) ? [...named, '(lazy)'] : named;
}
