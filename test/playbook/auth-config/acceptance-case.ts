/** What the rows of the acceptance table are made of, and the providers and verdicts that they share. */
import { assessToken } from '../../../playbook/auth-config/acceptance/acceptance.ts';
import { deploy } from '../../../playbook/auth-config/acceptance/deploy.ts';
import type { Acceptance, Evidence, Row, Stage, Token } from '../../../playbook/auth-config/acceptance/types.ts';
import { dataUri } from './mint.ts';
import type { Signer } from './mint.ts';

export const A = 'client_01A';
export const B = 'client_01B';
export const NOW = 1_800_000_000;
export const SHARED = 'https://api.workos.com/';

export function clientIssuer(clientId: string): string {
  return `https://api.workos.com/user_management/${clientId}`;
}

/** What Convex says of a token, or already of the deploy of what `auth.config.ts` exports. */
export function assess(question: {
  readonly config: unknown;
  readonly token: Token;
  readonly evidence: Evidence;
}): Acceptance {
  const deployed = deploy(question.config);
  return deployed.ok ? assessToken(deployed.providers, question.token, question.evidence) : deployed.rejection;
}

export interface World {
  readonly a: Signer;
  readonly b: Signer;
  readonly ec: Signer;
  /** The origin of the server that `startJwksServer` starts with the keys of `a`. */
  readonly server: string;
}

export interface AcceptanceCase {
  readonly name: string;
  readonly providers: (world: World) => unknown;
  /** Over AuthKit's session token of client A; `undefined` takes a claim away. */
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly signer?: 'a' | 'b' | 'ec';
  readonly kid?: null;
  readonly environment?: { readonly reads: readonly string[]; readonly variables: Readonly<Record<string, string>> };
  readonly expected:
    // Convex completes a provider's issuer when it deploys, so that its row may be that of the completed one.
    | { readonly provider: number; readonly shadowed?: readonly number[]; readonly row?: Row }
    | {
        readonly stage: Stage;
        readonly error: string;
        readonly provider?: number;
        readonly closest?: number;
        readonly property?: string;
        readonly claim?: string;
        readonly variable?: string;
      };
}

export interface AcceptanceRow {
  readonly row: Row;
  readonly provider: string;
  readonly token: string;
  readonly result: 'accepted' | 'deploy error' | 'rejected';
  /** How Convex's error begins, in its own words. */
  readonly error?: string;
  readonly cases: readonly AcceptanceCase[];
}

type Properties = Readonly<Record<string, unknown>>;

export function custom(world: World, properties: Properties = {}): Properties {
  return {
    type: 'customJwt',
    issuer: clientIssuer(A),
    algorithm: 'RS256',
    jwks: dataUri(world.a.keySet),
    ...properties,
  };
}

export function without(provider: Properties, ...names: readonly string[]): Properties {
  return Object.fromEntries(Object.entries(provider).filter(([name]) => !names.includes(name)));
}

export const NO_PROVIDER = 'No auth provider found matching the given token';
export const SCHEMA = 'auth config file must include a list of provider credentials';
export const NO_VARIANT = `${SCHEMA}: data did not match any variant of untagged enum SerializedAuthInfo`;
export const UNDECODABLE = "Could not decode token. The JWT's 'kid' (key ID) header is";
export const INSECURE =
  'This auth configuration appears potentially insecure: Provider at index 0 has an issuer that is shared';

export const accepted = { provider: 0 } as const;

export function noMatch(property: string, closest = 0): AcceptanceCase['expected'] {
  return { stage: 'match', error: NO_PROVIDER, closest, property };
}

export function noDeploy(error: string, property: string, provider = 0): AcceptanceCase['expected'] {
  return { stage: 'deploy', error, property, provider };
}

export function refused(stage: Stage, error: string, property: string): AcceptanceCase['expected'] {
  return { stage, error, provider: 0, property };
}

export function late(error: string, claim: string): AcceptanceCase['expected'] {
  return { stage: 'claims', error, provider: 0, claim };
}
