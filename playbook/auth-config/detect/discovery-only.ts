/** An AuthKit app whose only providers are OpenID Connect ones: AuthKit's session tokens have no `aud`, which those ask for. */
import { noProviderError } from '../acceptance/convex-errors.ts';
import { bridgeFiles, signsInWithAuthKit } from './convex-bridges.ts';
import type { AuthConfigFinding } from '../findings.ts';
import { type Case, type Judged, rangeOf } from '../provider/provider-faults.ts';
import { isPlaceholder, shownText, variableNamed } from '../read/placeholders.ts';
import { type AuthConfig, readProperty } from '../read/providers.ts';
import { textOf } from '../provider/role.ts';

const OURS = /workos|authkit/iu;
/** Convex Auth and Better Auth sign tokens by themselves, for the deployment's own address. */
const OWN_ISSUER = /CONVEX_(?:SITE|CLOUD)_URL/u;
/** Hosts of other services: whoever names one means it. */
const OTHERS =
  /clerk|auth0|cognito|amazonaws|kinde|supabase|firebase|google|apple|microsoft|okta|descope|stytch|logto/iu;

/** A finding at the first of them; none where a provider of another kind, or one that can't be seen, may accept the token. */
export function findDiscoveryOnly(
  config: AuthConfig,
  judged: readonly Judged[],
  { file, options, project }: Case,
): readonly AuthConfigFinding[] {
  const [first] = judged;
  if (config.kind !== 'lists' || !first || options.allowAudience) return [];
  const isSeen = config.lists.every(
    ({ open, slots }) =>
      !open && slots.every(({ alternatives }) => alternatives.every(({ type }) => type === 'object')),
  );
  const domains = judged.flatMap(({ possible, role }) =>
    role === undefined
      ? possible.map(({ json }) => (json['type'] === 'customJwt' ? undefined : json['domain']))
      : [undefined],
  );
  if (!isSeen || !domains.every((domain): domain is string => typeof domain === 'string')) return [];
  const apps = project.appsFor(file.path);
  if (!apps.some(signsInWithAuthKit)) return [];
  const isNamed = domains.some((domain) => OURS.test(shownText(domain)));
  // Of a variable of another name, or of a domain, no one can tell whose it is, unless the app has no other service.
  const isLikely =
    domains.every(mayBeAuthKit) &&
    apps.every(signsInWithAuthKit) &&
    apps.some((app) => bridgeFiles(project, app).length > 0);
  if (domains.some((domain) => OWN_ISSUER.test(shownText(domain))) || !(isNamed || isLikely)) return [];
  const domainOf = ({ concrete }: Judged): string => textOf(concrete, 'domain') ?? '';
  const named = judged.find((one) => OURS.test(shownText(domainOf(one)))) ?? first;
  const domain = domainOf(named);
  const at = readProperty(named.value, 'domain')?.node ?? named.value.from;
  return [
    {
      messageId: 'discoveryProvider',
      data: { domain: shownText(domain), error: noProviderError([]).redactedError ?? '' },
      range: rangeOf(at, { file }),
      unfixable: isPlaceholder(domain)
        ? 'whose domain the variable holds is not in the code'
        : "which client's tokens are meant is not in the code",
    },
  ];
}

/** A variable, or a domain in full that is none of another service's. */
const mayBeAuthKit = (domain: string): boolean =>
  variableNamed(domain.replace(/^https:\/\/start-/u, '')) !== undefined ||
  !(isPlaceholder(domain) || OTHERS.test(domain));
