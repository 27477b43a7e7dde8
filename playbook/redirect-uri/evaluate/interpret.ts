/** All that the playbook adds to the evaluator about the values that redirect URIs are made of. */
import type { Located } from '../../../analysis/syntax/bindings/definitions.ts';
import type { ModuleLoader } from '../../../analysis/syntax/bindings/modules.ts';
import { type Evaluator, createEvaluator } from '../../../analysis/values/evaluate.ts';
import { isNullish } from '../../../analysis/values/comparisons.ts';
import { type Value, alternativesOf, unknown } from '../../../analysis/values/values.ts';
import { interpretEnvModules } from '../../libraries/env-modules.ts';
import { interpretRequest } from './request.ts';
import { interpretDeployed, interpretServer } from './server.ts';
import { type Assumptions, environmentUnder } from './deployments.ts';

/** What the platform sets, whatever a schema asks for. */
const PLATFORM = /^(?:NODE_ENV|(?:NEXT_PUBLIC_)?VERCEL(?:_\w+)?)$/u;

/** Code never comes to its fallback for a variable that a schema requires, and no one can tell its value, unless the code gives the schema one. */
const interpretEnv = interpretEnvModules({
  required: (read, { at, name }) => (PLATFORM.test(name) || isGivenText(read) ? read : unknown(at)),
});

/** `schema.parse({ url: process.env.URL || 'https://example.com' })`: a schema that requires it has nothing to refuse. */
function isGivenText(read: Value): boolean {
  const alternatives = alternativesOf(read);
  return (
    alternatives.every((one) => isNullish(one) === false) &&
    alternatives.some((one) => one.type === 'text' && one.parts.some(({ kind }) => kind === 'known'))
  );
}

/** An evaluator under some assumptions: of requests, env modules, and what a server has. `onAsked` is told of every expression. */
export function evaluatorUnder(
  assumptions: Assumptions,
  loader: ModuleLoader,
  onAsked?: (expression: Located) => void,
): Evaluator {
  const interpreters = [
    interpretRequest,
    interpretServer,
    interpretEnv,
    ...(assumptions.deployment === 'local' ? [] : [interpretDeployed]),
  ];
  return createEvaluator({
    loader,
    environment: environmentUnder(assumptions),
    interpret: (expression, evaluator, frame) => {
      onAsked?.(expression);
      for (const interpret of interpreters) {
        const value = interpret(expression, evaluator, frame);
        if (value) return value;
      }
      return undefined;
    },
  });
}
