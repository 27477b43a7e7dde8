/**
 * Whether a file can come to a call of some package, told by the texts of the modules that it imports: a file that can not is not worth
 * following. It may say yes for nothing, but must never say no for a file that does.
 */
import { perProject } from '../project/per-project.ts';
import type { Project } from '../project/project.ts';
import { modulesNamedIn } from './module-names.ts';

/** How many modules hand a function on, from the one that has it. */
const MAX_HOPS = 4;

/**
 * A module that hands on what it imports: by `export … from`, a list, an alias (`export const leave = signOut`), an object, or wrapped
 * (`export const load = cache(loadUser)`).
 */
const HANDS_ON =
  /\bexport\s*(?:\*|\{|default\b(?!\s+(?:async\s+)?(?:function|class)\b)|(?:const|let|var)\s+\w+\s*(?::[^=\n]*)?=\s*(?:\{|[\w$.]+\s*(?:[;\n]|\(\s*[\w$.]+\s*[,)])))|\bexports\b/u;

/** `name` has to be unique, and stands for the pattern. `follows`: through how many modules a call leads on to another one. */
export function moduleTextTest(
  name: string,
  pattern: RegExp,
  follows = 0,
): (project: Project, text: string, path: string) => boolean {
  const isIn: (project: Project, path: string, calls: number, hops: number) => boolean = perProject(
    `${name}: module text`,
    (project, path: string, calls: number, hops: number) => {
      const text = project.facts.text(path) ?? '';
      if (pattern.test(text)) return true;
      if (hops === 0) return false;
      if (HANDS_ON.test(text)) return importsOne(project, text, path, calls, hops - 1);
      return calls > 0 && importsOne(project, text, path, calls - 1, hops - 1);
    },
    () => false,
  );
  const importsOne = (project: Project, text: string, path: string, calls: number, hops: number): boolean =>
    modulesNamedIn(text).some((module) => {
      const target = project.resolve(module, path);
      return target !== undefined && isIn(project, target, calls, hops);
    });
  return (project, text, path) => pattern.test(text) || importsOne(project, text, path, follows, MAX_HOPS);
}

/** Whether a text begins with `'use client'`: nothing of it runs on the server. */
export function isClientText(text: string): boolean {
  return text.includes('use client') && CLIENT.test(text);
}

// No comment may be read in two ways: what begins with a hundred of them would take for ever.
const CLIENT = /^\uFEFF?(?:\s|\/\/[^\n]*\n|\/\*(?:[^*]|\*(?!\/))*\*\/)*['"]use client['"]/u;
