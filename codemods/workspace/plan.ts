/**
 * What a codemod over several files has in mind: transactions, each made as a whole or not at all. A planner reads and decides; whoever runs
 * it writes (cli/write/transaction.ts), so a dry run and a run are the same plan.
 */
import type { Project } from '../../project/project.ts';

/** What becomes of one file. Paths are absolute; texts have their byte order mark. */
export type FileChange =
  | { readonly kind: 'create'; readonly path: string; readonly after: string }
  | { readonly kind: 'delete'; readonly path: string; readonly before: string }
  | { readonly kind: 'edit'; readonly path: string; readonly before: string; readonly after: string }
  | {
      readonly kind: 'rename';
      readonly path: string;
      readonly to: string;
      readonly before: string;
      readonly after: string;
    };

/** A place in a file. Line and column count from 1. */
export interface Place {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  /** What is wrong there, or what is done. */
  readonly message: string;
}

/** A place that needs a manual change. */
export interface LeftPlace extends Place {
  /** Ends without a full stop. */
  readonly reason: string;
}

/** Changes that are right together and wrong in part. */
export interface Transaction {
  /** Each file once. */
  readonly changes: readonly FileChange[];
  /** What it changes, in the texts before; what is created or renamed needs no place of its own. */
  readonly places: readonly Place[];
  /** What it leaves to a person, in the texts after. */
  readonly left?: readonly LeftPlace[];
}

export interface Plan {
  /** The first ones that can be made. After them the planner is asked again, and returns what is to be done then. */
  readonly transactions: readonly Transaction[];
  /** What is left where no transaction is made. */
  readonly left: readonly LeftPlace[];
}

export interface PlanInput {
  /** The files that may be changed, or deleted. Absolute. */
  readonly files: () => readonly string[];
  /** The scripts among them that the codemod may find something in, by their texts. */
  readonly concerned: readonly string[];
  /** Where the command runs. Absolute. */
  readonly cwd: string;
  /** The project as it is for a file: after the transactions that have been made. */
  readonly projectFor: (path: string) => Project;
}

/** Decides what to do. Never throws for what files hold, and writes nothing. */
export type Planner = (input: PlanInput) => Plan | Promise<Plan>;

/** Left places whose reasons say by themselves what is wrong: of a codemod without a rule, the command shows nothing else. */
export function toldInFull(left: readonly LeftPlace[]): readonly LeftPlace[] {
  return left.map((place) => ({ ...place, reason: `${place.message.replace(/\.$/u, '')}: ${place.reason}` }));
}

/** The path that a file has after a change; undefined when it is deleted. */
export function pathAfter(change: FileChange): string | undefined {
  if (change.kind === 'delete') return undefined;
  return change.kind === 'rename' ? change.to : change.path;
}

/** What is at each path after some changes; undefined where nothing does any more. */
export function textsAfter(changes: readonly FileChange[]): Map<string, string | undefined> {
  const texts = new Map<string, string | undefined>();
  for (const change of changes) {
    if (change.kind === 'delete' || change.kind === 'rename') texts.set(change.path, undefined);
    const path = pathAfter(change);
    if (path !== undefined && change.kind !== 'delete') texts.set(path, change.after);
  }
  return texts;
}
