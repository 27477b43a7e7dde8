/**
 * A clock for one page. Time stands still while code runs, and jumps to the next timer once every promise has settled:
 * five minutes pass in the time their code takes, and the same page always does the same.
 *
 * It is faithful because nothing in the page waits for anything but timers and promises.
 */

interface Timer {
  readonly id: number;
  at: number;
  readonly every: number | undefined;
  readonly run: () => void;
}

export class VirtualClock {
  #now: number;
  #nextId = 1;
  readonly #timers = new Map<number, Timer>();

  constructor(now: number) {
    this.#now = now;
  }

  readonly now = (): number => this.#now;

  readonly setTimeout = (callback: (...args: unknown[]) => void, delay?: number, ...args: unknown[]): number =>
    this.#add(callback, delay, args, false);

  readonly setInterval = (callback: (...args: unknown[]) => void, delay?: number, ...args: unknown[]): number =>
    this.#add(callback, delay, args, true);

  readonly clear = (id?: number): void => {
    if (id !== undefined) this.#timers.delete(id);
  };

  /**
   * Lets `milliseconds` pass, or less if it `isEnough` before. What a timer throws goes to `onError`, as a browser
   * reports it and carries on.
   */
  async pass(
    milliseconds: number,
    onError: (error: unknown) => void,
    isEnough: () => boolean = () => false,
  ): Promise<void> {
    const end = this.#now + milliseconds;
    for (;;) {
      await settlePromises();
      if (isEnough()) return;
      const timer = this.#earliest();
      if (timer === undefined || timer.at > end) break;
      this.#now = timer.at;
      if (timer.every === undefined) this.#timers.delete(timer.id);
      else timer.at += timer.every;
      try {
        timer.run();
      } catch (error) {
        onError(error);
      }
    }
    this.#now = end;
  }

  #add(callback: (...args: unknown[]) => void, delay: number | undefined, args: unknown[], repeats: boolean): number {
    const id = this.#nextId;
    this.#nextId += 1;
    // At least a millisecond, so that a chain of timers without delay cannot stop the clock.
    const wait = Math.max(1, delay ?? 0);
    const run = (): void => {
      callback(...args);
    };
    this.#timers.set(id, { id, at: this.#now + wait, every: repeats ? wait : undefined, run });
    return id;
  }

  /** The timer that is due first; of those due at once the one that was set first. */
  #earliest(): Timer | undefined {
    let earliest: Timer | undefined;
    for (const timer of this.#timers.values()) {
      if (earliest === undefined || timer.at < earliest.at) earliest = timer;
    }
    return earliest;
  }
}

/** Node runs all microtasks, of every realm, before the next macrotask. */
function settlePromises(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
