/** Which codemods there are: those that the rules name, and those without a rule. */
import type { AuthKitRule } from '../rules/create-rule.ts';
import { rules } from '../rules/index.ts';
import { codemodOf } from './codemod-of.ts';
import type { Codemod } from './transform.ts';
import type { Planner } from './workspace/plan.ts';

export type { FileChange, LeftPlace, Place, Plan, PlanInput, Planner, Transaction } from './workspace/plan.ts';
export type { CodemodInput, CodemodResult, LeftFinding, PlacedFinding } from './passes.ts';
export type { Codemod, TransformFile, TransformOptions } from './transform.ts';

export interface CodemodEntry {
  /** The name of the rule whose findings it rewrites, if it has one. */
  readonly name: string;
  /** What it does to the code, in the imperative; no full stop. */
  readonly description: string;
  /** Its rule is in the preset `strict` alone: `all` leaves it out, as `check` leaves out the rule. */
  readonly isStrict?: true;
  /** It has no rule: it runs where it is named, and is no part of `all`. */
  readonly isOnDemand?: true;
  /** Its rule has no edits: what it finds is listed next to what the others leave. */
  readonly isReportOnly?: true;
  /** Loads the codemod and what it needs. */
  readonly load: () => Promise<Codemod>;
}

// Not by the entries: built, these are what `require` gives, for jscodeshift.
const ON_DEMAND: readonly CodemodEntry[] = [
  {
    name: 'add-auth-debug',
    description: 'write the page /admin/auth-debug, whose JSON triage reads',
    isOnDemand: true,
    load: async () => (await import('./add-auth-debug/codemod.ts')).addAuthDebug,
  },
  {
    name: 'upgrade-authkit',
    description: 'upgrade authkit-nextjs 2, 3 or 4 to the newest 4: all that the app has to change for it, or nothing',
    isOnDemand: true,
    load: async () => (await import('./upgrade-authkit/codemod.ts')).upgradeAuthkit,
  },
];

/** What a codemod does to several files together, before it goes through them one by one. */
const PLANNERS: ReadonlyMap<string, () => Promise<(codemod: Codemod) => Planner>> = new Map([
  ['no-get-sign-out', async () => (await import('./no-get-sign-out/plan.ts')).createPlanner],
  ['no-cookie-write-in-render', async () => (await import('./sign-in-calls/plan.ts')).planCookieWrites],
  ['no-raw-authorization-url', async () => (await import('./sign-in-calls/plan.ts')).planAuthorizationUrls],
]);

export const codemods: readonly CodemodEntry[] = [...Object.values(rules).flatMap(entryOf), ...ON_DEMAND];

/** Rules without a codemod. `all` runs them too, so that its list of what needs a manual change is complete. */
export const reportOnly: readonly CodemodEntry[] = Object.values(rules).flatMap((rule): CodemodEntry[] => {
  const { codemod, description, name, presets } = rule.definition;
  return codemod !== undefined || presets.recommended === undefined
    ? []
    : [{ name, description, isReportOnly: true, load: async () => await Promise.resolve(codemodOf(rule)) }];
});

/** The codemod of a name; undefined when there is none. */
export function codemodNamed(name: string): CodemodEntry | undefined {
  return codemods.find((entry) => entry.name === name);
}

function entryOf(rule: AuthKitRule): readonly CodemodEntry[] {
  const { codemod, name, presets } = rule.definition;
  if (codemod === undefined) return [];
  return [
    {
      name,
      description: codemod,
      ...(presets.recommended === undefined && { isStrict: true as const }),
      load: async () => {
        const codemod = codemodOf(rule);
        const plannerFor = await PLANNERS.get(name)?.();
        return plannerFor ? Object.assign(codemod, { plan: plannerFor(codemod) }) : codemod;
      },
    },
  ];
}
