/** All that the playbook tells the evaluator about the values that redirect URIs are made of. */
import type { EvaluatorOptions } from '../../analysis/evaluate.ts';
import { interpretEnvModule } from './env-module.ts';
import { interpretRequest } from './request.ts';

/** Interprets requests and env modules; no opinion on anything else. */
export const interpret: NonNullable<EvaluatorOptions['interpret']> = (expression, evaluator, frame) =>
  interpretRequest(expression, evaluator, frame) ?? interpretEnvModule(expression, evaluator, frame);
