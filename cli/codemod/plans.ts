/** Codemods over several files: their plans are made first, one transaction after the other; what is left is then done file by file. */
import { faultOf } from '../../codemods/workspace/check-transaction.ts';
import {
  type FileChange,
  type LeftPlace,
  pathAfter,
  type Plan,
  type Planner,
  textsAfter,
  type Transaction,
} from '../../codemods/workspace/plan.ts';
import { lazy } from '../../analysis/lazy.ts';
import { repositoryRoot } from '../../project/modules/packages.ts';
import type { FoundFile } from '../files/read.ts';
import type { Overlay } from '../files/overlay.ts';
import { isTurnedOn, type RunProject } from '../files/project.ts';
import { writeTransaction } from '../write/transaction.ts';
import { type Concerned, concernedFiles, type LookOptions } from './concerned.ts';
import type { ChangedPlace, Fate, FileOutcome, FileProblem, NamedCodemod } from './run.ts';

/** A planner that has always something more to do has a bug. */
const MAX_ROUNDS = 50;

export interface PlanOptions extends LookOptions {
  readonly cwd: string;
  readonly project: RunProject;
  readonly safe: boolean;
  /** As in `RunOptions`. */
  readonly write: ((path: string) => string | undefined) | undefined;
  /** What else has to hold, or to be done, for a transaction that was written; says what went wrong. */
  readonly afterWrite?: (changes: readonly FileChange[]) => string | undefined;
}

export interface Planned {
  /** The files as they are after the transactions. */
  readonly files: readonly FoundFile[];
  /** Those of them that the codemods have something to do with, for what is done file by file. */
  readonly concerned: readonly FoundFile[];
  readonly project: RunProject;
  /** What the transactions have made, or would make, of files. */
  readonly texts: Overlay;
  readonly isBlocked: (name: string, path: string) => boolean;
  /** What was done by plans and what was done file by file, as one outcome for each file. */
  readonly together: (outcomes: readonly FileOutcome[]) => FileOutcome[];
}

/** Makes the plans of those codemods that have one. */
export async function runPlans(
  codemods: readonly NamedCodemod[],
  files: readonly FoundFile[],
  options: PlanOptions,
): Promise<Planned> {
  const state = new Run(files, options);
  await state.look(codemods);
  for (const codemod of codemods) {
    if (options.isInterrupted?.() === true) break;
    // No transaction is an edit that `eslint --fix` would make.
    if (codemod.codemod.plan && !options.safe) await state.runPlanner(codemod, codemod.codemod.plan);
  }
  return {
    files: state.files,
    concerned: (await state.look(codemods)).files,
    project: state.project,
    texts: state.texts,
    isBlocked: (name, path) => state.blocked.has(`${name} ${path}`),
    together: (outcomes) => state.together(outcomes),
  };
}

class Run {
  files: readonly FoundFile[];
  project: RunProject;
  /** A codemod's name and a path: of transactions that could not be made. */
  readonly blocked = new Set<string>();
  readonly texts = new Map<string, string | undefined>();
  readonly #options: PlanOptions;
  readonly #outcomes: FileOutcome[] = [];
  /** Which codemods the files concern, as long as no transaction has been made since. */
  #concerned: Concerned | undefined;

  constructor(files: readonly FoundFile[], options: PlanOptions) {
    this.files = files;
    this.project = options.project;
    this.#options = options;
  }

  async look(codemods: readonly NamedCodemod[]): Promise<Concerned> {
    return (this.#concerned ??= await concernedFiles(codemods, this.files, this.project, this.#options));
  }

  async runPlanner(codemod: NamedCodemod, planner: Planner): Promise<void> {
    const { name } = codemod;
    let left: readonly LeftPlace[] = [];
    for (let round = 1; round <= MAX_ROUNDS; round += 1) {
      const plan = await this.#planOf(codemod, planner);
      left = plan.left;
      if (!this.#make(plan, name)) break;
    }
    this.#leave(left, name);
  }

  #leave(left: readonly LeftPlace[], name: string): void {
    for (const { path, reason, ...place } of left) this.#tell({ path, left: [{ ...place, reason, by: name }] });
  }

  async #planOf(codemod: NamedCodemod, planner: Planner): Promise<Plan> {
    const { isStrict = false, name } = codemod;
    const { projectFor } = this.project;
    const { cwd } = this.#options;
    const isOn = (path: string): boolean => {
      const project = projectFor(path);
      const isOff = project.configuration.rules.get(name)?.level === 'off';
      return !isOff && (!isStrict || isTurnedOn(project, name));
    };
    const files = lazy(() => this.files.map(({ path }) => path).filter(isOn));
    // After a transaction the others are asked again when it is their turn.
    const found = this.#concerned ?? (await concernedFiles([codemod], this.files, this.project, {}));
    const concerned = found.of(name).filter(isOn);
    try {
      return await planner({ files, concerned, cwd, projectFor });
    } catch (error) {
      if (process.env['AUTHKIT_RETHROW'] === '1') throw error;
      const [path = cwd] = files();
      this.#tell({ path, problems: [{ message: `${name} failed, which is a bug: ${String(error)}`, line: 1 }] });
      return { transactions: [], left: [] };
    }
  }

