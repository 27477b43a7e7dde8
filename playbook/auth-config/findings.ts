/** What can be found in an `auth.config` file. */
import type { Finding } from '../finding.ts';
import type { FaultId } from './provider/fault.ts';

export interface AuthConfigOptions {
  /** A JWT template adds the client id as `aud`, so that applicationID is allowed next to the user_management issuer. */
  readonly allowAudience: boolean;
}

export type AuthConfigMessageId =
  | FaultId
  | 'differentClientIds'
  | 'emptyVariable'
  | 'forbiddenCall'
  | 'forbiddenImport'
  | 'misspelledVariable'
  | 'missingSessionProvider'
  | 'noAuthConfig'
  | 'noProviders'
  | 'optionalVariable'
  | 'twoFiles'
  | 'unsetVariable'
  | 'wrongClientId';

export type AuthConfigSuggestionId =
  'correctProperty' | 'renameVariable' | 'removeProperty' | 'useCanonicalPair' | 'useVariable';

export type AuthConfigFinding = Finding<AuthConfigMessageId, AuthConfigSuggestionId>;
