import type { SourceFile } from './source-file.ts';

/** How the analysis reaches other files of the project. The layer above it (project/) knows the disk. */
export interface ModuleLoader {
  /**
   * The project file that a module specifier names. Undefined for packages from the registry, assets, absent files
   * and files that do not parse. Cheap when asked again.
   */
  load(specifier: string, fromPath: string): SourceFile | undefined;
}

/** A loader that knows no other file: every import stays unknown. */
export const noModules: ModuleLoader = { load: () => undefined };
