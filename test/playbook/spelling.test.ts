import { describe, expect, it } from 'vitest';
import { isMisspellingOf } from '../../playbook/spelling.ts';

describe('a name', () => {
  it.each([
    'WORKOS_CLIENTID',
    'WORK_OS_CLIENT_ID',
    'WORKOS_CLEINT_ID',
    'WORKOS_CLIEN_ID',
    'WOKROS_CLIENT_ID',
    'workos_client_id',
  ])('%s is a misspelling of WORKOS_CLIENT_ID', (name) => {
    expect(isMisspellingOf(name, 'WORKOS_CLIENT_ID')).toBe(true);
  });

  it.each([
    'WORKOS_CLIENT_ID',
    'WORKOS_CLIENT_ID_DEV',
    'WORKOS_CLIENT_IDS',
    'DEV_WORKOS_CLIENT_ID',
    'WORKOS_CLIENT_1D',
    'WORKOS_API_KEY',
    'STRIPE_CLIENT_ID',
    '',
  ])('%j is not', (name) => {
    expect(isMisspellingOf(name, 'WORKOS_CLIENT_ID')).toBe(false);
  });

  it('that is short is another one', () => {
    expect(isMisspellingOf('NODE_EVN', 'NODE_ENV')).toBe(false);
  });
});
