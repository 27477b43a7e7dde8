/** Runs a bridge against the real Convex client and AuthKit's real token store, and reports what was seen. */
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { bundleBridge, bundlePage, bundleWorker } from './bundle.ts';
import type { BridgeScript, BridgeSource } from './bundle.ts';
import type { Observation } from './observation.ts';
import type { PageSetup } from './open-page.ts';
import type { WorkerAnswer, WorkerTask } from './page-worker.ts';
import { scenarioNames, scenarios } from './scenarios.ts';
import type { ScenarioName } from './scenarios.ts';

/** No page takes a tenth of this. One that does never yields: a bridge that waits for itself. */
const GIVE_UP_MS = 60_000;

/**
 * Observes one bridge in one scenario.
 *
 * Throws when the source does not bundle or exports no `useBridge`, and when the bridge never yields.
 */
export async function observe(source: BridgeSource | string, scenario: ScenarioName): Promise<Observation> {
  return run(await bundleBridge(typeof source === 'string' ? { text: source } : source), scenario);
}

/** Observes one bridge in every scenario. Throws as `observe` does. */
export async function observeAll(source: BridgeSource | string): Promise<Record<ScenarioName, Observation>> {
  const bridge = await bundleBridge(typeof source === 'string' ? { text: source } : source);
  const observed = scenarioNames.map(async (name) => [name, await run(bridge, name)] as const);
  return Object.fromEntries(await Promise.all(observed)) as Record<ScenarioName, Observation>;
}

interface Waiting {
  readonly task: WorkerTask;
  readonly resolve: (observation: Observation) => void;
  readonly reject: (error: Error) => void;
}

const queue: Waiting[] = [];
const idle: Worker[] = [];
let started = 0;
let nextId = 1;
let setup: Promise<{ readonly code: string; readonly data: PageSetup }> | undefined;

async function run(bridge: BridgeScript, scenario: ScenarioName): Promise<Observation> {
  setup ??= prepare();
  const { code, data } = await setup;
  return new Promise((resolve, reject) => {
    queue.push({ task: { id: nextId, bridge, scenario: scenarios[scenario] }, resolve, reject });
    nextId += 1;
    work(() => new Worker(code, { eval: true, workerData: data, resourceLimits: { maxOldGenerationSizeMb: 512 } }));
  });
}

async function prepare(): Promise<{ readonly code: string; readonly data: PageSetup }> {
  const [code, pageScript] = await Promise.all([bundleWorker(), bundlePage()]);
  return { code, data: { pageScript, packagesFrom: fileURLToPath(import.meta.url) } };
}

/** Gives waiting tasks to idle threads, or to new ones up to one a core. */
function work(start: () => Worker): void {
  while (queue.length > 0) {
    let worker = idle.pop();
    if (worker === undefined && started < availableParallelism()) {
      worker = start();
      started += 1;
    }
    if (worker === undefined) return;
    const next = queue.shift();
    if (next !== undefined) give(worker, next, start);
  }
}

/** A thread keeps the process alive only while it works. */
function give(worker: Worker, { task, resolve, reject }: Waiting, start: () => Worker): void {
  const fail = (error: Error): void => {
    worker.off('message', receive);
    clearTimeout(giveUp);
    started -= 1;
    void worker.terminate();
    reject(error);
    work(start);
  };
  const receive = (answer: WorkerAnswer): void => {
    worker.off('error', fail);
    clearTimeout(giveUp);
    worker.unref();
    idle.push(worker);
    if ('observation' in answer) resolve(answer.observation);
    else reject(new Error(answer.error));
    work(start);
  };
  const giveUp = setTimeout(() => {
    fail(new Error('the bridge never yields'));
  }, GIVE_UP_MS);
  worker.ref();
  worker.once('error', fail);
  worker.once('message', receive);
  worker.postMessage(task);
}
