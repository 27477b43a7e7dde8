/** Every app of this folder: what is found in it, and what the codemods make of it. README.md says how an app is written. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type App, APPS, readApps, textWith } from '../helpers/apps/app.ts';
import { observe, type Observed } from '../helpers/apps/observe.ts';
import { ROOT } from '../helpers/commands.ts';

const apps = readApps();
const observed = new Map<App, Promise<Observed>>();

/** Each app is looked at once, by the first test that asks. */
function observedIn(app: App): Promise<Observed> {
  const earlier = observed.get(app) ?? observe(app);
  observed.set(app, earlier);
  return earlier;
}

describe('what is found and edited', () => {
  for (const app of apps) {
    if (app.known === undefined)
      it(app.name, async () => {
        await expect(textWith(app, await observedIn(app))).toMatchFileSnapshot(app.path);
      });
    // The text says what is right. It fails as soon as that is found: then the line `known:` goes.
    else
      it.fails(app.name, async () => {
        expect(textWith(app, await observedIn(app))).toBe(app.text);
      });
  }
});

describe('in any order of files, and after the codemods', () => {
  for (const app of apps) {
    const test = app.knownEdits === undefined ? it : it.fails;
    test(app.name, async () => {
      const { edited, findings, fixable, problems, restless, reversed, unformatted } = await observedIn(app);
      expect(problems).toEqual([]);
      expect(reversed).toEqual(findings);
      if (findings.length === 0) expect([...edited.keys()]).toEqual([]);
      expect({ fixable, restless, unformatted }).toEqual({ fixable: [], restless: [], unformatted: [] });
    });
  }
});

describe('the folder', () => {
  it('is divided as the playbook is', () => {
    const modes = readdirSync(join(ROOT, 'playbook'));
    const folders = readdirSync(APPS, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(folders.map(({ name }) => name).filter((name) => !modes.includes(name))).toEqual([]);
  });

  it('has apps that say what they are, under names of words', () => {
    expect(apps.length).toBeGreaterThan(40);
    const mute = apps.filter(({ archive, name }) => !/[.!?]\n/u.test(archive.comment) || !/^[a-z\d/-]+$/u.test(name));
    expect(mute.map(({ name }) => name)).toEqual([]);
  });

  it('has findings in files that the app has', () => {
    const lost = apps.flatMap(({ archive, files, name }) =>
      (archive.files.get('findings') ?? '')
        .trimEnd()
        .split('\n')
        .filter((line) => {
          const path = /^(?<path>\S+):\d+ [a-z-]+$/u.exec(line)?.groups?.['path'];
          return line !== '' && (path === undefined || files[path] === undefined);
        })
        .map((line) => `${name}: ${line}`),
    );
    expect(lost).toEqual([]);
  });
});
