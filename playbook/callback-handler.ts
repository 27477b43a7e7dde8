/** Whether a route handler is what AuthKit's `handleAuth()` makes. */
import type { Definition } from '../analysis/syntax/bindings/definitions.ts';
import type { ModuleLoader } from '../analysis/syntax/bindings/modules.ts';
import { useAt } from './libraries/index.ts';

export function makesCallbackHandler(definition: Definition, loader: ModuleLoader): boolean {
  if (definition.kind !== 'value' || definition.path.length > 0 || definition.node.type !== 'CallExpression')
    return false;
  const { file, node } = definition;
  return useAt({ file, node }, loader)?.entry.finishesSignIn === 'handler-factory';
}
