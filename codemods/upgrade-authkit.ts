import { createPlannedCodemod } from './workspace/plan-only.ts';
import { planUpgrade } from './upgrade-authkit/plan.ts';

export default createPlannedCodemod('upgrade-authkit', planUpgrade, (name) => name === 'package.json');
