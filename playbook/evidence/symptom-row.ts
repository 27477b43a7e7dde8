/** The form of a row of symptom-kinds.ts. */

/** The sections of the playbook, in the order in which a sign-in passes them; `0`: the versions of the packages. */
export type Failure = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;

export interface SymptomKind {
  readonly failure: Failure;
  /** What happened, as a title. */
  readonly title: string;
  /** Why, in one or two sentences. */
  readonly why: string;
  /** The rules that find the line, the likeliest first. */
  readonly rules: readonly string[];
  /** What to look at where no rule finds a line. */
  readonly lookAt: string;
  /** What to write; the codemod is named next to it. */
  readonly fix: string;
  /** A command or a click that shows that it is gone. */
  readonly verify: string;
}
