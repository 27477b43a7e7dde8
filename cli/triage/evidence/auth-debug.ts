/**
 * The JSON of an auth-debug page: who is there, whether a token comes, whether Convex accepts it. The form is a contract with pages in
 * apps (docs/guides/triage.md): keys may be added, none is renamed.
 */
import { isRecord, recordOf } from '../../../project/settings.ts';
import { type Case, NOTHING, symptom } from './case.ts';

type Json = Readonly<Record<string, unknown>>;

export const isAuthDebug = (json: Json): boolean =>
  isRecord(json['convex']) && ('user' in json || 'tokenError' in json);

export function authDebugCase(json: Json, source: string): Case {
  const convex = recordOf(json['convex']);
  const base: Case = { ...NOTHING, notes: [`${source}: an auth-debug page`] };
  if (json['loading'] === true || json['tokenLoading'] === true || convex['isLoading'] === true)
    return {
      ...base,
      notes: [
        ...base.notes,
        'it was copied while something was loading: copy it again after some seconds. Where it loads forever, save a HAR of the page',
      ],
      isUnderstood: false,
    };
  if (json['user'] === null || json['user'] === undefined || json['user'] === false)
    return { ...base, symptoms: [symptom('noSession', `the user is null (${source})`)] };
  if (typeof json['tokenError'] === 'string' && json['tokenError'] !== '')
    return {
      ...base,
      symptoms: [symptom('tokenRefused', `the user is there, and the token fails to refresh (${source})`)],
    };
  if (convex['isAuthenticated'] !== false)
    return convex['isAuthenticated'] === true
      ? { ...base, notes: [...base.notes, 'user, token and Convex are all there'] }
      : { ...base, notes: [...base.notes, 'convex.isAuthenticated is missing'], isUnderstood: false };
  return {
    ...base,
    symptoms: [
      symptom('convexRejects', `user and token are there, and Convex says isAuthenticated: false (${source})`),
    ],
    claims: isRecord(json['claims']) ? [json['claims']] : [],
  };
}
