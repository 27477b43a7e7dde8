/**
 * Tests that compare the time that a token has left. AuthKit's access tokens live 300 s, so "refresh when less than ten minutes are left" is
 * always true, and holds no refresh back (PLAYBOOK section 2).
 */
import { type Node, propertyName, unwrap } from '../../../../analysis/syntax/ast.ts';
import { type Located, definitionOf } from '../../../../analysis/syntax/bindings/definitions.ts';
import type { ModuleLoader } from '../../../../analysis/syntax/bindings/modules.ts';
import { type Ref, frameOf } from '../../../../analysis/flow/calls/call-contexts.ts';
import { createEvaluator } from '../../../../analysis/values/evaluate.ts';
import { literal } from '../../../../analysis/values/values.ts';

/** Some time of day, in seconds. */
const NOW = 1_800_000_000;
/** Ages at which a test is tried: from a token that has just been issued to one that is about to expire. */
const SECONDS_LEFT = [299, 240, 120, 61, 31, 5];

/** Whether a test compares a token's time of expiry, and comes out the same for every token that is still valid. */
export function isSameForEachToken(test: Ref, loader: ModuleLoader): boolean {
  const [first, ...others] = SECONDS_LEFT;
  const truth = first === undefined ? undefined : truthWith(first, test, loader);
  return truth !== undefined && others.every((secondsLeft) => truthWith(secondsLeft, test, loader) === truth);
}

/** The truth of a test when a token has so many seconds left; undefined where it does not ask for them. */
function truthWith(secondsLeft: number, test: Ref, loader: ModuleLoader): boolean | undefined {
  const reads = { expiry: 0 };
  const evaluator = createEvaluator({
    loader,
    interpret: (place, asked, frame) => {
      if (isExpiry(place, loader)) {
        reads.expiry += 1;
        return literal(NOW + secondsLeft, place);
      }
      const time = timeOf(place.node);
      if (time === 'now') return literal(NOW * 1000, place);
      return time && asked.evaluate({ file: place.file, node: time }, frame);
    },
  });
  const value = evaluator.evaluate(test, frameOf(test, evaluator));
  if (reads.expiry === 0 || value.type !== 'literal') return undefined;
  return typeof value.value === 'boolean' ? value.value : undefined;
}

/** `exp`, the claim of every JWT (RFC 7519, 4.1.4), in seconds: `claims.exp`, `const { exp } = decodeJwt(token)`. */
function isExpiry({ file, node }: Located, loader: ModuleLoader): boolean {
  if (node.type === 'MemberExpression') return propertyName(node) === 'exp';
  if (node.type !== 'Identifier') return false;
  const definition = definitionOf({ file, node }, loader);
  return definition.kind === 'value' && definition.path.at(-1) === 'exp';
}

/** The time in `Date.now()`, `new Date().getTime()`, `new Date(time).getTime()`: an expression, or now. */
function timeOf(node: Node): Node | 'now' | undefined {
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return undefined;
  const method = propertyName(node.callee);
  const object = unwrap(node.callee.object);
  if (method === 'now') return object.type === 'Identifier' && object.name === 'Date' ? 'now' : undefined;
  if (method !== 'getTime' || object.type !== 'NewExpression') return undefined;
  const isDate = object.callee.type === 'Identifier' && object.callee.name === 'Date';
  return isDate ? (object.arguments[0] ?? 'now') : undefined;
}
