/**
 * Reads JSON of any size from chunks of bytes, and keeps only what a shape asks for: everything else is skipped without being decoded, and
 * long texts are cut. What it holds is bounded by the largest item that is asked for, whatever the size of the file.
 */

/** What is kept of a value. */
export type Shape = TextShape | ObjectShape | ListShape;

/** A string (up to so many bytes), a number, or a boolean. */
export interface TextShape {
  readonly bytes: number;
}

export interface ObjectShape {
  readonly keys: Readonly<Record<string, Shape>>;
}

export interface ListShape {
  readonly items: Shape;
  /** At most so many items are kept, and only those that `keep` accepts. */
  readonly most: number;
  readonly keep?: (item: unknown) => boolean;
  /** Takes each item when it is complete; then none is kept. */
  readonly each?: (item: unknown) => void;
}

export interface JsonStream {
  readonly write: (chunk: Uint8Array) => void;
  /** `whole`: one value from its beginning to its end; `cut`: it ended too early; `damaged`: this is no JSON. What came before is read in any case. */
  readonly state: () => 'whole' | 'cut' | 'damaged';
}

interface Frame {
  readonly isList: boolean;
  readonly shape: ObjectShape | ListShape;
  readonly value: Record<string, unknown> | unknown[];
  expects: 'key' | 'colon' | 'value' | 'next';
  key: string;
  /** Whether a comma came before: then it may not end. */
  isOpen: boolean;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
/** What is between the values of an object or a list. */
const EXPECTED: Readonly<Record<Frame['expects'], number | undefined>> = {
  key: QUOTE,
  colon: COLON,
  next: COMMA,
  value: undefined,
};
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

const MAX_KEY = 256;
const MAX_SCALAR = 64;

const isSpace = (byte: number): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
const isEndOfScalar = (byte: number): boolean =>
  isSpace(byte) || byte === COMMA || byte === CLOSE_LIST || byte === CLOSE_OBJECT || byte === COLON;

/** A reader of one value of the shape. */
export function createJsonStream(root: Shape): JsonStream {
  const frames: Frame[] = [];
  let phase: 'structure' | 'string' | 'scalar' | 'skipped' | 'skippedString' | 'done' | 'damaged' = 'structure';
  /** Of a value that is skipped: how many objects and arrays are open in it. */
  let depth = 0;
  let isEscaped = false;
  let isKey = false;
  let pieces: Uint8Array[] = [];
  let room = 0;
  let kept = 0;

  const shapeHere = (): Shape | undefined => {
    const frame = frames.at(-1);
    if (!frame) return root;
    if ('items' in frame.shape) return frame.shape.items;
    return Object.hasOwn(frame.shape.keys, frame.key) ? frame.shape.keys[frame.key] : undefined;
  };
  const place = (value: unknown, isWanted: boolean): void => {
    const frame = frames.at(-1);
    if (!frame) {
      phase = 'done';
      return;
    }
    frame.expects = 'next';
    frame.isOpen = false;
    if (!isWanted) return;
    if (!('items' in frame.shape)) (frame.value as Record<string, unknown>)[frame.key] = value;
    else if (frame.shape.each) frame.shape.each(value);
    else if ((frame.value as unknown[]).length < frame.shape.most && frame.shape.keep?.(value) !== false)
      (frame.value as unknown[]).push(value);
  };
  const begin = (most: number): void => {
    pieces = [];
    kept = 0;
    room = most;
    isEscaped = false;
  };
  const keep = (chunk: Uint8Array, start: number, end: number): void => {
    const length = Math.min(end - start, room - kept);
    if (length <= 0) return;
    // A copy: the chunk itself is many times as large.
    pieces.push(chunk.slice(start, start + length));
    kept += length;
  };

  /** The end of a string from here on, or the end of the chunk. */
  const endOfString = (chunk: Uint8Array, start: number): number => {
    let at = start;
    while (at < chunk.length) {
      const byte = chunk[at];
      if (isEscaped) isEscaped = false;
      else if (byte === BACKSLASH) isEscaped = true;
      else if (byte === QUOTE) return at;
      at += 1;
    }
    return at;
  };
  const inString = (chunk: Uint8Array, start: number): number => {
    const end = endOfString(chunk, start);
    keep(chunk, start, end);
    if (end === chunk.length) return end;
    const text = textOf(pieces, kept >= room);
    pieces = [];
    phase = 'structure';
    const frame = frames.at(-1);
    if (isKey && frame) {
      frame.key = text;
      frame.expects = 'colon';
    } else place(text, true);
    return end + 1;
  };
  const inScalar = (chunk: Uint8Array, start: number): number => {
    let end = start;
    while (end < chunk.length && !isEndOfScalar(chunk[end] ?? 0)) end += 1;
    keep(chunk, start, end);
    if (end === chunk.length) return end;
    phase = 'structure';
    place(scalarOf(textOf(pieces, false)), true);
    return end;
  };
  const inSkipped = (chunk: Uint8Array, start: number): number => {
    for (let at = start; at < chunk.length; at += 1) {
      const byte = chunk[at];
      if (byte === QUOTE) {
        phase = 'skippedString';
        isEscaped = false;
        return at + 1;
      }
      if (byte === OPEN_OBJECT || byte === OPEN_LIST) depth += 1;
      else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
        // The end of what is around it: what is skipped was a number or a word.
        if (depth === 0) {
          phase = 'structure';
          place(undefined, false);
          return at;
        }
        depth -= 1;
        if (depth === 0) {
          phase = 'structure';
          place(undefined, false);
          return at + 1;
        }
      } else if (byte === COMMA && depth === 0) {
        phase = 'structure';
        place(undefined, false);
        return at;
      }
    }
    return chunk.length;
  };
  const inSkippedString = (chunk: Uint8Array, start: number): number => {
    const end = endOfString(chunk, start);
    if (end === chunk.length) return end;
    phase = 'skipped';
    if (depth === 0) {
      phase = 'structure';
      place(undefined, false);
    }
    return end + 1;
  };

