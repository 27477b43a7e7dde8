/** Which files a rule looks at, by their texts: most files are rejected by a search, and never parsed for us. */
import type { Project } from '../project/project.ts';

/**
 * What a file must hold before a rule looks at it: one of several strings, a pattern, or a function where the project adds to what is looked for.
 * A function looks at the text and the path first, because opening the project takes longer. A file may be let through for nothing, but a file
 * that the rule would report must never be kept out.
 */
export type Needles = RegExp | readonly string[] | ((text: string, path: string, open: () => Project) => boolean);

interface Answer {
  readonly isYes: boolean;
  /** The project that was asked, and when: what it knows holds for a look (project/memos/stamps.ts). Undefined where the text decided. */
  readonly by: { readonly project: Project; readonly look: number } | undefined;
}

/** Answers for the last file alone: rules share needles, and a command asks before ESLint and the codemods do. */
let last = { text: '', path: '', answers: new Map<Needles, Answer>() };

/** Whether a file's text holds what a rule looks for. The project is opened only for needles that ask for it. */
export function mayConcern(needles: Needles, text: string, path: string, open: () => Project): boolean {
  if (last.path !== path || last.text !== text) last = { text, path, answers: new Map() };
  const { answers } = last;
  const known = answers.get(needles);
  if (known && (!known.by || (known.by.project === open() && known.by.look === known.by.project.facts.look())))
    return known.isYes;
  let by: Answer['by'];
  const openOnce = (): Project => {
    if (!by) {
      const project = open();
      by = { project, look: project.facts.look() };
    }
    return by.project;
  };
  const isYes = hasNeedles(needles, text, path, openOnce);
  answers.set(needles, { isYes, by });
  return isYes;
}

function hasNeedles(needles: Needles, text: string, path: string, open: () => Project): boolean {
  if (typeof needles === 'function') return needles(text, path, open);
  if (needles instanceof RegExp) return text.search(needles) !== -1;
  return needles.some((needle) => text.includes(needle));
}
