import { execFileSync } from 'node:child_process';
import { chmodSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { openProject } from '../../../project/project.ts';
import { createFacts, disk } from '../../../project/memos/stamps.ts';
import { sandbox } from '../helpers.ts';

describe('a fact', () => {
  it('is read once, however often it is asked for within a second', () => {
    const { calls, facts, path, wait } = sandbox({ 'a.txt': 'one' });
    for (let count = 0; count < 5; count += 1) {
      expect(facts.text(path('a.txt'))).toBe('one');
      wait(100);
    }
    expect(calls).toEqual(['stat a.txt', 'read a.txt']);
  });

  it('is statted but not read again after a second when nothing changed', () => {
    const { calls, facts, path, wait } = sandbox({ 'a.txt': 'one' });
    facts.text(path('a.txt'));
    wait(1000);
    facts.text(path('a.txt'));
    expect(calls).toEqual(['stat a.txt', 'read a.txt', 'stat a.txt']);
  });

  it('is new within a second after the file changed', () => {
    const { facts, path, wait, write } = sandbox({ 'a.txt': 'one' });
    facts.text(path('a.txt'));
    write({ 'a.txt': 'three' });
    wait(900);
    expect(facts.text(path('a.txt'))).toBe('one');
    wait(100);
    expect(facts.text(path('a.txt'))).toBe('three');
  });

  it('is looked at again after thirty seconds where questions follow one another without a pause, as in a run over many files', () => {
    const { calls, facts, path, wait } = sandbox({ 'a.txt': 'one' });
    for (let count = 0; count < 350; count += 1) {
      facts.text(path('a.txt'));
      wait(100);
    }
    expect(calls).toEqual(['stat a.txt', 'read a.txt', 'stat a.txt']);
  });

  it('is looked at again after a second where the last question was some time ago, as between two lints in an editor', () => {
    const { calls, facts, path, wait } = sandbox({ 'a.txt': 'one' });
    for (let count = 0; count < 11; count += 1) {
      facts.text(path('a.txt'));
      wait(count === 9 ? 910 : 10);
    }
    expect(calls).toEqual(['stat a.txt', 'read a.txt', 'stat a.txt']);
  });

  it.each([
    ['the process was busy, as a run over large files is', 0, 1],
    ['it had nothing to do, as between two lints in an editor', 300, 2],
  ])('after two seconds in which %s, is of the look that it has to be of', (_, idle, looks) => {
    let now = 0;
    let idleTime = 0;
    const facts = createFacts({ clock: () => now, idleTime: () => idleTime });
    const first = facts.look();
    now += 2000;
    idleTime += idle;
    expect(facts.look() - first + 1).toBe(looks);
  });

  it('is found where the global clock is that of a browser or of a test', () => {
    vi.stubGlobal('performance', { now: () => 0 });
    try {
      const { path } = sandbox({ 'a.txt': 'one' });
      expect(createFacts().text(path('a.txt'))).toBe('one');
    } finally {
      vi.unstubAllGlobals();
    }
  });

  it('of an absent file costs one stat a second', () => {
    const { calls, facts, path, wait } = sandbox();
    for (let count = 0; count < 8; count += 1) {
      expect(facts.text(path('.env.local'))).toBeUndefined();
      wait(250);
    }
    expect(calls).toEqual(['stat .env.local', 'stat .env.local']);
  });

  it('appears when the file appears, and goes with it', () => {
    const { facts, path, wait, write } = sandbox();
    expect(facts.kind(path('a.txt'))).toBeUndefined();
    write({ 'a.txt': '' });
    wait(1000);
    expect(facts.kind(path('a.txt'))).toBe('file');
    rmSync(path('a.txt'));
    wait(1000);
    expect(facts.kind(path('a.txt'))).toBeUndefined();
  });

  it('of a folder changes when a file is added', () => {
    const { facts, path, wait, write } = sandbox({ 'app/a.ts': '' });
    expect(facts.entries(path('app'))?.map(({ name }) => name)).toEqual(['a.ts']);
    write({ 'app/b/c.ts': '' });
    wait(1000);
    expect(facts.entries(path('app'))?.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'file a.ts',
      'directory b',
    ]);
  });

  it.each([
    ['larger than 2 MB', 'x'.repeat(2 * 1024 * 1024 + 1)],
    ['binary', 'a\0b'],
    ['not UTF-8', Buffer.from([0x61, 0xff, 0xfe])],
  ])('is undefined for a file that is %s', (_what, content) => {
    const { facts, path } = sandbox();
    writeFileSync(path('odd'), content);
    expect(facts.text(path('odd'))).toBeUndefined();
  });

  it('does not read a file that is too large', () => {
    const { calls, facts, path } = sandbox({ huge: 'x'.repeat(3 * 1024 * 1024) });
    facts.text(path('huge'));
    expect(calls).toEqual(['stat huge']);
  });

  it('is the text that a run holds already, and no file is read or statted for it', () => {
    const texts = new Map([
      ['/app/page.tsx', 'held'],
      ['/app/binary.ts', 'a\0b'],
    ]);
    const fileSystem = { ...disk, stat: () => fail(), read: () => fail(), held: (path: string) => texts.get(path) };
    const fail = (): never => {
      throw new Error('The disk was asked.');
    };
    const facts = createFacts({ interval: Infinity, fileSystem });
    expect(facts.text('/app/page.tsx')).toBe('held');
    expect(facts.text('/app/binary.ts')).toBeUndefined();
  });

  it('keeps the byte order mark of a text', () => {
    const { facts, path } = sandbox({ 'a.ts': '\uFEFFa' });
    expect(facts.text(path('a.ts'))).toBe('\uFEFFa');
  });

  it('is undefined for a link to itself', () => {
    const { facts, path } = sandbox();
    symlinkSync(path('loop'), path('loop'));
    expect(facts.kind(path('loop'))).toBeUndefined();
    expect(facts.text(path('loop'))).toBeUndefined();
  });

  it.skipIf(process.platform === 'win32')('does not wait for a named pipe', () => {
    const { facts, path } = sandbox();
    execFileSync('mkfifo', [path('pipe')]);
    expect(facts.text(path('pipe'))).toBeUndefined();
    expect(facts.kind(path('pipe'))).toBeUndefined();
  });

  it.skipIf(process.getuid?.() === 0)('is undefined for a folder that may not be listed', () => {
    const { facts, path } = sandbox({ 'closed/a.ts': '' });
    chmodSync(path('closed'), 0);
    expect(facts.entries(path('closed'))).toBeUndefined();
    chmodSync(path('closed'), 0o700);
  });

  it('is undefined for a path that no file system takes', () => {
    const { facts } = sandbox();
    expect(facts.text('/a\0b')).toBeUndefined();
    expect(facts.text(`/${'x'.repeat(5000)}`)).toBeUndefined();
  });
});

