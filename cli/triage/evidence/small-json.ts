/** Small pieces of JSON: a frame of Convex's socket, an auth-debug page, a list of variables. */
import { isJsonTooDeep } from '../../../analysis/syntax/nesting.ts';
import { recordOf } from '../../../project/settings.ts';
import { UsageError } from '../../usage.ts';
import { authDebugCase, isAuthDebug } from './auth-debug.ts';
import { type Case, NOTHING, TAKES } from './case.ts';
import { listedCase } from './env-list.ts';
import { tokenIn, variablesIn } from './inputs.ts';
import { parsed } from '../../../project/json.ts';

/** Undefined where the text is no JSON, or may be a log: a server's JSON lines have braces, too. Throws a `UsageError` for JSON of something else. */
export function jsonCase(text: string, source: string): Case | undefined {
  const json = isJsonTooDeep(text) ? undefined : parsed(text);
  if (json === undefined) return undefined;
  const record = recordOf(json);
  if (record['type'] === 'Authenticate' && typeof record['value'] === 'string')
    return {
      ...NOTHING,
      tokens: [record['value']],
      notes: [`${source}: an Authenticate frame of Convex's socket, with a token`],
    };
  if (isAuthDebug(record)) return authDebugCase(record, source);
  const variables = Object.entries(variablesIn(json)).filter(([name]) => /^[A-Z_]\w*$/u.test(name));
  if (variables.length > 0) return listedCase(Object.fromEntries(variables), source);
  // { "idToken": "eyJ…", "accessToken": "eyJ…" }, the answer of a route that hands out tokens
  const tokens = Object.entries(record).flatMap(([key, value]) => {
    const token = typeof value === 'string' ? tokenIn(value) : undefined;
    return token === undefined ? [] : [{ key, token }];
  });
  const { token } = tokens.find(({ key }) => /access/iu.test(key)) ?? tokens[0] ?? {};
  if (token !== undefined) return { ...NOTHING, tokens: [token], notes: [`${source}: JSON with an access token`] };
  // A log in JSON, on one line, or an error's text.
  if (/"(?:message|msg|error|level|text)"\s*:/u.test(text)) return undefined;
  throw new UsageError(`${source} is JSON, but none that says something of a sign-in. ${TAKES}.`, { showHelp: false });
}
