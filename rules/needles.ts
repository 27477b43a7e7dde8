/** Which files a rule looks at, by their texts: most files are rejected by a search, and never parsed for us. */
import type { Project } from '../project/project.ts';

/**
 * The text that a file must hold before a rule looks at it: any of several strings, a pattern, or a question of its own
 * where the project adds to what is looked for: what can be told by the text or the path comes first, for to open the project takes longer. It may let a file through for nothing, but must never keep one out.
 */
export type Needles = RegExp | readonly string[] | ((text: string, path: string, open: () => Project) => boolean);

interface Answer {
  readonly isYes: boolean;
  /** The project that was asked, and when: what it knows holds for a look (project/stamps.ts). Undefined where the text decided. */
  readonly by: { readonly project: Project; readonly look: number } | undefined;
}

/** What was said of the file that was asked about last: rules share needles, and a command asks before ESLint and the codemods do. */
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
