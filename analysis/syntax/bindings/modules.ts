/** How a file's imports lead to other files of the project. */
import type { SourceFile } from '../source-file.ts';

/** How the analysis reaches other files of the project. The layer above it (project/) knows the disk. */
export interface ModuleLoader {
  /**
   * The project file that a module specifier names. Undefined for packages from the registry, assets, absent files
   * and files that do not parse. Cheap when asked again.
   */
  load(specifier: string, fromPath: string): SourceFile | undefined;
  /** Whether a module of the project is left out, so that what it exports is unknown. */
  readonly skips?: (specifier: string, fromPath: string) => boolean;
  /**
   * False when the text of a module of the project shows that it has no export of a name: what `export *` of many large modules leads to is found
   * without parsing them all.
   */
  readonly mayExport?: (specifier: string, fromPath: string, name: string) => boolean;
  /** False for a module that has the name of one which a framework calls, in a folder in which it looks for none. */
  readonly mayBeEntry?: (path: string) => boolean;
  /** The path of the module that a specifier names, which need not parse. */
  readonly resolve?: (specifier: string, fromPath: string) => string | undefined;
  /** Remembers what was made of modules alone as long as they stay as they are. `name` says what it is, and `key` everything else that goes into it. */
  readonly remember?: <Value>(name: string, key: string, make: () => Value) => Value;
  /** A loader that leaves out the modules that have nothing to do with a concern: they are not parsed. The same one for the same object. */
  readonly concerning?: (concern: Concern) => ModuleLoader;
}

/**
 * What a question is about, as the texts of modules show it. `exports`: whose export a name stands for; only modules count that hand on what they import, one
 * from the other, up to one that has the text. `code`: what runs in a function; a module counts that has the text itself, that hands on what such a
 * module exports, or that calls one.
 */
export interface Concern {
  readonly of: 'code' | 'exports';
  /** A pattern without the flag `g`, or a test of its own. */
  readonly text: Pick<RegExp, 'test'>;
  /** Through how many modules a call leads on, beyond those that hand a function on. Default: none. */
  readonly calls?: number;
  /** The modules through which calls lead on, by their texts. Default: all. */
  readonly through?: Pick<RegExp, 'test'>;
}

/** A loader that knows no other file: every import stays unknown. */
export const noModules: ModuleLoader = { load: () => undefined };

/** The loader for a concern, which has to be a constant. A loader that leaves modules out already stays as it is. */
export const loaderFor = (loader: ModuleLoader, concern: Concern): ModuleLoader =>
  loader.concerning?.(concern) ?? loader;

const byCalls = new WeakMap<Concern, Concern[]>();

/** A concern for who has followed some calls already, and follows no more than these from now on. */
export function withCalls(concern: Concern, calls: number): Concern {
  let concerns = byCalls.get(concern);
  if (!concerns) byCalls.set(concern, (concerns = []));
  return (concerns[calls] ??= { ...concern, calls });
}