describe('a memo', () => {
  it('is computed again only when a fact that it asked for has changed', () => {
    const { facts, path, wait, write } = sandbox({ 'a.txt': '1', 'b.txt': '1' });
    let runs = 0;
    const sum = () => facts.memo('test', 'sum', () => ((runs += 1), Number(facts.text(path('a.txt'))) + 1));
    expect(sum()).toBe(2);
    write({ 'b.txt': '200' });
    wait(1000);
    expect([sum(), runs]).toEqual([2, 1]);
    write({ 'a.txt': '10' });
    wait(1000);
    expect([sum(), runs]).toEqual([11, 2]);
  });

  it('sees a change through any number of memos after one second', () => {
    const { facts, path, wait, write } = sandbox({ 'a.txt': 'old' });
    const layer = (depth: number): string | undefined =>
      facts.memo('test', `layer ${String(depth)}`, () => (depth === 0 ? facts.text(path('a.txt')) : layer(depth - 1)));
    layer(0);
    wait(600);
    layer(10);
    write({ 'a.txt': 'newer' });
    wait(600);
    expect(layer(10)).toBe('newer');
  });

  it('is kept when what it was made of is computed again with the same result', () => {
    const { facts, path, wait, write } = sandbox({ 'a.txt': 'x' });
    let runs = 0;
    const isThere = () => facts.memo('test', 'there', () => facts.text(path('a.txt')) !== undefined);
    const ask = () => facts.memo('test', 'ask', () => ((runs += 1), isThere()));
    ask();
    write({ 'a.txt': 'longer' });
    wait(1000);
    ask();
    expect(runs).toBe(1);
  });

  it('forgets what it asked for in an earlier computation', () => {
    const { facts, path, wait, write } = sandbox({ switch: 'a', a: '1', b: '2' });
    let runs = 0;
    const read = () =>
      facts.memo('test', 'read', () => ((runs += 1), facts.text(path(facts.text(path('switch')) ?? ''))));
    read();
    write({ switch: 'b' });
    wait(1000);
    expect(read()).toBe('2');
    write({ a: '100' });
    wait(1000);
    read();
    expect(runs).toBe(2);
  });

  it('gets a provisional answer where it comes to ask for itself, and no half-made answer stays', () => {
    const { facts } = sandbox();
    const names = (key: string, next: string): readonly string[] =>
      facts.memo(
        'test',
        key,
        () => [key, ...names(next, key)],
        () => [],
      );
    expect(names('a', 'b')).toEqual(['a', 'b']);
    expect(names('b', 'a')).toEqual(['b', 'a', 'b']);
  });

  it('that is made of more facts than are remembered is made once, however much is asked next to it', () => {
    const fileSystem = {
      stat: () => undefined,
      read: () => Buffer.from(''),
      list: () => [],
      realPath: (at: string) => at,
    };
    const facts = createFacts({ interval: Infinity, fileSystem });
    const askAll = (folder: string) => {
      for (let count = 0; count < 60_000; count += 1) facts.kind(`${folder}${String(count)}`);
    };
    let made = 0;
    const routes = () =>
      facts.memo('test', 'routes', () => {
        askAll('/app/');
        return (made += 1);
      });
    for (let file = 0; file < 60_000; file += 1) {
      facts.kind(`/lib/${String(file)}`);
      if (file % 1000 === 0) routes();
    }
    expect(made).toBe(1);
  });

  it('ends when circular memos are asked again after a second', () => {
    const { facts, wait } = sandbox();
    const one = (): number =>
      facts.memo(
        'test',
        'one',
        () => 1 + two(),
        () => 0,
      );
    const two = (): number =>
      facts.memo(
        'test',
        'two',
        () => 1 + one(),
        () => 0,
      );
    for (const ask of [one, two, two, one, two]) {
      expect(ask()).toBeGreaterThan(0);
      wait(1000);
    }
  });

  it.each([1000, Infinity])('made of a provisional answer is not remembered (looks last %s ms)', (interval) => {
    const facts = createFacts({ interval });
    const outer = (): string =>
      facts.memo(
        'test',
        'outer',
        () => `(${inner()})`,
        () => 'provisional',
      );
    const inner = (): string =>
      facts.memo(
        'test',
        'inner',
        () => `[${outer()}]`,
        () => 'provisional',
      );
    expect(outer()).toBe('([provisional])');
    expect(inner()).toBe('[([provisional])]');
  });

  it.each([1000, Infinity])('says which computation asks for itself, unless told what to answer (%s)', (interval) => {
    const facts = createFacts({ interval });
    const ask = (): number => facts.memo('test', 'mine', () => ask());
    expect(ask).toThrow(/mine/u);
  });

  it.each([1000, Infinity])('that throws is tried again (%s)', (interval) => {
    const facts = createFacts({ interval });
    let isBroken = true;
    const ask = () =>
      facts.memo('test', 'fails', () => {
        if (isBroken) throw new Error('broken');
        return 1;
      });
    expect(ask).toThrow('broken');
    isBroken = false;
    expect(ask()).toBe(1);
  });
});

