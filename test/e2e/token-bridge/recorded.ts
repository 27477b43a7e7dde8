/** The observations as last recorded by `npm run observe:bridges`, and the tables of the docs made from them. */
import { readFileSync } from 'node:fs';
import { classify, verdictIn } from './classify.ts';
import type { Classification, Observed, Verdict } from './classify.ts';
import { readForm } from './observation.ts';
import type { Observation, WrittenObservation } from './observation.ts';
import type { AppKind } from './rewrites.ts';
import { scenarioNames, scenarios } from './scenarios.ts';
import type { ScenarioName } from './scenarios.ts';

export interface RecordedBridge extends Classification {
  readonly title: string;
  readonly observed: Observed;
}

/** How the files have it. */
export type WrittenObservations = Readonly<Record<ScenarioName, WrittenObservation>>;
export type WrittenBridge = Omit<RecordedBridge, 'observed'> & { readonly observed: WrittenObservations };

/** What was recorded, by the bridge's name. */
export function readRecorded(): ReadonlyMap<string, RecordedBridge> {
  const written = readJson('observations.json') as Record<string, WrittenBridge>;
  return new Map(
    Object.entries(written).map(([name, bridge]) => [name, { ...bridge, observed: readObserved(bridge.observed) }]),
  );
}

export interface RecordedRewrite {
  /** The bridges that the codemods rewrite to this, by the kind of app they are in. */
  readonly of: Readonly<Partial<Record<AppKind, readonly string[]>>>;
  readonly observed: Observed;
}

/** What was recorded of the bridges that codemods wrote, by the fingerprint of their code (`fingerprint` in bundle.ts). */
export function readRewrites(): ReadonlyMap<string, RecordedRewrite> {
  const written = readJson('rewrites.json') as Record<
    string,
    Omit<RecordedRewrite, 'observed'> & { readonly observed: WrittenObservations }
  >;
  return new Map(
    Object.entries(written).map(([code, { observed, of }]) => [code, { of, observed: readObserved(observed) }]),
  );
}

function readJson(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'));
}

function readObserved(written: WrittenObservations): Observed {
  // A scenario that was added since has no observation until the next run.
  const all = scenarioNames.map((name) => [name, readForm((written as Partial<WrittenObservations>)[name] ?? {})]);
  return Object.fromEntries(all) as Record<ScenarioName, Observation>;
}

interface Column {
  readonly head: string;
  readonly cell: (observed: Observed) => string;
}

const OPENS = ['opens400', 'opens429', 'opens500'] as const;

/** What rule pages show; the guide has all scenarios. */
const COLUMNS: readonly Column[] = [
  {
    head: `refreshes / \`setAuth\` calls in ${String(scenarios.accepts.seconds)} s`,
    cell: ({ accepts }) => `${String(accepts.workosRefreshes)} / ${String(accepts.setAuths)}`,
  },
  { head: 'ends', cell: ({ accepts }) => accepts.finalState },
  { head: 'after 20 minutes', cell: ({ longSession }) => longSession.finalState },
  {
    head: 'WorkOS returns 400, 429, 500 at the start: refreshes',
    cell: (observed) => `${OPENS.map((name) => counted(observed[name])).join(', ')}: ${observed.opens429.finalState}`,
  },
  { head: 'new organization after', cell: organization },
];

function counted({ endedAfter, workosRefreshes }: Observation): string {
  return endedAfter > 0 ? `${String(workosRefreshes)} in ${String(Math.round(endedAfter))} s` : String(workosRefreshes);
}

/** A Markdown table of the named bridges, in that order. Throws for a name that was not recorded. */
export function observationsTable(names: readonly string[]): string {
  const recorded = readRecorded();
  const rows = names.map((name) => {
    const bridge = recorded.get(name);
    if (bridge === undefined) throw new Error(`no observation of ${name}; run npm run observe:bridges`);
    return [
      bridge.title.replaceAll('|', String.raw`\|`),
      ...COLUMNS.map(({ cell }) => cell(bridge.observed)),
      verdictText(bridge),
    ];
  });
  return table(['bridge', ...COLUMNS.map((column) => column.head), 'verdict'], rows);
}

/** A Markdown table of all bridges: what each does where, and what its codemod makes of it. */
export function outcomesTable(): string {
  const rewrites = [...readRewrites().values()];
  const rows = [...readRecorded()].map(([name, bridge]) => {
    const rewrite = rewrites.find(({ of }) => of['of one organization']?.includes(name));
    return [
      `[${name}](${GALLERY}${name}.tsx)`,
      verdictText(bridge),
      outcomes(bridge.observed),
      organization(bridge.observed),
      rewrite ? verdictText(classify(rewrite.observed)) : '',
    ];
  });
  return table(['bridge', 'verdict', 'seen in', 'new organization after', 'after its codemod'], rows);
}

/** A Markdown table of what the scenarios are. */
export function scenariosTable(): string {
  return table(
    ['scenario', 'what happens', 'lasts'],
    scenarioNames.map((name) => [name, scenarios[name].title, `${String(scenarios[name].seconds)} s`]),
  );
}

/** From the page that has the table. */
const GALLERY = '../../test/e2e/token-bridge/gallery/';

function verdictText({ verdict, canThrow }: Classification): string {
  return canThrow ? `${verdict}, can throw` : verdict;
}

function outcomes(observed: Observed): string {
  const seen = new Map<Verdict, ScenarioName[]>();
  for (const name of scenarioNames) {
    const verdict = verdictIn(name, observed[name]);
    if (verdict !== 'fine') seen.set(verdict, [...(seen.get(verdict) ?? []), name]);
  }
  return [...seen].map(([verdict, names]) => `${verdict}: ${names.join(', ')}`).join('; ');
}

function organization({ switchesOrganization: { organizationAfter } }: Observed): string {
  return organizationAfter < 0 ? 'never' : `${String(Math.ceil(organizationAfter))} s`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
