import { expect, it, vi } from 'vitest';
import { assessToken } from '../../../playbook/auth-config/acceptance/acceptance.ts';
import { decodeToken } from '../../../playbook/auth-config/token/token-decode.ts';
import '../../../playbook/auth-config/token/token-keys.ts';
import '../../../playbook/auth-config/token/token-verify.ts';

const { loaded } = vi.hoisted(() => ({ loaded: vi.fn() }));

vi.mock('jose', async (original) => {
  loaded();
  return original();
});

it('jose is loaded by the first token, and not by the model or by an import', async () => {
  assessToken([], { header: {}, claims: {} }, { now: 0 });
  expect(loaded).not.toHaveBeenCalled();
  await decodeToken('e30.e30.e30');
  expect(loaded).toHaveBeenCalledOnce();
});
