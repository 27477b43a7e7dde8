/** All that the playbook adds to the evaluator about the values that redirect URIs are made of. */
import type { EvaluatorOptions } from '../../../analysis/values/evaluate.ts';
import { unknown } from '../../../analysis/values/values.ts';
import { interpretEnvModules } from '../../libraries/env-modules.ts';
import { interpretRequest } from './request.ts';
import { interpretDeployed, interpretServer } from './server.ts';
import type { Assumptions } from './deployments.ts';

/** What the platform sets, whatever a schema asks for. */
const PLATFORM = /^(?:NODE_ENV|(?:NEXT_PUBLIC_)?VERCEL(?:_\w+)?)$/u;

/** Code never comes to its fallback for a variable that a schema requires, and no one can tell its value. */
const interpretEnv = interpretEnvModules({
  required: (read, { at, name }) => (PLATFORM.test(name) ? read : unknown(at)),
});

/** Interprets requests, env modules and what a server has, under some assumptions; no opinion on anything else. */
export function interpretUnder({ deployment }: Assumptions): NonNullable<EvaluatorOptions['interpret']> {
  const interpreters = [
    interpretRequest,
    interpretServer,
    interpretEnv,
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
