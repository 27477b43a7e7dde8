import Ajv from 'ajv';
import { describe, expect, it } from 'vitest';
import { SYMPTOMS } from '../../../playbook/evidence/symptom-kinds.ts';
import { makeSigner, mint } from '../../playbook/auth-config/mint.ts';
import { failedRefresh, har, PREFETCH, SCHEMA, triage } from './triage.ts';

/** The schema, with nothing allowed that it does not name: programs may meet new fields, our own output has none that is not written down. */
function strict(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(strict);
  if (typeof schema !== 'object' || schema === null) return schema;
  const entries = Object.entries(schema).map(([key, value]) => [key, strict(value)] as const);
  return Object.fromEntries('properties' in schema ? [...entries, ['additionalProperties', false]] : entries);
}

const validate = new Ajv({ allErrors: true }).compile(strict(SCHEMA) as object);

function problemsOf(stdout: string): unknown {
  return validate(JSON.parse(stdout)) ? [] : validate.errors;
}

const ISSUER = 'https://api.workos.com/user_management/client_A';
const CONFIG = (extra: string) => ({
  'convex/auth.config.ts': `export default { providers: [{ type: 'customJwt', issuer: '${ISSUER}', algorithm: 'RS256', jwks: 'https://api.workos.com/sso/jwks/client_A'${extra} }] };\n`,
  'convex/_generated/server.js': '',
});

describe('the JSON of triage follows triage.schema.json', () => {
  it.each([
    ['a HAR', ['net.har'], { 'net.har': har([PREFETCH, ...[0, 40, 80, 120, 160, 200].map(failedRefresh)]) }, ''],
    ['a log', ['-'], {}, '2026-11-27T09:30:00Z Error: Empty password\n2026-11-27T09:31:00Z Error: Empty password\n'],
    ['a log without times', ['-'], {}, 'Error: OAuth state mismatch\n'],
    ['nothing in a log', ['-'], {}, 'GET / 200 in 3ms\n'],
    ['a deployment', ['-'], {}, 'WORKOS_CLIENT_ID=client_A\nWORKOS_API_KEY=sk_x\n'],
    ['no evidence', [], {}, ''],
  ])('for %s', (_what, args, files, input) => {
    const { stdout } = triage([...args, '--json'], files, input);
    expect(problemsOf(stdout)).toEqual([]);
  });

  it.each([
    ['accepted', {}, ''],
    ['rejected', {}, ", applicationID: 'client_A'"],
    ['rejected by its life', { exp: 1_700_000_300, iat: 1_700_000_000 }, ''],
  ])('for a token that is %s', async (_what, claims, extra) => {
    const now = Math.floor(Date.now() / 1000);
    const token = await mint({ iss: ISSUER, sub: 'u', iat: now, exp: now + 300, ...claims }, await makeSigner('k'));
    const { stdout } = triage(['--token', '-', '--json'], CONFIG(extra), token);
    expect(problemsOf(stdout)).toEqual([]);
  });

  it('for what is no token, and one that can not be judged', async () => {
    expect(problemsOf(triage(['--token', '-', '--json'], CONFIG(''), 'hello').stdout)).toEqual([]);
    const broken = { ...CONFIG(''), 'convex/auth.config.ts': 'export default {' };
    const token = await mint({ iss: ISSUER, sub: 'u' }, await makeSigner('k'));
    expect(problemsOf(triage(['--token', '-', '--json'], broken, token).stdout)).toEqual([]);
  });

  it('and the schema names each symptom', () => {
    expect(SCHEMA).toMatchObject({
      definitions: { answer: { properties: { symptom: { enum: Object.keys(SYMPTOMS) } } } },
    });
  });

  it('says null where something is not known, and never leaves a field out', () => {
    const { stdout } = triage(['-', '--json'], {}, 'Error: OAuth state mismatch\n');
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      kind: 'case',
      verdict: 'found',
      answers: [{ symptom: 'stateMismatch', frequency: null, locations: [] }],
      requests: [],
      steps: [],
    });
  });
});
