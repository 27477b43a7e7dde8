/** What `init` would do, as data. */

export interface FileEdit {
  /** Absolute. */
  readonly path: string;
  /** Undefined: the file is new. */
  readonly before: string | undefined;
  readonly after: string;
  readonly isExecutable?: boolean;
}

export interface Plan {
  readonly edits: readonly FileEdit[];
  /** What has to be done by hand: a sentence, and lines to copy. */
  readonly manual: readonly { readonly what: string; readonly lines: readonly string[] }[];
  readonly isConfigEdited: boolean;
  /** Commands for afterwards, in their order. */
  readonly next: readonly string[];
}

/** What one part of the setup adds to the plan. */
export type Step = Partial<Pick<Plan, 'edits' | 'manual'>>;
