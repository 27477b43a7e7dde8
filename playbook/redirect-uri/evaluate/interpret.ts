/** All that the playbook tells the evaluator about the values that redirect URIs are made of. */
import type { EvaluatorOptions } from '../../../analysis/values/evaluate.ts';
import { interpretEnvModule } from '../env-module.ts';
import { interpretRequest } from './request.ts';
import { interpretDeployed, interpretServer } from './server.ts';
import type { Assumptions } from './deployments.ts';

/** Interprets requests, env modules and what a server has, under some assumptions; no opinion on anything else. */
export function interpretUnder({ deployment }: Assumptions): NonNullable<EvaluatorOptions['interpret']> {
  const interpreters = [
    interpretRequest,
    interpretServer,
    interpretEnvModule,
    ...(deployment === 'local' ? [] : [interpretDeployed]),
  ];
  return (expression, evaluator, frame) => {
    for (const interpret of interpreters) {
      const value = interpret(expression, evaluator, frame);
      if (value) return value;
    }
    return undefined;
  };
}
