/** How events lie in time, as one line of bars. */
import type { Terminal } from '../../output/terminal.ts';

const MAX_WIDTH = 60;

/** `▁▃█▅  ▁ 4.0 s`: how many events fell into each part of the time. `indent`: the columns that are before it. */
export function timeline(
  times: readonly number[],
  indent: number,
  { columns = 80, symbols: { bars } }: Pick<Terminal, 'columns' | 'symbols'>,
): string {
  const [first = 0] = times;
  const last = times.at(-1) ?? first;
  const span = spanOf(last - first);
  const width = Math.max(8, Math.min(MAX_WIDTH, columns - indent - span.length - 2));
  const bins = binsOf(times, width);
  const most = Math.max(...bins);
  const bar = (count: number): string =>
    count === 0 ? ' ' : (bars[Math.ceil((count / most) * bars.length) - 1] ?? '');
  return `${bins.map(bar).join('')} ${span}`;
}

/** Counts sorted times in equal parts of the span between the first and the last, or of another one. */
export function binsOf(
  times: readonly number[],
  number: number,
  [first, last]: readonly [number, number] = [times[0] ?? 0, times.at(-1) ?? 0],
): number[] {
  const bins = Array.from({ length: number }, () => 0);
  for (const time of times) {
    const bin = Math.min(number - 1, Math.floor(((time - first) / Math.max(1, last - first)) * number));
    bins[bin] = (bins[bin] ?? 0) + 1;
  }
  return bins;
}

/** `4.0 s`, `12 min`, `3 h` */
export function spanOf(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 120) return `${seconds.toFixed(1)} s`;
  return seconds < 7200 ? `${(seconds / 60).toFixed(0)} min` : `${(seconds / 3600).toFixed(0)} h`;
}
