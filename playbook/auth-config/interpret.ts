/** What `auth.config` takes from packages, for an evaluator: the component's providers, and objects of the environment. */
import type { EvaluatorOptions } from '../../analysis/values/evaluate.ts';
import { interpretComponent } from './component.ts';
import { interpretEnvModule } from './env-module.ts';

export const interpret: NonNullable<EvaluatorOptions['interpret']> = (expression, evaluator, frame) =>
  interpretComponent(expression, evaluator, frame) ?? interpretEnvModule(expression, evaluator, frame);
