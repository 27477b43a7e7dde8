/** What needles said of a file is remembered for the rules that share them, and for nothing else. */
import { describe, expect, it } from 'vitest';
import { openProject, type Project } from '../../project/project.ts';
import { createFacts } from '../../project/memos/stamps.ts';
import { mayConcern, type Needles } from '../../rules/needles.ts';

/** Needles that count how often they are asked, and that may ask the project. */
function counted(asksProject: boolean): { readonly needles: Needles; readonly times: () => number } {
  let times = 0;
  return {
    times: () => times,
    needles: (text, _path, open) => {
      times += 1;
      return asksProject ? open().cwd === '/one' : text.includes('x');
    },
  };
}

const project = (cwd: string, facts = createFacts()): Project => openProject({ cwd, facts });

describe('needles', () => {
  it('are asked once for a file', () => {
    const { needles, times } = counted(true);
    const one = project('/one');
    const answers = [1, 2, 3].map(() => mayConcern(needles, 'x', '/one/a.ts', () => one));
    expect([answers, times()]).toEqual([[true, true, true], 1]);
  });

  it('are asked again for another text, and for another path', () => {
    const { needles } = counted(false);
    const one = project('/one');
    const ask = (text: string, path: string): boolean => mayConcern(needles, text, path, () => one);
    expect([ask('x', '/one/a.ts'), ask('y', '/one/a.ts'), ask('x', '/one/b.ts')]).toEqual([true, false, true]);
  });

  it('are asked again in another project', () => {
    const { needles } = counted(true);
    const ask = (cwd: string): boolean => {
      const opened = project(cwd);
      return mayConcern(needles, 'x', '/one/a.ts', () => opened);
    };
    expect([ask('/one'), ask('/two'), ask('/one')]).toEqual([true, false, true]);
  });

  it('are asked again when the disk is looked at again', () => {
    const { needles, times } = counted(true);
    let now = 0;
    const one = project('/one', createFacts({ clock: () => now }));
    for (const time of [0, 1, 10_000, 10_001]) {
      now = time;
      mayConcern(needles, 'x', '/one/a.ts', () => one);
    }
    expect(times()).toBe(2);
  });

  it('that go by the text alone open no project', () => {
    const open = (): Project => {
      throw new Error('opened');
    };
    expect([/x/u, ['x'], counted(false).needles].map((each) => mayConcern(each, 'x', '/one/a.ts', open))).toEqual([
      true,
      true,
      true,
    ]);
  });
});
