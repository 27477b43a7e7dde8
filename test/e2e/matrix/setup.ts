/** Vitest's global set-up. */
import { installLocked } from '../../helpers/install-locked.ts';

export default function setup(): void {
  installLocked('test/e2e/matrix');
}
