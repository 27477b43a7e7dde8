import { createPlannedCodemod } from '../workspace/plan-only.ts';
import { planAuthDebug } from './plan.ts';

export const addAuthDebug = createPlannedCodemod('add-auth-debug', planAuthDebug);
