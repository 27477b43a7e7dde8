import { createPlannedCodemod } from '../workspace/plan-only.ts';
import { planUpgrade } from './plan.ts';

export const upgradeAuthkit = createPlannedCodemod('upgrade-authkit', planUpgrade, (name) => name === 'package.json');
