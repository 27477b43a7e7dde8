/** Observes every bridge of the gallery and writes what was seen to observations.json, for the tests and the docs. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { galleryDirectory } from './bundle.ts';
import { classify } from './classify.ts';
import { gallery, sourceOf } from './gallery.ts';
import { observeAll } from './observe.ts';

/** One observation a line, so that a diff shows which changed. */
function toJson(record: object): string {
  return JSON.stringify(record, null, 2).replaceAll(/\{(?:\n {8}[^{}]*)\}/gu, (observation) =>
    observation.replaceAll(/\n */gu, ' '),
  );
}

const recorded = await Promise.all(
  gallery.map(async (bridge) => {
    const observed = await observeAll(await sourceOf(bridge));
    const { verdict, canThrow } = classify(observed);
    if (verdict !== bridge.verdict || canThrow !== bridge.canThrow) {
      console.log(`${bridge.name}: ${verdict}${canThrow ? ', can throw' : ''}, other than gallery.ts says`);
    }
    return [bridge.name, { title: bridge.title, verdict, canThrow, observed }] as const;
  }),
);
const file = join(galleryDirectory, '../observations.json');
await writeFile(file, `${toJson(Object.fromEntries(recorded))}\n`);
console.log(`${String(recorded.length)} bridges observed: ${file}`);
