/** What a fetcher itself leaves in the hook's states and refs while it runs: `setBusy(true)`, `dispatch({ type: 'start' })`, `busy.current = true`. */
import { type Node, contains, unwrap } from '../../../../analysis/syntax/ast.ts';
import type { ModuleLoader } from '../../../../analysis/syntax/bindings/modules.ts';
import { isGlobal, variableOf } from '../../../../analysis/syntax/bindings/scopes.ts';
import { isNullishLiteral } from '../../../../analysis/syntax/objects.ts';
import type { SourceFile } from '../../../../analysis/syntax/source-file.ts';
import type { Site } from '../../../../analysis/flow/calls/call-walk.ts';
import type { ReachedCall } from '../calls.ts';
import { readerFor } from '../../values/read-condition.ts';
import { type Constant, constantOf } from '../../../../analysis/flow/constants.ts';
import { type Sources, sourcesOf } from '../../../../analysis/flow/sources.ts';
import type { Atom } from '../../values/conditions.ts';
import type { Ref } from '../../../../analysis/flow/calls/call-contexts.ts';
import { testsBefore } from '../../../../analysis/flow/paths.ts';
import { calleeName, isInTimer } from '../../../../analysis/flow/timers.ts';

import { hookOf } from '../../values/hooks.ts';
import { handlersAround } from '../../../../analysis/flow/exceptions/rejections.ts';
import { comparesNumbers, hasDelay } from './retry.ts';
import { assignmentsTo, callsThatSet, initialOf, isUnchanged, setTo } from '../../values/states.ts';
import { alternativeOrigins, originsOf, roleOfOrigin } from '../../values/trace.ts';

/** A value that is left somewhere. */
interface Written {
  readonly constant?: Constant;
  /** Its truth, where that is known. */
  readonly truth?: boolean;
  /** Whether it is another one each time (`{ … }`, `n + 1`), or may be one (the token). */
  readonly isAnother?: 'always' | 'perhaps';
  /** A timer leaves it there, after the fetcher has returned. */
  readonly isLate?: boolean;
  /** It is the token, or whether there is one: `setReady(Boolean(token))`. Where all goes well there is. */
  readonly isAnswer?: boolean;
  /** It is left there where something has failed. */
  readonly isOfFailure?: boolean;
  /** A count ends it, or a delay comes first. */
  readonly isBounded?: boolean;
}

export interface FetcherWrites {
  /** Whether the fetcher makes an atom true and false. */
  readonly isToggled: (atom: Atom) => boolean;
  /** How the value of a state, or of a member of it, differs after the fetcher has returned. */
  readonly changeOf: (state: Ref) => 'always' | 'perhaps' | 'toggles' | undefined;
  /** Whether an atom holds before the fetcher runs: the value that its state or ref starts with. Undefined where that is not known. */
  readonly startsTrue: (atom: Atom) => boolean | undefined;
  /** Whether other code sets a state, too. */
  readonly isSetElsewhere: (atom: Atom) => boolean;
}