  const beginValue = (byte: number): number => {
    const shape = shapeHere();
    const isObject = byte === OPEN_OBJECT;
    if (isObject || byte === OPEN_LIST) {
      const isWanted = shape !== undefined && !('bytes' in shape) && isObject === 'keys' in shape;
      if (isWanted) {
        const value = isObject ? {} : [];
        frames.push({ isList: !isObject, shape, value, expects: isObject ? 'key' : 'value', key: '', isOpen: false });
        return 1;
      }
      phase = 'skipped';
      depth = 0;
      return 0;
    }
    const isText = shape !== undefined && 'bytes' in shape;
    if (byte === QUOTE) {
      isKey = false;
      begin(isText ? shape.bytes : 0);
      phase = isText ? 'string' : 'skippedString';
      depth = 0;
      return 1;
    }
    if (!/[-\dtfnIN]/u.test(String.fromCharCode(byte))) {
      phase = 'damaged';
      return 0;
    }
    begin(MAX_SCALAR);
    depth = 0;
    phase = isText ? 'scalar' : 'skipped';
    return 0;
  };
  const close = (byte: number): void => {
    const frame = frames.pop();
    if (frame?.isList !== (byte === CLOSE_LIST) || frame.isOpen) {
      phase = 'damaged';
      return;
    }
    place(frame.value, true);
  };
  const inStructure = (chunk: Uint8Array, start: number): number => {
    const byte = chunk[start] ?? 0;
    if (isSpace(byte)) return start + 1;
    const frame = frames.at(-1);
    const expects = frame?.expects ?? 'value';
    const isClose = byte === CLOSE_OBJECT || byte === CLOSE_LIST;
    if (frame && isClose && expects !== 'colon' && (expects !== 'value' || frame.isList)) {
      close(byte);
      return start + 1;
    }
    if (expects === 'value' && !isClose) return start + beginValue(byte);
    if (!frame || !goOn(frame, byte)) phase = 'damaged';
    return start + 1;
  };
  /** Between the values of an object or a list: whether a byte may be there. */
  const goOn = (frame: Frame, byte: number): boolean => {
    if (byte !== EXPECTED[frame.expects]) return false;
    if (frame.expects === 'key') {
      isKey = true;
      begin(MAX_KEY);
      phase = 'string';
    } else if (frame.expects === 'colon') frame.expects = 'value';
    else {
      frame.expects = frame.isList ? 'value' : 'key';
      frame.isOpen = true;
    }
    return true;
  };

  const STEPS = {
    structure: inStructure,
    string: inString,
    scalar: inScalar,
    skipped: inSkipped,
    skippedString: inSkippedString,
  } as const;
  return {
    write(chunk) {
      let at = 0;
      while (at < chunk.length) {
        if (phase === 'done' || phase === 'damaged') return;
        at = STEPS[phase](chunk, at);
      }
    },
    state: () => (phase === 'done' ? 'whole' : phase === 'damaged' ? 'damaged' : 'cut'),
  };
}

/** The text of a string's bytes. Where it was cut, no half of an escape or of a character is left at its end. */
function textOf(pieces: readonly Uint8Array[], isCut: boolean): string {
  const raw = Buffer.concat(pieces).toString('utf8');
  if (!raw.includes('\\')) return isCut ? raw.replace(/\uFFFD+$/u, '') : raw;
  const whole = isCut ? raw.replace(/\uFFFD+$/u, '').replace(/(?<!\\)((?:\\\\)*)\\(?:u[\da-f]{0,3})?$/iu, '$1') : raw;
  try {
    return String(JSON.parse(`"${whole}"`));
  } catch {
    // Line breaks and the like, which JSON escapes and some programs do not.
    return whole;
  }
}

function scalarOf(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true';
  const number = Number(text);
  return text === '' || Number.isNaN(number) ? undefined : number;
}
