/** What `npx convex env list` prints: variables, names alone, or sentences on stderr (convex `src/cli/lib/env.ts`). */
import type { Symptom } from '../../../playbook/evidence/symptoms.ts';
import { count } from '../../output/words.ts';
import { type Case, NOTHING, symptom } from './case.ts';
import { isClientId, readVariables, LISTS_NONE } from './inputs.ts';

const LIST_SENTENCES = /^(?:No environment variables set|Listed names only|✖ )/u;

const VARIABLE = /^[A-Za-z_]\w{0,200}(?:=.*)?$/u;
/** What distinguishes a variable from what else someone pastes (`TokenRefreshError`, `error=invalid_grant`): its name is in capitals. */
const CERTAIN = /^[A-Z][\dA-Z_]*(?:=|$)/u;
/** Names of errors that look like variables. */
const ERRORS = /^(?:NEXT_\w*REDIRECT\w*|NEXT_NOT_FOUND|[A-Z]\d+)$/u;

/** Whether a text is what `npx convex env list` prints; of a failed deploy Convex's words say what is wrong. */
export function isEnvList(head: string): boolean {
  if (head.includes('auth config')) return false;
  const lines = head
    .split(/\r\n|[\n\r]/u)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return (
    lines.length === 0 ||
    (lines.every((line) => (VARIABLE.test(line) && !ERRORS.test(line)) || LIST_SENTENCES.test(line)) &&
      lines.some((line) => CERTAIN.test(line) || LIST_SENTENCES.test(line)))
  );
}

export function envCase(text: string, source: string): Case {
  const unknown = (note: string): Case => ({ ...NOTHING, notes: [note], isUnderstood: false });
  if (text.trim() === '')
    return unknown(
      `${source} is empty. If it is the output of npx convex env list, the deployment may have no variables: the sentence that says so is on stderr (2>&1)`,
    );
  if (/^✖ /mu.test(text))
    return unknown(`${source}: npx convex env list failed, so nothing is known of the deployment`);
  if (LISTS_NONE.test(text)) return listedCase({}, source);
  const names = [...text.matchAll(/^(?<name>[A-Za-z_]\w*)(?<value>=.*)?$/gmu)];
  if (names.some((match) => match.groups?.['value'] !== undefined)) return listedCase(readVariables(text), source);
  if (names.length === 0) return unknown(`${source}: what npx convex env list says on stderr; the names are on stdout`);
  const has = names.some((match) => match.groups?.['name'] === 'WORKOS_CLIENT_ID');
  const notes = [
    `${source}: the names of ${count(names.length, 'variable')}, without values (--include-values prints them)`,
  ];
  return has ? { ...NOTHING, notes } : { ...NOTHING, notes, symptoms: [unset(source)] };
}

/** The variables of a deployment, all of them. */
export function listedCase(variables: Readonly<Record<string, string>>, source: string): Case {
  const notes = [`${source}: ${count(Object.keys(variables).length, 'variable')} of the Convex deployment`];
  const id = variables['WORKOS_CLIENT_ID'] ?? '';
  const symptoms = id === '' ? [unset(source)] : isClientId(id) ? [] : [invalid(source)];
  return { ...NOTHING, convexEnv: variables, notes, symptoms };
}

const unset = (source: string): Symptom =>
  symptom('clientIdUnset', `WORKOS_CLIENT_ID is not among the variables of the Convex deployment (${source})`);

const invalid = (source: string): Symptom =>
  symptom('clientIdInvalid', `WORKOS_CLIENT_ID of the Convex deployment does not begin with client_ (${source})`);
