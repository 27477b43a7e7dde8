/** A cookie password with which no session can be sealed. Its value is never printed. */
import { referencesIn } from '../../project/env-expansion.ts';
import type { EnvVariable } from '../../project/env-files.ts';
import type { Finding } from '../finding.ts';
import type { EnvMessageId, EnvSubject } from './env-subject.ts';

/** iron-session seals nothing with less; authkit-nextjs `src/session.ts` throws in the proxy. */
const MIN_PASSWORD = 32;

export function findShortPassword(variable: EnvVariable, { expanded, text }: EnvSubject): Finding<EnvMessageId>[] {
  const { value: written, valueRange } = variable;
  const expansion = expanded(variable);
  if (!expansion || expansion.text.length >= MIN_PASSWORD) return [];
  // An empty one is left for another file to fill in, a mere reference for a shell.
  if (written === '' || (expansion.text === '' && /^\$(?:\w+|\{\w+\})$/u.test(written))) return [];
  return [
    {
      messageId: 'shortPassword',
      range: valueRange,
      data: {
        length: String(expansion.text.length),
        min: String(MIN_PASSWORD),
        why: reasonOf(
          written,
          expansion.lost.length > 0,
          text.slice(valueRange[1], text.indexOf('\n', valueRange[1]) + 1 || undefined),
        ),
      },
      unfixable: 'a new password has to be made: openssl rand -base64 32',
    },
  ];
}

function reasonOf(written: string, isLost: boolean, behind: string): string {
  if (isLost && referencesIn(written).length > 0)
    return " once Next.js has replaced a '$…' in it, which it takes for a variable: write '\\$' for a dollar sign";
  return /^[ \t]*#/u.test(behind) ? ", because '#' starts a comment: put the value in quotes" : '';
}
