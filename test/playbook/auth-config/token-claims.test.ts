import { describe, expect, it } from 'vitest';
import { shownClaims } from '../../../playbook/auth-config/token/token-claims.ts';

describe('shown claims', () => {
  it('keep what decides about acceptance', () => {
    const claims = {
      iss: 'https://api.workos.com/',
      aud: ['client_01A'],
      exp: 5,
      iat: 1,
      client_id: 'client_01A',
      org_id: 'org_01',
      role: 'admin',
    };
    expect(shownClaims(claims)).toEqual(claims);
  });

  it.each(['sub', 'sid', 'email', 'user_email', 'e-mail', 'jti', 'first_name', 'name', 'phone_number', 'act'])(
    'hide %s',
    (name) => {
      expect(shownClaims({ [name]: 'x' })).toEqual({ [name]: '(hidden)' });
    },
  );

  it('hide an e-mail address under any name and at any depth', () => {
    expect(shownClaims({ meta: { list: ['a', { contact: 'ann@example.com' }] } })).toEqual({
      meta: { list: ['a', { contact: '(hidden)' }] },
    });
  });

  it('hide a token within the token', () => {
    expect(shownClaims({ upstream: 'eyJhbGciOiJSUzI1NiJ9.e30.x' })).toEqual({ upstream: '(hidden)' });
  });
});
