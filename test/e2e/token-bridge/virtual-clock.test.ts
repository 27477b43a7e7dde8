import { describe, expect, it } from 'vitest';
import { VirtualClock } from './virtual-clock.ts';

function ignore(): void {
  // Nothing throws here.
}

describe('VirtualClock', () => {
  it('runs timers in the order they are due, those due at once in the order they were set', async () => {
    const clock = new VirtualClock(0);
    const seen: string[] = [];
    clock.setTimeout(() => seen.push('late'), 20);
    clock.setTimeout(() => seen.push('first'), 10);
    clock.setTimeout(() => seen.push('second'), 10);
    await clock.pass(20, ignore);
    expect(seen).toEqual(['first', 'second', 'late']);
  });

  it('lets promises settle before the next timer', async () => {
    const clock = new VirtualClock(0);
    const seen: string[] = [];
    clock.setTimeout(() => {
      void Promise.resolve()
        .then(() => undefined)
        .then(() => seen.push('promise'));
    }, 1);
    clock.setTimeout(() => seen.push('timer'), 1);
    await clock.pass(1, ignore);
    expect(seen).toEqual(['promise', 'timer']);
  });

  it('repeats an interval until it is cleared', async () => {
    const clock = new VirtualClock(0);
    const at: number[] = [];
    const id = clock.setInterval(() => {
      at.push(clock.now());
      if (at.length === 3) clock.clear(id);
    }, 5);
    await clock.pass(100, ignore);
    expect(at).toEqual([5, 10, 15]);
  });

  it('leaves what is due later for later', async () => {
    const clock = new VirtualClock(1000);
    let ran = false;
    clock.setTimeout(() => {
      ran = true;
    }, 11);
    await clock.pass(10, ignore);
    expect([ran, clock.now()]).toEqual([false, 1010]);
    await clock.pass(1, ignore);
    expect(ran).toBe(true);
  });

  it('reports what a timer throws, and goes on', async () => {
    const clock = new VirtualClock(0);
    const errors: unknown[] = [];
    let ran = false;
    clock.setTimeout(() => {
      throw new Error('in a timer');
    }, 1);
    clock.setTimeout(() => {
      ran = true;
    }, 2);
    await clock.pass(2, (error) => errors.push(error));
    expect(errors).toEqual([new Error('in a timer')]);
    expect(ran).toBe(true);
  });

  it('is not stopped by timers without a delay that set each other', async () => {
    const clock = new VirtualClock(0);
    let count = 0;
    const again = (): void => {
      count += 1;
      clock.setTimeout(again, 0);
    };
    clock.setTimeout(again);
    await clock.pass(50, ignore);
    expect(count).toBe(50);
  });

  it('stops as soon as it is enough, and says when that was', async () => {
    const clock = new VirtualClock(0);
    let count = 0;
    clock.setInterval(() => {
      count += 1;
    }, 10);
    await clock.pass(1000, ignore, () => count === 3);
    expect(clock.now()).toBe(30);
  });
});
