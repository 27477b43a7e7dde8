/**
 * Observes every bridge of the gallery, and what the codemods make of it, in every scenario. Writes what was seen to
 * observations.json and rewrites.json, for the tests and the docs, and says where a rewrite is worse than what it replaces.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fingerprint, galleryDirectory } from './bundle.ts';
import type { BridgeSource } from './bundle.ts';
import { classify } from './classify.ts';
import type { Observed } from './classify.ts';
import { gallery, sourceOf } from './gallery.ts';
import type { GalleryBridge } from './gallery.ts';
import { observeAll } from './observe.ts';
import { writtenForm } from './observation.ts';
import { readRecorded, readRewrites } from './recorded.ts';
import { appWith, rewritten, sourceOfRewrite } from './rewrites.ts';
import type { AppKind } from './rewrites.ts';
import { scenarioNames } from './scenarios.ts';

async function write(name: string, content: object): Promise<void> {
  // One observation a line, so that a diff shows which changed.
  const json = JSON.stringify(content, null, 2).replaceAll(/\{(?:\n {4,8}"[^{}]*)\}/gu, (observation) =>
    observation.replaceAll(/\n */gu, ' '),
  );
  await writeFile(join(galleryDirectory, '..', name), `${json}\n`);
}

function writtenObserved(observed: Observed): object {
  return Object.fromEntries(scenarioNames.map((name) => [name, writtenForm(observed[name])]));
}

async function observeBridge(bridge: GalleryBridge): Promise<readonly [string, object]> {
  const observed = await observeAll(await sourceOf(bridge));
  const { verdict, canThrow } = classify(observed);
  if (verdict !== bridge.verdict || canThrow !== bridge.canThrow) {
    console.log(`${bridge.name}: ${verdict}${canThrow ? ', can throw' : ''}, other than gallery.ts says`);
  }
  return [bridge.name, { title: bridge.title, verdict, canThrow, observed: writtenObserved(observed) }];
}

interface Rewrite {
  readonly code: string;
  readonly source: BridgeSource;
  readonly kind: AppKind;
  readonly name: string;
}

async function rewritesOf(bridge: GalleryBridge): Promise<Rewrite[]> {
  const kinds = (['of one organization', 'of many organizations'] as const).map((kind) => ({
    kind,
    app: appWith(bridge, kind),
  }));
  const changed = kinds.flatMap(({ app, kind }) => {
    const text = rewritten(app);
    return text === app.text ? [] : [{ kind, source: sourceOfRewrite(text, bridge) }];
  });
  return Promise.all(
    changed.map(async ({ kind, source }) => ({ code: await fingerprint(source), source, kind, name: bridge.name })),
  );
}

/** The rewrites of one fingerprint are one, of several bridges. */
async function observeRewrite(code: string, same: readonly Rewrite[]): Promise<readonly [string, object]> {
  const [first] = same;
  if (first === undefined) throw new Error(`no rewrite has the fingerprint ${code}`);
  const observed = known.rewrites?.get(code)?.observed ?? (await observeAll(first.source));
  const kinds = [...new Set(same.map(({ kind }) => kind))];
  return [
    code,
    {
      of: Object.fromEntries(
        kinds.map((kind) => [kind, same.filter((rewrite) => rewrite.kind === kind).map(({ name }) => name)]),
      ),
      observed: writtenObserved(observed),
    },
  ];
}

/** `--rewrites`: only what the codemods write now and did not write at the last run. Bridges by name: these alone, and such rewrites. */
const names = process.argv.slice(2);
const known = {
  bridges: names.length > 0 ? readRecorded() : undefined,
  rewrites: names.length > 0 ? readRewrites() : undefined,
};

const recorded = await Promise.all(
  gallery.map(async (bridge) => {
    const last = names.includes(bridge.name) ? undefined : known.bridges?.get(bridge.name);
    return last
      ? ([bridge.name, { ...last, observed: writtenObserved(last.observed) }] as const)
      : observeBridge(bridge);
  }),
);
await write('observations.json', Object.fromEntries(recorded));

const rewrites = (await Promise.all(gallery.map(rewritesOf))).flat();
const codes = [...new Set(rewrites.map(({ code }) => code))].sort();
const observedRewrites = await Promise.all(
  codes.map((code) =>
    observeRewrite(
      code,
      rewrites.filter((rewrite) => rewrite.code === code),
    ),
  ),
);
await write('rewrites.json', Object.fromEntries(observedRewrites));
console.log(`${String(recorded.length)} bridges and ${String(codes.length)} rewrites recorded`);
