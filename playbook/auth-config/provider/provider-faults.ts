/** The providers of a file, each with its role and its faults. */
import type { Range } from '../../../analysis/syntax/ast.ts';
import type { Located } from '../../../analysis/syntax/bindings/definitions.ts';
import type { Evaluator } from '../../../analysis/values/evaluate.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import type { ObjectValue } from '../../../analysis/values/values.ts';
import type { Project } from '../../../project/project.ts';
import { comparableIssuer, workosKeys } from '../acceptance/issuer.ts';
import { concreteProviders } from '../read/instantiate.ts';
import type { KnownEnvironment } from '../read/environment.ts';
import type { AuthConfigOptions } from '../findings.ts';
import type { Fault } from './fault.ts';
import { faultsOf } from './faults.ts';
import { type ConcreteProvider, type Role, addressOf, issuerOf, roleOf, textOf } from './role.ts';
import type { ProviderList } from '../read/providers.ts';

/** A provider that is WorkOS's, or that breaks the deploy of those that are. */
export interface Judged {
  readonly value: ObjectValue;
  readonly role: Role | undefined;
  readonly faults: readonly Fault[];
  /** What it is, with every value written out; the first of several that are WorkOS's. */
  readonly concrete: ConcreteProvider;
  /** Everything that it may be. */
  readonly possible: readonly ConcreteProvider[];
}

/** Everything the steps below need of one file. */
export interface Case {
  readonly file: SourceFile;
  readonly project: Project;
  readonly known: KnownEnvironment;
  readonly evaluator: Evaluator;
  readonly clientId: string;
  readonly options: AuthConfigOptions;
}

/** Judges every provider of the lists. */
export function judge(lists: readonly ProviderList[], subject: Case): readonly Judged[] {
  const judged = new Map<ObjectValue, Judged>();
  for (const { slots } of lists) {
    for (const [index, { alternatives }] of slots.entries()) {
      for (const value of alternatives) {
        if (value.type !== 'object' || judged.has(value)) continue;
        judged.set(value, judgeProvider(value, index, subject));
      }
    }
  }
  const all = [...judged.values()];
  const isOurs = all.some(({ role }) => role !== undefined);
  // Other people's providers are left alone, but for a deploy that they would break for AuthKit, too.
  return all.map((one) => ((one.role === undefined && !isOurs) || isCovered(one, all) ? { ...one, faults: [] } : one));
}

/** Whether another provider accepts the tokens that this one rejects: Convex goes on to it where this one does not match. */
function isCovered({ concrete, faults, role, value }: Judged, all: readonly Judged[]): boolean {
  if (faults.length === 0 || !faults.every(({ id }) => REJECTS.has(id))) return false;
  const isForNoToken = role === 'api' && faults.every(({ id }) => id === 'wrongIssuer');
  return all.some(
    (other) =>
      other.value !== value &&
      other.role !== undefined &&
      other.faults.length === 0 &&
      (isForNoToken ? other.role === 'client' : comparableAddress(other.concrete) === comparableAddress(concrete)),
  );
}

/** Faults for which a provider matches no token, and does no harm to the others. */
const REJECTS: ReadonlySet<string> = new Set(['audienceRequired', 'discoveryProvider', 'wrongAudience', 'wrongIssuer']);

const comparableAddress = (provider: ConcreteProvider): string => comparableIssuer(addressOf(provider) ?? '');

function judgeProvider(value: ObjectValue, index: number, { clientId, options }: Case): Judged {
  const all = concreteProviders(value);
  // An arm that is seen to be WorkOS's shows what the property is meant to hold, an issuer more than the keys.
  const recognised = all.filter((one) => roleOf(one) !== undefined);
  const named = recognised.filter((one) => roleOf(one) !== 'keys');
  const candidates = [named, recognised, all].find(({ length }) => length > 0) ?? all;
  const [first = { json: {}, inexact: new Set<string>() }, ...rest] = candidates;
  const judgeOptions = { index, clientId, allowAudience: options.allowAudience };
  // What is wrong only on one side of a condition may never be.
  const faults = rest.reduce(
    (common, one) => {
      const others = faultsOf(one, judgeOptions);
      return common.filter(({ id, property }) =>
        others.some((other) => other.id === id && other.property === property),
      );
    },
    [...faultsOf(first, judgeOptions)],
  );
  return { value, role: roleOf(first), faults, concrete: first, possible: all };
}

/** The client ids that a provider of WorkOS's names: in its issuer, as its audience, in the address of its keys. */
export function idsOf({ concrete, role }: Pick<Judged, 'concrete' | 'role'>): readonly string[] {
  if (role === undefined) return [];
  const issuer = issuerOf(concrete);
  const audience = role === 'shared' || role === 'api' ? textOf(concrete, 'applicationID') : undefined;
  const keys = workosKeys(textOf(concrete, 'jwks') ?? '');
  const ids = [
    issuer?.kind === 'client' ? issuer.clientId : undefined,
    audience,
    typeof keys === 'object' ? keys.clientId : undefined,
  ];
  return ids.filter((id) => id !== undefined);
}

/** A range in the file that is looked at: of a node elsewhere, the default export that brings it in. */
export function rangeOf({ file: owner, node }: Located, { file }: Pick<Case, 'file'>): Range {
  if (owner === file) return node.range;
  return file.ast.body.find(({ type }) => type === 'ExportDefaultDeclaration')?.range ?? firstRange(file);
}

/** Where something is reported that stands nowhere in the file. */
export function firstRange(file: SourceFile): Range {
  return file.ast.body[0]?.range ?? [0, 0];
}
