/** A cookie password with which no session can be sealed. Its value is never printed. */
import { referencesIn } from '../../project/env/env-expansion.ts';
import type { EnvVariable } from '../../project/env/env-files.ts';
import type { Finding } from '../finding.ts';
import type { EnvMessageId, EnvSubject } from './env-subject.ts';

/** iron-session seals nothing with less; authkit-nextjs `src/session.ts` throws in the proxy. */
const MIN_PASSWORD = 32;

export function findShortPassword(variable: EnvVariable, { expanded, text }: EnvSubject): Finding<EnvMessageId>[] {
  const { value: written, valueRange } = variable;
  const expansion = expanded(variable);
  if (!expansion || expansion.text.length >= MIN_PASSWORD) return [];
  // An empty one is left for another file to fill in, a mere reference for a shell or for what reads a store of secrets (`op://…`).
  if (written === '' || (expansion.text === '' && /^\$(?:\w+|\{\w+\})$/u.test(written))) return [];
  if (/^[a-z][a-z+]*:\/\//u.test(written)) return [];
  const reason = reasonOf(
    written,
    expansion.lost.length > 0,
    text.slice(valueRange[1], text.indexOf('\n', valueRange[1]) + 1 || undefined),
  );
  return [
    {
      messageId: 'shortPassword',
      range: valueRange,
      data: {
        length: String(expansion.text.length),
        min: String(MIN_PASSWORD),
        why: reason?.why ?? '',
        fix: reason?.fix ?? "Make one with 'openssl rand -base64 32'",
      },
      unfixable: reason
        ? 'how much of the line belongs to the value is for a person to say'
        : 'a new password has to be made: openssl rand -base64 32',
    },
  ];
}

/** Why a value is shorter than it looks, and how to keep all of it. */
function reasonOf(
  written: string,
  isLost: boolean,
  behind: string,
): { readonly why: string; readonly fix: string } | undefined {
  if (isLost && referencesIn(written).length > 0)
    return { why: " once Next.js has replaced a variable, '$…', in it", fix: "Write '\\$' for a dollar sign" };
  return /^[ \t]*#/u.test(behind)
    ? { why: ", because '#' starts a comment", fix: 'Put the value in quotes' }
    : undefined;
}
