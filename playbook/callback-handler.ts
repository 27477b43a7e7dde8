/** Whether a route handler is what AuthKit's `handleAuth()` makes. */
import type { Definition } from '../analysis/syntax/bindings/definitions.ts';
import type { ModuleLoader } from '../analysis/syntax/bindings/modules.ts';
import { useAt } from './libraries/index.ts';
import { expressionOf } from '../analysis/syntax/bindings/expressions.ts';

export function makesCallbackHandler(definition: Definition, loader: ModuleLoader): boolean {
  const call = expressionOf(definition, 'CallExpression');
  return call !== undefined && useAt(call, loader)?.entry.finishesSignIn === 'handler-factory';
}