  /** Makes the transactions of a plan that can be made one after the other. Returns whether to ask for another plan. */
  #make({ transactions }: Plan, name: string): boolean {
    const touched = new Set<string>();
    let isDone = transactions.length > 0;
    for (const transaction of transactions) {
      const paths = transaction.changes.map(({ path }) => path);
      // It was planned before the one that changed the same file.
      if (paths.some((path) => touched.has(path))) continue;
      for (const path of paths) touched.add(path);
      if (!this.#makeOne(transaction, name)) isDone = false;
    }
    return isDone;
  }

  #makeOne(transaction: Transaction, name: string): boolean {
    const { changes } = transaction;
    const own = new Set(this.files.map(({ path }) => path));
    const fault = faultOf(transaction, (path) => own.has(path)) ?? this.#write(changes);
    if (fault) {
      for (const { path } of changes) this.blocked.add(`${name} ${path}`);
      const rest = changes.length > 1 ? ` (${name} changes ${String(changes.length)} files together, or none)` : '';
      this.#tell({ path: fault.path, problems: [{ message: fault.message + rest }] });
      return false;
    }
    this.#leave(transaction.left ?? [], name);
    const texts = textsAfter(changes);
    for (const [path, text] of texts) this.texts.set(path, text);
    this.project = this.project.over(texts);
    this.#concerned = undefined;
    const gone = new Set(changes.flatMap((change) => (pathAfter(change) === change.path ? [] : [change.path])));
    const come = changes.flatMap((change) => {
      const path = pathAfter(change);
      return path !== undefined && !own.has(path) ? [{ path, named: false }] : [];
    });
    this.files = [...this.files.filter(({ path }) => !gone.has(path)), ...come].sort((a, b) =>
      a.path < b.path ? -1 : 1,
    );
    for (const change of changes) {
      const places = transaction.places
        .filter(({ path }) => path === change.path)
        .map(({ column, line, message }): ChangedPlace => ({ by: name, column, line, message, safety: 'review' }));
      this.#tell({
        path: change.path,
        before: change.kind === 'create' ? '' : change.before,
        after: change.kind === 'delete' ? '' : change.after,
        ...fateOf(change),
        written: this.#options.write !== undefined,
        changed:
          places.length > 0 ? places : [{ by: name, line: 1, column: 1, message: deedOf(change), safety: 'review' }],
      });
    }
    return true;
  }

  #write(changes: readonly FileChange[]): { readonly path: string; readonly message: string } | undefined {
    const { afterWrite, cwd, write } = this.#options;
    if (!write) return undefined;
    for (const { path } of changes) {
      const message = write(path);
      if (message !== undefined) return { path, message };
    }
    const { projectFor } = this.project;
    const result = writeTransaction(changes, (path) => repositoryRoot(projectFor(path).facts, path, cwd));
    if (!result.ok) return result;
    const message = afterWrite?.(changes);
    if (message === undefined) return undefined;
    const notBack = result.undo();
    const rest = notBack.length === 0 ? '' : `; ${notBack.join(', ')} could not be put back as it was`;
    return { path: changes[0]?.path ?? cwd, message: message + rest };
  }

  #tell(news: Partial<FileOutcome> & Pick<FileOutcome, 'path'>): void {
    this.#outcomes.push({ ...NOTHING, ...news });
  }

  together(outcomes: readonly FileOutcome[]): FileOutcome[] {
    const all = new Map<string, FileOutcome>();
    const placeOf = (path: string, { by, column, line }: FileOutcome['left'][number]): string =>
      `${by} ${path}:${String(line)}:${String(column)}`;
    const known = new Set(this.#outcomes.flatMap(({ left, path }) => left.map((place) => placeOf(path, place))));
    // A planner that leaves a place knows a better reason than the rule, which leaves it again.
    const others = outcomes.map((outcome) => ({
      ...outcome,
      left: outcome.left.filter((place) => !known.has(placeOf(outcome.path, place))),
    }));
    for (const outcome of [...this.#outcomes, ...others]) {
      const earlier = all.get(outcome.path);
      const merged = earlier ? merge(earlier, outcome) : outcome;
      all.delete(outcome.path);
      all.set(merged.fate?.kind === 'renamed' ? merged.fate.to : merged.path, merged);
    }
    return [...all.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  }
}

const NOTHING: Omit<FileOutcome, 'path'> = {
  before: '',
  after: '',
  written: false,
  changed: [],
  left: [],
  problems: [],
};

function fateOf(change: FileChange): { readonly fate?: Fate } {
  if (change.kind === 'edit') return {};
  if (change.kind === 'rename') return { fate: { kind: 'renamed', to: change.to } };
  return { fate: { kind: change.kind === 'create' ? 'created' : 'deleted' } };
}

function deedOf(change: FileChange): string {
  return { create: 'Created.', delete: 'Deleted.', edit: 'Changed.', rename: 'Renamed.' }[change.kind];
}

/** Two outcomes of one file, the earlier one first. */
function merge(first: FileOutcome, second: FileOutcome): FileOutcome {
  const isChanged = (outcome: FileOutcome) => outcome.after !== outcome.before || outcome.fate !== undefined;
  const problems: FileProblem[] = [...first.problems, ...second.problems];
  const both = {
    changed: [...first.changed, ...second.changed],
    left: [...first.left, ...second.left],
    problems,
  };
  if (!isChanged(second)) return { ...first, ...both };
  if (!isChanged(first)) return { ...second, ...both };
  const fate = first.fate ?? second.fate;
  return {
    path: first.path,
    before: first.before,
    // The second one may have failed to write what it made of the first one's text.
    after: first.written && !second.written ? first.after : second.after,
    ...(fate && { fate }),
    written: first.written || second.written,
    ...both,
  };
}
