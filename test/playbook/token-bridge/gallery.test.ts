/** The rules and their codemods, held against what was observed with the real Convex client and the real AuthKit. */
import { beforeAll, describe, expect, it } from 'vitest';
import { parseSourceFile } from '../../../analysis/syntax/source-file.ts';
import type { AuthKitRule } from '../../../rules/create-rule.ts';
import { fingerprint } from '../../e2e/token-bridge/bundle.ts';
import { type Observed, classify } from '../../e2e/token-bridge/classify.ts';
import { whatIsWorse } from '../../e2e/token-bridge/compare.ts';
import { type GalleryBridge, gallery } from '../../e2e/token-bridge/gallery.ts';
import { readRecorded, readRewrites } from '../../e2e/token-bridge/recorded.ts';
import { type App, BRIDGE_RULES, appWith, rewritten, sourceOfRewrite } from '../../e2e/token-bridge/rewrites.ts';
import { scenarioNames, scenarios } from '../../e2e/token-bridge/scenarios.ts';
import { type BridgeRule, expectationOf } from './expected-reports.ts';
import { KNOWN_MISMATCHES, type Mismatch } from './known-mismatches.ts';

const recorded = readRecorded();
const recordedRewrites = readRewrites();
const noForced = BRIDGE_RULES['no-forced-token-refresh'];
const rules = Object.entries(BRIDGE_RULES) as (readonly [BridgeRule, AuthKitRule])[];

function messagesOf(rule: AuthKitRule, { path, project }: App, text: string): string[] {
  const parsed = parseSourceFile(path, text);
  if (!parsed.ok) throw new Error(parsed.problem.message);
  return rule.definition.find(parsed.file, project, undefined).map(({ messageId }) => messageId);
}

/** Nothing, unless the list of known mismatches has it: then it has to be one still. */
function expectNone(problems: readonly string[], bridge: string, what: Mismatch['what']): void {
  const known = KNOWN_MISMATCHES.find((mismatch) => mismatch.bridge === bridge && mismatch.what === what);
  if (known === undefined) expect(problems).toEqual([]);
  else expect(problems, `no mismatch any more, take it out of known-mismatches.ts: ${known.reason}`).not.toEqual([]);
}

/** What was recorded of this very code. */
async function observedRewrite(text: string, bridge: GalleryBridge): Promise<Observed> {
  const rewrite = recordedRewrites.get(await fingerprint(sourceOfRewrite(text, bridge)));
  if (rewrite) return rewrite.observed;
  throw new Error('the codemods write what was never observed: npm run observe:bridges -- --rewrites');
}

describe.each(gallery)('$name', (bridge) => {
  const { observed } = recorded.get(bridge.name) ?? expect.fail(`${bridge.name} is not recorded`);
  const app = appWith(bridge, 'of one organization');

  it.each(rules)('%s reports it as it should', (name, rule) => {
    const expectation = expectationOf(name, bridge, observed);
    const messages = messagesOf(rule, app, app.text);
    const expected = { reported: messages.length === 1, free: true, silent: messages.length === 0 }[expectation];
    expectNone(expected ? [] : [`${expectation}: ${messages.join(', ') || 'no report'}`], bridge.name, name);
  });

  describe('after its codemod', () => {
    const text = rewritten(app);
    let after = observed;
    beforeAll(async () => {
      if (text !== app.text) after = await observedRewrite(text, bridge);
    });

    it('is fine, not reported, and worse in no scenario', () => {
      if (text === app.text) return;
      const { verdict, canThrow } = classify(after);
      const reports = rules.flatMap(([name, rule]) =>
        messagesOf(rule, app, text).map((message) => `${name}: ${message}`),
      );
      const worse = scenarioNames
        .filter((scenario) => !('switchesBy' in scenarios[scenario]))
        .flatMap((scenario) => whatIsWorse(scenario, observed[scenario], after[scenario]));
      const verdicts = verdict === 'fine' && !canThrow ? [] : [`${verdict}${canThrow ? ', can throw' : ''}`];
      expectNone([...verdicts, ...reports, ...worse], bridge.name, 'rewrite');
    });
  });

  describe('in an app whose users go from one organization to another, after its codemod', () => {
    const organizationApp = appWith(bridge, 'of many organizations');
    const text = rewritten(organizationApp);
    let after = observed;
    beforeAll(async () => {
      if (text !== organizationApp.text) after = await observedRewrite(text, bridge);
    });

    it('is not reported for the refresh that brings the new organization', () => {
      const { organizationAfter } = observed.switchesOrganization;
      const isAtOnce = organizationAfter > 0 && organizationAfter < 5;
      const messages = isAtOnce ? messagesOf(noForced, organizationApp, organizationApp.text) : [];
      expectNone(messages, bridge.name, 'no-forced-token-refresh in an app of many organizations');
    });

    it('is worse in no scenario', () => {
      const worse = scenarioNames.flatMap((scenario) => whatIsWorse(scenario, observed[scenario], after[scenario]));
      expectNone(worse, bridge.name, 'rewrite in an app of many organizations');
    });
  });
});

describe('known-mismatches.ts', () => {
  it('names bridges of the gallery, each thing once', () => {
    const names = gallery.map(({ name }) => name);
    const entries = KNOWN_MISMATCHES.map(({ bridge, what }) => `${bridge}: ${what}`);
    expect(KNOWN_MISMATCHES.filter(({ bridge }) => !names.includes(bridge))).toEqual([]);
    expect(new Set(entries).size).toBe(entries.length);
  });
});
