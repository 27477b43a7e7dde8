/** WorkOS's emulator, with access tokens of any life: its own live for an hour, AuthKit's for five minutes. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { FOLDER } from './apps.ts';
import { PORTS } from './ports.ts';

interface Emulator {
  readonly close: () => Promise<void>;
}
interface EmulatorModule {
  readonly createEmulator: (options: object) => Promise<Emulator>;
}
interface Signer {
  sign: (payload: object, options?: object) => unknown;
}

const fromPackage = async <Module>(path: string): Promise<Module> =>
  (await import(pathToFileURL(join(FOLDER, 'node_modules/workos/dist', path)).href)) as Module;

export const EMAIL = 'ann@acme.test';

/** Seconds for which the next tokens live. */
export const life = { seconds: 300 };

export async function startEmulator(): Promise<Emulator> {
  const { JWTManager } = await fromPackage<{ JWTManager: { prototype: Signer } }>('emulate/core/jwt.js');
  const { sign } = JWTManager.prototype;
  JWTManager.prototype.sign = function signed(this: Signer, payload, options) {
    return sign.call(this, payload, { expiresIn: life.seconds, ...options });
  };
  const { createEmulator } = await fromPackage<EmulatorModule>('emulate/index.js');
  const users = [{ email: EMAIL, first_name: 'Ann', password: 'not-a-secret', email_verified: true }];
  return createEmulator({ port: PORTS.emulator, seed: { users } });
}
