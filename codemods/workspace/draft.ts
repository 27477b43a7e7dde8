/** What a codemod over several files is going to change, collected file by file before any text is made. */
import { type Edit, withEdits } from '../../analysis/edits/edits.ts';
import { laidOut } from '../../analysis/edits/layout/lay-out.ts';
import { readsOf } from '../../analysis/syntax/bindings/scopes.ts';
import { parseSourceFile, positionAt, type SourceFile, withoutBOM } from '../../analysis/syntax/source-file.ts';
import type { Project } from '../../project/project.ts';
import type { FileChange, LeftPlace, Place, Transaction } from './plan.ts';
import { removalEdits } from '../../analysis/edits/unused.ts';
import { importsOf } from '../../analysis/syntax/bindings/imports.ts';
import { type NeededImport, importEdits } from '../../analysis/edits/imports.ts';

interface FileDraft {
  readonly file: SourceFile;
  readonly edits: Edit[];
  readonly needed: NeededImport[];
  to?: string;
}

/** Edits that belong together, in one file. */
export interface Rewrite {
  readonly edits: readonly Edit[];
  /** What is to be imported for them. */
  readonly needed?: readonly NeededImport[];
  /** Where, and what is done; no place of its own without it. */
  readonly at?: number;
  readonly message?: string;
}

/** The changes of one transaction. */
export class Draft {
  readonly #project: Project;
  readonly #files = new Map<string, FileDraft>();
  readonly #texts: FileChange[] = [];
  readonly #places: Place[] = [];

  constructor(project: Project) {
    this.#project = project;
  }

  /** Adds edits of a script. */
  rewrite(file: SourceFile, { at, edits, message, needed = [] }: Rewrite): void {
    const draft = this.#draftOf(file);
    // Two pages may hand a URL to one component, or open one path.
    const isKnown = ({ range, text }: Edit) =>
      draft.edits.some((own) => own.text === text && own.range[0] === range[0] && own.range[1] === range[1]);
    draft.edits.push(...edits.filter((edit) => !isKnown(edit)));
    draft.needed.push(...needed);
    if (at !== undefined && message !== undefined) this.#places.push(placeIn(file, at, message));
  }

  rename(file: SourceFile, to: string): void {
    this.#draftOf(file).to = to;
  }

  create(path: string, after: string): void {
    this.#texts.push({ kind: 'create', path, after });
  }

  /** Edits of a text that is no script; their ranges count from after a byte order mark. */
  edit(path: string, edits: readonly Edit[], places: readonly Place[]): void {
    const before = this.#project.facts.text(path) ?? '';
    const text = withoutBOM(before);
    const after = withEdits(edits, text);
    if (after === undefined) return;
    this.#texts.push({ kind: 'edit', path, before, after: before.slice(0, before.length - text.length) + after });
    this.#places.push(...places);
  }

  toTransaction(): Transaction {
    const scripts = [...this.#files.values()].flatMap((draft): FileChange[] => {
      const { file, to } = draft;
      const path = file.path;
      const mark = file.hasBOM ? '\uFEFF' : '';
      const before = mark + file.text;
      const after = mark + textAfter(draft, this.#project);
      if (to !== undefined) return [{ kind: 'rename', path, to, before, after }];
      return after === before ? [] : [{ kind: 'edit', path, before, after }];
    });
    return { changes: [...scripts, ...this.#texts], places: this.#places };
  }

  #draftOf(file: SourceFile): FileDraft {
    let draft = this.#files.get(file.path);
    if (!draft) this.#files.set(file.path, (draft = { file, edits: [], needed: [] }));
    return draft;
  }
}

function placeIn({ path, text }: SourceFile, offset: number, message: string): Place {
  return { path, ...positionAt(text, offset), message };
}

export function leftIn(file: SourceFile, offset: number, message: string, reason: string): LeftPlace {
  return { ...placeIn(file, offset, message), reason };
}

function textAfter({ edits, file, needed }: FileDraft, project: Project): string {
  const edited = applied(file, edits, project);
  const [first] = needed;
  const imported = first ? withImports(edited, needed, project) : edited;
  return withoutUnused(file, imported, project).text;
}

/** The file with edits made. Throws where they can't be made together: nothing of the whole must be written then. */
function applied(file: SourceFile, edits: readonly Edit[], project: Project): SourceFile {
  if (edits.length === 0) return file;
  const text = withEdits(laidOut(edits, file, project.formattingOf(file.path)), file.text);
  if (text === undefined) throw new Error(`the edits of ${file.path} overlap`);
  const parsed = parseSourceFile(file.path, text);
  if (!parsed.ok) throw new Error(`${file.path} would not parse: ${parsed.problem.message}`);
  return parsed.file;
}

function withImports(file: SourceFile, needed: readonly NeededImport[], project: Project): SourceFile {
  const unique = new Map(needed.map((each) => [`${each.module} ${each.name}`, each]));
  let current = file;
  for (const each of unique.values()) current = applied(current, importEdits(current, each), project);
  return current;
}

/** Imports that were used before, and are not any more. */
function withoutUnused(before: SourceFile, after: SourceFile, project: Project): SourceFile {
  if (before === after) return after;
  const used = importsOf(before).filter(({ variable }) => readsOf(variable).length > 0);
  const wasUsed = new Set(used.map(({ variable }) => variable.name));
  const gone = importsOf(after).filter(({ variable }) => readsOf(variable).length === 0 && wasUsed.has(variable.name));
  return applied(after, removalEdits(after, new Set(gone.map(({ variable }) => variable))), project);
}
