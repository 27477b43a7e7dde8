/** What is wrong with a redirect URI that names a host of its own, for who reports it and for who edits it. */
import type { Range } from '../../../analysis/syntax/ast.ts';
import type { RedirectUri } from '../evaluate/redirect-uri.ts';
import type { SinkUse } from '../evaluate/sink-use.ts';

export type HardcodedMessageId =
  | 'branchHost'
  | 'fallbackHost'
  | 'hostHeader'
  | 'literalHost'
  | 'localhost'
  | 'productionHost'
  | 'productionVariable'
  | 'requestOrigin';

export type HardcodedSuggestionId = 'usePath' | 'usePreviewHost' | 'useVariable';

/** What is wrong with what a sink is given. */
export interface HardcodedFault {
  readonly messageId: HardcodedMessageId;
  readonly uri: RedirectUri;
  /** Where it is sent, or why: what a message adds about it. */
  readonly reason?: string;
  /** Production sends something else, which an edit has to leave as it is. */
  readonly isOnPreviewsOnly?: boolean;
}

/** A fault, and where it is. */
export interface PlacedFault extends HardcodedFault {
  readonly use: SinkUse;
  readonly range: Range;
}
