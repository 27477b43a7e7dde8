import type { Finding } from '../finding.ts';

export type CallbackMessageId =
  | 'defaultExport'
  | 'noCallback'
  | 'otherDevPort'
  | 'otherDevUri'
  | 'returnedHandler'
  | 'uncalledHandler'
  | 'wrongMethod'
  | 'wrongPath';

export type CallbackSuggestionId = 'callHandler' | 'exportGet';

export type CallbackFinding = Finding<CallbackMessageId, CallbackSuggestionId>;
