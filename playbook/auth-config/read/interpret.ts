/** What `auth.config` takes from packages, for an evaluator: the component's providers, and objects of the environment. */
import type { EvaluatorOptions } from '../../../analysis/values/evaluate.ts';
import { interpretEnvModules } from '../../libraries/env-modules.ts';
import { interpretComponent } from './component.ts';
import { interpretGeneratedEnv } from './environment-object.ts';
import { interpretUnknownParser } from './unknown-parser.ts';

/** A variable that a schema requires is the variable. */
const interpretEnv = interpretEnvModules({ required: (read) => read });

export const interpret: NonNullable<EvaluatorOptions['interpret']> = (expression, evaluator, frame) =>
  interpretComponent(expression, evaluator, frame) ??
  interpretGeneratedEnv(expression, evaluator, frame) ??
  interpretEnv(expression, evaluator, frame) ??
  interpretUnknownParser(expression, evaluator, frame);
