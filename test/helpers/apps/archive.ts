/**
 * Text files that hold several files, in the format of Go's `txtar`: a comment, then files, each below a line `-- its/name --`.
 * Source: golang/tools `txtar/archive.go`.
 */
export interface Archive {
  readonly comment: string;
  /** In the order in which they are in the text. A text that has lines ends with a line break. */
  readonly files: ReadonlyMap<string, string>;
}

const MARKER = /^-- (?<name>\S+) --$/u;

/** Throws for a name that comes twice: one of the two would not be looked at. */
export function parseArchive(text: string): Archive {
  const files = new Map<string, string>();
  let comment = '';
  let name: string | undefined;
  for (const line of text.split(/(?<=\n)/u)) {
    const marked = MARKER.exec(line.trimEnd())?.groups?.['name'];
    if (marked === undefined) {
      if (name === undefined) comment += line;
      else files.set(name, (files.get(name) ?? '') + line);
      continue;
    }
    if (files.has(marked)) throw new Error(`${marked} is there twice`);
    name = marked;
    files.set(name, '');
  }
  return { comment, files };
}

export function formatArchive({ comment, files }: Archive): string {
  return comment + [...files].map(([name, text]) => `-- ${name} --\n${text}`).join('');
}
