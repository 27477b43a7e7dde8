/** The observations as last recorded by `npm run observe:bridges`, and the tables of the docs made from them. */
import { readFileSync } from 'node:fs';
import type { Classification } from './classify.ts';
import type { Observation } from './observation.ts';
import { scenarios } from './scenarios.ts';
import type { ScenarioName } from './scenarios.ts';

export interface RecordedBridge extends Classification {
  readonly title: string;
  readonly observed: Readonly<Record<ScenarioName, Observation>>;
}

/** What was recorded, by the bridge's name. */
export function readRecorded(): ReadonlyMap<string, RecordedBridge> {
  const text = readFileSync(new URL('observations.json', import.meta.url), 'utf8');
  return new Map(Object.entries(JSON.parse(text) as Record<string, RecordedBridge>));
}

/** A Markdown table of the named bridges, in that order. Throws for a name that was not recorded. */
export function observationsTable(names: readonly string[]): string {
  const recorded = readRecorded();
  const rows = names.map((name) => {
    const bridge = recorded.get(name);
    if (bridge === undefined) throw new Error(`no observation of ${name}; run npm run observe:bridges`);
    const { accepts, rejects, expires, rateLimited } = bridge.observed;
    return [
      bridge.title.replaceAll('|', String.raw`\|`),
      String(accepts.workosRefreshes),
      String(accepts.setAuths),
      accepts.finalState,
      rejects.finalState,
      expires.finalState,
      String(rateLimited.workosRefreshes),
      rateLimited.finalState,
      bridge.canThrow ? `${bridge.verdict}, can throw` : bridge.verdict,
    ];
  });
  const during = `in ${String(scenarios.accepts.seconds)} s`;
  const head = [
    'bridge',
    `WorkOS refreshes ${during}`,
    `\`setAuth\` calls ${during}`,
    'ends',
    'Convex rejects',
    'token expires',
    `refreshes while WorkOS answers 429, ${during}`,
    'ends',
    'verdict',
  ];
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
