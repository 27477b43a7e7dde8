/** What a finder hands to rules and codemods: one place in one file that does not follow the playbook. */
import type { Edit } from '../analysis/edits/edits.ts';
import type { Range } from '../analysis/syntax/ast.ts';
import type { SourceFile } from '../analysis/syntax/source-file.ts';
import type { Project } from '../project/project.ts';

/**
 * - `safe`: the edit cannot change what a program does that is right today; ESLint applies it with `--fix`.
 * - `review`: a person should look; a suggestion in the editor, applied by the codemod, whose user asked for it.
 */
export type Safety = 'review' | 'safe';

export interface Fix {
  readonly safety: Safety;
  readonly edits: readonly Edit[];
}

/** Another fix that the editor offers next to the fix (or in its place). No codemod applies it. */
export interface Suggestion<SuggestionId extends string = string> {
  readonly messageId: SuggestionId;
  readonly data?: Readonly<Record<string, string>>;
  readonly edits: readonly Edit[];
}

export interface Finding<MessageId extends string = string, SuggestionId extends string = string> {
  readonly messageId: MessageId;
  /** The values that the message names. */
  readonly data: Readonly<Record<string, string>>;
  /** The line to change. */
  readonly range: Range;
  /** What brings the place back to the playbook. Rule and codemod both use it, so that they can't disagree. */
  readonly fix?: Fix;
  /** What the fix is called where it is a suggestion (`review`). */
  readonly fixMessageId?: SuggestionId;
  readonly suggestions?: readonly Suggestion<SuggestionId>[];
  /** Why no codemod can decide this one; every finding without a fix has it. Ends without a full stop. */
  readonly unfixable?: string;
}

/** Asks one question of one file. Never throws, whatever the file holds; what it cannot know it leaves out. */
export interface Finder<Options = undefined, MessageId extends string = string, SuggestionId extends string = string> {
  (file: SourceFile, project: Project, options: Options): readonly Finding<MessageId, SuggestionId>[];
}
