/** A fault of a provider, and the words that messages say of it: those of the model, with variables by their names. */
import type { Property, Rejected, RejectionCause } from '../acceptance/types.ts';
import { shownText } from '../read/placeholders.ts';
import type { Change, Client } from './changes.ts';

export type FaultId =
  | 'audienceRequired'
  | 'discoveryProvider'
  | 'emptyClientId'
  | 'foreignKeys'
  | 'invalidKeySet'
  | 'openToAll'
  | 'refusedDeploy'
  | 'wrongAlgorithm'
  | 'wrongAudience'
  | 'wrongIssuer'
  | 'wrongKeysPath';

export interface Fault {
  readonly id: FaultId;
  readonly property: Property | undefined;
  readonly cause?: RejectionCause | undefined;
  readonly data: Readonly<Record<string, string>>;
  readonly changes: readonly Change[];
}

export interface JudgeOptions extends Client {
  /** Where the provider is in the list, for Convex's own words. */
  readonly index: number;
  /** A JWT template adds the client id as `aud`. */
  readonly allowAudience: boolean;
}

/** The values of a rejection's messages. */
export function dataOf({ error, fix, reason, stage }: Rejected): Record<string, string> {
  const data = { error: shownText(error), reason: shownText(reason), fix: shownText(fix) };
  if (stage === 'deploy') return data;
  return {
    ...data,
    // Without Convex's advice, and its list of providers: each was asked for alone.
    error: data.error.replace(/\. Check [^]*$/u, ''),
    // What is quoted as text may have a variable in it, and is a template then, which needs no quotes around it.
    fix: data.fix.replaceAll(/`(?<name>\w+: )'(?<text>[^'`]*\$\{[^']*)'`/gu, '$<name>`$<text>`'),
  };
}
