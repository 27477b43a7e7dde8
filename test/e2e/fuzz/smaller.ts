/** The smallest text that still has a fault: lines go as long as it stays. */
const MAX_TRIES = 600;
/** Milliseconds: a text may be slow as well. */
const MAX_TIME = 10_000;

export function smaller(text: string, isFaulty: (text: string) => boolean): string {
  const end = performance.now() + MAX_TIME;
  let lines = text.split('\n');
  let tries = 0;
  const hasTime = () => tries < MAX_TRIES && performance.now() < end;
  for (let size = Math.ceil(lines.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < lines.length && hasTime();) {
      const fewer = lines.toSpliced(at, size);
      tries += 1;
      if (isFaulty(fewer.join('\n'))) lines = fewer;
      else at += size;
    }
  }
  return lines.join('\n');
}
