import type { Finding } from '../finding.ts';

export type ProxyMessageId =
  | 'bothFiles'
  | 'bypassedRoute'
  | 'guardedCallback'
  | 'ignoredName'
  | 'ignoredPlace'
  | 'invalidMatcher'
  | 'invalidPath'
  | 'needsNext16'
  | 'noAuthKit'
  | 'noProxy'
  | 'notExported'
  | 'openAdmin'
  | 'openPath'
  | 'reexportedDefault'
  | 'redirectsToItself'
  | 'uncalledFactory'
  | 'uncoveredRoute'
  | 'unprotected'
  | 'unusedPaths';

export type ProxySuggestionId = 'addToMatcher' | 'callFactory' | 'renameExport' | 'writePath';

export type ProxyFinding = Finding<ProxyMessageId, ProxySuggestionId>;