describe('a probe', () => {
  it('is asked once a second, and makes memos again only when it answers otherwise', () => {
    const { facts, wait } = sandbox();
    let [asked, made, answer] = [0, 0, 'a'];
    const ask = () =>
      facts.memo('test', 'memo', () => ((made += 1), facts.probe('test', 'probe', () => ((asked += 1), answer))));
    ask();
    ask();
    wait(1000);
    ask();
    expect([asked, made]).toEqual([2, 1]);
    answer = 'b';
    wait(1000);
    expect([ask(), made]).toEqual(['b', 2]);
  });
});

describe('the cache', () => {
  it('reads nothing when a project is opened', () => {
    const { calls, project } = sandbox({ 'package.json': '{}' });
    expect(project().cwd).toBeTruthy();
    expect(calls).toEqual([]);
  });

  it('gives rules that ask without settings of ours the same project, whatever object they come with', () => {
    expect(openProject({ cwd: '/a', settings: { react: {} } })).toBe(openProject({ cwd: '/a', settings: {} }));
    expect(openProject({ cwd: '/a', settings: { authkit: {} } })).not.toBe(openProject({ cwd: '/a', settings: {} }));
  });

  it('gives rules that ask with the same settings the same project', () => {
    const settings = { authkit: {} };
    expect(openProject({ cwd: '/a', settings })).toBe(openProject({ cwd: '/a', settings }));
    expect(openProject({ cwd: '/b', settings })).not.toBe(openProject({ cwd: '/a', settings }));
  });
});

