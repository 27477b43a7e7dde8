import { resetEnv, processEnv } from '@next/env';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { referencesIn } from '../../../project/env/env-expansion.ts';
import { type EnvFile, expandedValue, readEnvFile } from '../../../project/env/env-files.ts';
import { holds } from '../../helpers/properties.ts';

/** Names in small letters: those in capitals may be set in the shell, and are not decided. */
const NAMES = ['a', 'b', 'c', 'v'] as const;

const piece = fc.oneof(
  fc.constantFrom(...NAMES.flatMap((name) => [`$${name}`, `\${${name}}`, `\${${name}:-x}`, `\${${name}:-\${b}}`])),
  fc.constantFrom('$', '\\$', '${', '}', ':-', '-', '.', 'x', '1', '$1', '$$', '${}', '"', "'", ' ', '#', ' #'),
);
const value = fc.array(piece, { maxLength: 5 }).map((parts) => parts.join(''));
const envText = fc
  .array(fc.tuple(fc.constantFrom(...NAMES), value), { maxLength: 5 })
  .map((lines) => lines.map(([name, written]) => `${name}=${written}\n`).join(''));

/** The values that @next/env gives to a program. */
function givenByNext(contents: string): Readonly<Record<string, string | undefined>> {
  resetEnv();
  for (const name of NAMES) Reflect.deleteProperty(process.env, name);
  const [, parsed] = processEnv(
    [{ path: '.env', contents, env: {} }],
    '/',
    { info: () => undefined, error: () => undefined },
    true,
  );
  for (const name of NAMES) Reflect.deleteProperty(process.env, name);
  return parsed ?? {};
}

/** Whether a value leads back to itself: @next/env does not come to an end then. */
function isCircular({ variables }: EnvFile): boolean {
  const leadsTo = (name: string, around: readonly string[]): boolean =>
    around.includes(name) ||
    // An escaped dollar sign is one in the end.
    referencesIn(variables.get(name)?.value.replaceAll('\\', '') ?? '').some((next) =>
      leadsTo(next, [...around, name]),
    );
  return [...variables.keys()].some((name) => leadsTo(name, []));
}

it('a value is what @next/env makes of it, or not known', () => {
  let decided = 0;
  holds(
    fc.property(envText, (text) => {
      const file = readEnvFile('/app/.env', text);
      if (isCircular(file)) return;
      const given = givenByNext(text);
      for (const [name, variable] of file.variables) {
        const expanded = expandedValue(variable, file, [file]);
        if (!expanded) continue;
        decided += 1;
        expect([text, name, expanded.text]).toEqual([text, name, given[name]]);
      }
    }),
    2000,
  );
  expect(decided).toBeGreaterThan(1000);
});
