/** Vitest's global set-up. */
import { installLocked } from '../../helpers/install-locked.ts';

export default function setup(): void {
  for (const major of ['9', '10']) installLocked(`test/e2e/presets/eslint-${major}`);
}
