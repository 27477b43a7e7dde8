/** Nothing is waited for without an end, nor in silence. */

/** What a promise gives; an error that says what was waited for, where it takes longer than that. */
export async function within<Value>(
  seconds: number,
  what: string | (() => string),
  promise: Promise<Value>,
): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`waited ${String(seconds)} s for ${typeof what === 'string' ? what : what()}`));
    }, seconds * 1000);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
