/**
 * WorkOS's emulator, with access tokens of any life: its own live for an hour, AuthKit's for five minutes. And a session keeps its id when it is
 * refreshed, as WorkOS's does; to authkit-nextjs another id is another session, whose token it asks for again. Two tokens of one second differ, too.
 */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { FOLDER } from './common.ts';
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

/** Of the next token: the seconds for which it lives, and the id of its session, if it has one. */
export const next: { seconds: number; session: string | undefined } = { seconds: 300, session: undefined };

export async function startEmulator(): Promise<Emulator> {
  const { JWTManager } = await fromPackage<{ JWTManager: { prototype: Signer } }>('emulate/core/jwt.js');
  const { sign } = JWTManager.prototype;
  JWTManager.prototype.sign = function signed(this: Signer, payload, options) {
    const session = next.session === undefined ? {} : { sid: next.session };
    return sign.call(this, { ...payload, ...session, jti: randomUUID() }, { expiresIn: next.seconds, ...options });
  };
  const { createEmulator } = await fromPackage<EmulatorModule>('emulate/index.js');
  const users = [{ email: EMAIL, first_name: 'Ann', password: 'not-a-secret', email_verified: true }];
  return createEmulator({ port: PORTS.emulator, seed: { users } });
}
