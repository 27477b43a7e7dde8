/**
 * The providers that the WorkOS component of Convex makes: `authKit.getAuthConfigProviders()`.
 *
 * Source: get-convex/workos-authkit `src/client/index.ts` (class `AuthKit`).
 */
import { propertyName, unwrap } from '../../../analysis/syntax/ast.ts';
import { type Located } from '../../../analysis/syntax/bindings/definitions.ts';
import type { EvaluatorOptions } from '../../../analysis/values/evaluate.ts';
import { type Value, literal, text, objectWith } from '../../../analysis/values/values.ts';
import { concatenate } from '../../../analysis/values/concatenation.ts';
import { knownExport } from '../../libraries/index.ts';
import { CLIENT_ID_VARIABLE } from './placeholders.ts';
import { environmentVariable } from '../../../analysis/values/member-access.ts';
import { expressionAt } from '../../../analysis/syntax/bindings/expressions.ts';

/** What the constructor reads from the environment, unless an option gives it. */
const VARIABLES = {
  clientId: CLIENT_ID_VARIABLE,
  apiKey: 'WORKOS_API_KEY',
  webhookSecret: 'WORKOS_WEBHOOK_SECRET',
  actionSecret: 'WORKOS_ACTION_SECRET',
} as const;

/** For an evaluator: the value of a call of the component, and no opinion of anything else. */
export const interpretComponent: NonNullable<EvaluatorOptions['interpret']> = (expression, evaluator) => {
  const { file, node } = expression;
  if (node.type !== 'CallExpression') return undefined;
  const callee = unwrap(node.callee);
  if (callee.type !== 'MemberExpression' || propertyName(callee) !== 'getAuthConfigProviders') return undefined;
  const made = expressionAt({ file, node: callee.object }, evaluator.options.loader, 'NewExpression');
  const maker = made && knownExport({ ...made, node: made.node.callee }, evaluator.options.loader);
  if (!made || maker?.entry.makesProviders !== true) return undefined;
  const [, options] = made.node.arguments;
  const given = options ? evaluator.evaluate({ file: made.file, node: options }) : undefined;
  const option = (name: string): Value | undefined =>
    given?.type === 'object' ? given.properties.get(name)?.value : undefined;
  // Read in the constructor, all of them, whatever is done with them.
  const read = Object.fromEntries(
    Object.entries(VARIABLES).map(([name, variable]) => [
      name,
      option(name) ?? environmentVariable(evaluator, variable, expression),
    ]),
  );
  return providersOf(
    read['clientId'] ?? literal(undefined, expression),
    option('apiHostname') ?? text('api.workos.com', expression),
    expression,
  );
};

function providersOf(clientId: Value, host: Value, from: Located): Value {
  const known = (known: string): Value => text(known, from);
  const join = (...pieces: Value[]): Value => concatenate(pieces, from);
  const shared = {
    type: known('customJwt'),
    algorithm: known('RS256'),
    jwks: join(known('https://api.workos.com/sso/jwks/'), clientId),
  };
  const providers = [
    { ...shared, issuer: join(known('https://'), host, known('/')), applicationID: clientId },
    { ...shared, issuer: join(known('https://'), host, known('/user_management/'), clientId) },
  ].map((properties) => objectWith(properties, false, from));
  return { type: 'array', items: providers.map((value) => ({ value, certain: true })), open: false, from };
}