/** What the calls of a fetcher leave in states and refs. */
export function writesOfFetcher(
  file: SourceFile,
  fetchers: readonly Pick<Site, 'file' | 'function'>[],
  calls: readonly ReachedCall[],
  loader: ModuleLoader,
): FetcherWrites {
  const functions = [...fetchers, ...calls.flatMap(({ sites }) => sites)];
  const setting = calls.flatMap(({ sites, what }) => {
    const site = sites.at(-1);
    if (what.kind !== 'setState' || !site) return [];
    const when = {
      isLate: sites.some(({ node }) => isInTimer(node)),
      isOfFailure: sites.some((one) => handlersAround(one).length > 0),
      isBounded: sites.some((one) => isBounded(one, loader)),
    };
    return [{ state: what.state, call: site.ref, when }];
  });

  function writtenTo(state: Ref): Written[] {
    // A ref is written where its hook is called; a store, wherever it is named.
    const home = hookOf(state, loader) === undefined ? file : state.file;
    const assignments = assignmentsTo(state, file, loader);
    if (assignments.length > 0) {
      return assignments.flatMap((node) => {
        const owner = functions.find((one) => one.file.path === home.path && contains(one.function, node))?.function;
        const when = owner && {
          isLate: isInTimer(node),
          isOfFailure: handlersAround({ function: owner, node }).length > 0,
        };
        return when
          ? of(sourcesOf({ file: home, node: node.right, path: [] }, node.right, readerFor(home, loader)), state).map(
              (one) => ({ ...one, ...when }),
            )
          : [];
      });
    }
    return setting.flatMap((one): Written[] => {
      const { node } = one.call;
      if (one.state.node !== state.node || node.type !== 'CallExpression') return [];
      return of(setTo(state, { ...one.call, node }, node, readerFor(file, loader)), state).map((written) => ({
        ...written,
        ...one.when,
      }));
    });
  }

  function of(sources: Sources<Atom> | undefined, state: Ref): Written[] {
    if (!sources) return [{ isAnother: 'perhaps' }];
    return sources.flatMap(({ value }) => {
      if (value.kind === 'value') return valueOf(value.ref, state);
      return value.kind === 'nothing' ? [{ constant: { value: undefined }, truth: false }] : [{}];
    });
  }

  function valueOf(ref: Ref, state: Ref): Written[] {
    if (isUnchanged(ref, state)) return [];
    const node = unwrap(ref.node);
    const isOld = (operand: Node): boolean => {
      const [old, other] = sourcesOf({ ...ref, node: operand, path: [] }, operand, readerFor(file, loader));
      return !other && old?.value.kind === 'value' && isUnchanged(old.value.ref, state);
    };
    const constant = constantOf(ref, loader);
    if (constant) return [{ constant, truth: Boolean(constant.value) }];
    if (ref.path.length > 0) return [isSame(ref, loader) ? {} : { isAnother: 'perhaps' }];
    const whole = isOfAnswer({ ...ref, node }, loader);
    if (whole) return [{ truth: true, isAnswer: true, ...(whole === 'itself' && { isAnother: 'perhaps' }) }];
    switch (node.type) {
      case 'ObjectExpression':
      case 'ArrayExpression':
      case 'NewExpression':
        return [{ truth: true, isAnother: 'always' }];
      case 'UnaryExpression':
        return node.operator === '!' && isOld(node.argument)
          ? [true, false].map((value) => ({ constant: { value }, truth: value }))
          : [{}];
      case 'BinaryExpression':
        // `n + 1` counts what is under way, and `n - 1` ends it.
        if (node.left.type !== 'PrivateIdentifier' && isOld(node.left))
          return [{ truth: node.operator === '+', isAnother: 'always' }];
        return [{ isAnother: 'perhaps' }];
      case 'CallExpression':
        return [
          {
            isAnother: /^(?:Date|performance)\.now$|^Math\.random$|\.randomUUID$/u.test(calleeName(node.callee))
              ? 'always'
              : 'perhaps',
          },
        ];
      default:
        if (isCaught(file, ref)) return [{ truth: true, isAnother: 'always' }];
        return [isSame(ref, loader) ? {} : { isAnother: 'perhaps' }];
    }
  }

  const truthFor = ({ equals }: Atom, { constant, truth }: Written): boolean | undefined => {
    if (equals === undefined) return truth;
    return constant ? constant.value === equals : truth === true ? false : undefined;
  };
  return {
    isToggled(atom) {
      if (!atom.state) return false;
      if (isTransition(atom.state)) return setting.some(({ state }) => state.node === atom.state?.node);
      const written = writtenTo(atom.state);
      const truthsOf = (some: readonly Written[]) => new Set(some.map((one) => truthFor(atom, one)));
      const ofSuccess = truthsOf(written.filter(({ isOfFailure }) => !isOfFailure));
      const isBoth = ofSuccess.has(true) && ofSuccess.has(false);
      // What the token is may have been there before.
      const all = isBoth ? ofSuccess : truthsOf(written.filter(({ isAnswer }) => isAnswer !== true));
      // `setFailed(false)` where all went well leaves what was there.
      const isLeft = isBoth || ofSuccess.has(!(startsTrue(atom) ?? false));
      return all.has(true) && all.has(false) && isLeft && !written.every(({ isLate }) => isLate);
    },
    changeOf(state) {
      // What a timer sets is a back-off, not an echo of the call.
      const written = writtenTo(state).filter(({ isLate }) => !isLate);
      // `setAttempt((n) => n + 1)` where asking has failed: the next attempt fails as well.
      if (written.some(({ isAnother, isBounded }) => isAnother === 'always' && !isBounded)) return 'always';
      // What is set after a failure only is not set by each request.
      const changed = written.flatMap(({ isAnother, isOfFailure }) => (isAnother && !isOfFailure ? [isAnother] : []));
      if (new Set(written.flatMap(({ constant }) => (constant ? [constant.value] : []))).size > 1) return 'toggles';
      return changed.includes('perhaps') ? 'perhaps' : undefined;
    },
    startsTrue,
    isSetElsewhere: ({ state }) =>
      state !== undefined &&
      callsThatSet(state, file, loader).some(({ node }) => !setting.some((one) => one.call.node === node)),
  };

  function startsTrue(atom: Atom): boolean | undefined {
    const { state } = atom;
    const initial = state && initialOf(state, state.node, readerFor(file, loader));
    const truths = new Set(initial ? of(initial, state).map((one) => truthFor(atom, one)) : []);
    return truths.size === 1 ? [...truths][0] : undefined;
  }

  function isTransition(state: Ref): boolean {
    return hookOf(state, loader) === 'useTransition';
  }
}

