import { planAuthDebug } from './add-auth-debug/plan.ts';
import { createPlannedCodemod } from './workspace/plan-only.ts';

export default createPlannedCodemod('add-auth-debug', planAuthDebug);
