/** The bytes of a file or a pipe, as UTF-8 without a byte order mark, piece by piece. */
import { StringDecoder } from 'node:string_decoder';

export type Chunks = AsyncIterable<Buffer>;

/** UTF-8, or UTF-16 where a byte order mark says so: what `>` of Windows PowerShell writes. */
export async function* utf8Of(chunks: AsyncIterable<Buffer | string>): AsyncGenerator<Buffer> {
  let decoder: StringDecoder | undefined;
  let isFirst = true;
  for await (const chunk of chunks) {
    let bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    if (isFirst) {
      isFirst = false;
      if (bytes[0] === 0xff && bytes[1] === 0xfe) {
        decoder = new StringDecoder('utf16le');
        bytes = bytes.subarray(2);
      } else if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) bytes = bytes.subarray(3);
    }
    yield decoder ? Buffer.from(decoder.write(bytes)) : bytes;
  }
}

export interface Peeked {
  /** The beginning. */
  readonly head: Buffer;
  /** All of it, the beginning included. Can be read once. */
  readonly chunks: Chunks;
}

/** Looks at the first so many bytes without losing them. */
export async function peek(chunks: AsyncGenerator<Buffer>, bytes: number): Promise<Peeked> {
  const first: Buffer[] = [];
  let length = 0;
  let isWhole = false;
  while (length < bytes && !isWhole) {
    const next = await chunks.next();
    isWhole = next.done === true;
    if (next.done === true) break;
    first.push(next.value);
    length += next.value.length;
  }
  const head = Buffer.concat(first);
  return {
    head,
    chunks: (async function* () {
      yield head;
      if (!isWhole) yield* chunks;
    })(),
  };
}

const NEWLINE = 0x0a;

/** Texts of whole lines. A line that has no end within `most` bytes is parted. */
export async function* linesOf(chunks: Chunks, most: number): AsyncGenerator<string> {
  let open: Buffer[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    const end = chunk.lastIndexOf(NEWLINE) + 1;
    if (end === 0 && length + chunk.length <= most) {
      open.push(chunk);
      length += chunk.length;
      continue;
    }
    const cut = end === 0 ? chunk.length : end;
    yield (open.length === 0 ? chunk.subarray(0, cut) : Buffer.concat([...open, chunk.subarray(0, cut)])).toString(
      'utf8',
    );
    // A copy would be needed if the stream used its buffers again; Node.js does not.
    open = cut < chunk.length ? [chunk.subarray(cut)] : [];
    length = chunk.length - cut;
  }
  if (length > 0) yield Buffer.concat(open).toString('utf8');
}