/** Whether a state is set behind a comparison with a count, or after a wait. */
function isBounded(site: Site, loader: ModuleLoader): boolean {
  return (
    testsBefore(site.node, site.function).some(({ node }) => comparesNumbers(node)) ||
    handlersAround(site).some(({ handler }) => hasDelay(handler, site, loader, site.node.range[0]))
  );
}

/** `error` of `catch (error)`: another one each time. */
function isCaught(file: SourceFile, { file: own, node }: Ref): boolean {
  const name = unwrap(node);
  return own === file && name.type === 'Identifier' && variableOf(file, name)?.defs[0]?.node.type === 'CatchClause';
}

/** Whether a value is a token that was asked for, or says whether there is one: `token`, `!!token`, `token !== null`. */
function isOfAnswer(ref: Ref, loader: ModuleLoader): 'itself' | 'presence' | undefined {
  const tested = testedBy(ref);
  const isToken = alternativeOrigins({ ...ref, node: tested ?? ref.node, path: [] }, loader).some(
    ({ kind }) => kind === 'answer',
  );
  return isToken ? (tested ? 'presence' : 'itself') : undefined;
}

/** What an expression asks the presence of. */
function testedBy({ file, node }: Ref): Node | undefined {
  if (node.type === 'UnaryExpression')
    return node.argument.type === 'UnaryExpression' && node.operator === '!' ? node.argument.argument : undefined;
  if (node.type === 'CallExpression') return isGlobal(file, node.callee, 'Boolean') ? node.arguments[0] : undefined;
  if (node.type !== 'BinaryExpression') return undefined;
  return node.operator.startsWith('!=') && isNullishLiteral(node.right) ? node.left : undefined;
}

/** A string of a WorkOS hook that a refresh does not replace: the id of the user. */
function isSame(ref: Ref, loader: ModuleLoader): boolean {
  const origins = originsOf(ref, loader);
  return origins.length > 0 && origins.every((origin) => roleOfOrigin(origin)?.kind === 'other');
}
