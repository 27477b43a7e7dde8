/** Faults that are written in one file and reach sinks in several: one of these reports it. */
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import { perProject } from '../../../project/memos/per-project.ts';
import type { App, Project } from '../../../project/project.ts';
import { isTestFile, sourceFilesBelow } from '../../../project/modules/source-files.ts';
import { mayHaveSink } from '../evaluate/sinks.ts';

/** Files that give AuthKit a redirect URI. More than these are not compared. */
const MAX_FILES = 200;

const filesWithSinks = perProject('redirect URIs: files', ({ facts }, app: App): readonly string[] =>
  [...sourceFilesBelow(app.root, facts)]
    .filter((path) => !isTestFile(path) && mayHaveSink(facts.text(path) ?? '', path))
    .sort()
    .slice(0, MAX_FILES),
);

/** Whether other files of the app have the same fault: the first of them reports it, and it is to be changed where it is written. */
type Sharing = (place: string, file: SourceFile, project: Project) => 'reported' | 'shared' | undefined;

/** `placesIn`: where the faults of a file are written, of those that are in other files. */
export function createSharing(
  name: string,
  placesIn: (file: SourceFile, project: Project) => readonly string[],
): Sharing {
  const placesElsewhere = perProject(`${name}: elsewhere`, (project, path: string): readonly string[] => {
    const file = project.sourceFile(path);
    return file ? placesIn(file, project) : [];
  });
  return (place, file, project) => {
    const app = project.appOf(file.path);
    const others = app ? filesWithSinks(project, app).filter((path) => path !== file.path) : [];
    const sharing = others.filter((path) => placesElsewhere(project, path).includes(place));
    return sharing.some((path) => path < file.path) ? 'reported' : sharing.length > 0 ? 'shared' : undefined;
  };
}