describe('a run, which looks once', () => {
  it('remembers that there is nothing', () => {
    const facts = createFacts({ interval: Infinity });
    let made = 0;
    for (let count = 0; count < 3; count += 1) facts.memo('test', 'none', () => void (made += 1));
    expect(made).toBe(1);
  });

  it('forgets what no one has asked for lately, and makes it again', () => {
    const facts = createFacts({ interval: Infinity });
    const made: string[] = [];
    const ask = (name: string) => facts.memo('test', name, () => (made.push(name), name));
    for (let count = 0; count < 100_000; count += 1) {
      if (count === 0) ask('once');
      if (count % 1000 === 0) ask('often');
      facts.memo('test', `file ${String(count)}`, () => count);
    }
    expect(ask('once')).toBe('once');
    expect(ask('often')).toBe('often');
    expect(made).toEqual(['once', 'often', 'once']);
  });
});

describe('values that have a weight', () => {
  it('are made again when they were asked for the longest ago and all weigh too much', () => {
    const made: string[] = [];
    const facts = createFacts({ maxWeight: 100, interval: Infinity });
    const ask = (name: string) =>
      facts.memo(
        'test',
        name,
        () => (made.push(name), { name }),
        undefined,
        () => 40,
      );
    for (const name of ['a', 'b', 'a', 'c', 'a', 'b']) expect(ask(name)).toEqual({ name });
    expect(made).toEqual(['a', 'b', 'c', 'b']);
  });

  it('given up, keep what was made from them as long as nothing changes', () => {
    let made = 0;
    let time = 0;
    const facts = createFacts({ maxWeight: 100, clock: () => time });
    const tree = (name: string) =>
      facts.memo(
        'test',
        name,
        () => ({ name }),
        undefined,
        () => 60,
      );
    const length = () => facts.memo('test', 'length', () => ((made += 1), tree('a').name.length));
    length();
    tree('b');
    time = 1000;
    expect(length()).toBe(1);
    expect(made).toBe(1);
  });
});
