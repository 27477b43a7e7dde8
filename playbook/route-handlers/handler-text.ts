/** Whether the code of a handler may do something, by the text of its file and of what it imports: other handlers are not worth parsing. */
import { perProject } from '../../project/per-project.ts';
import type { Project } from '../../project/project.ts';
import { modulesNamedIn } from '../module-names.ts';

/** How many imports a call is followed through. */
const MAX_HOPS = 2;

export interface HandlerTextTest {
  /** The same of a text that may not be the one on disk. */
  readonly ofText: (project: Project, text: string, path: string) => boolean;
  /** Whether the file at a path alone says it. */
  readonly ofFile: (project: Project, path: string) => boolean;
}

/** Asks files, and what they import, for what a text says. `name` has to be unique. */
export function handlerTextTest(name: string, says: (text: string) => boolean): HandlerTextTest {
  const ofModule: (project: Project, path: string, hops: number) => boolean = perProject(
    `${name}: handler text`,
    (project, path: string, hops: number) => ofTextAt(project, project.facts.text(path) ?? '', path, hops),
    () => false,
  );
  const ofTextAt = (project: Project, text: string, path: string, hops: number): boolean =>
    says(text) ||
    (hops > 0 &&
      modulesNamedIn(text).some((module) => {
        const target = project.resolve(module, path);
        return target !== undefined && ofModule(project, target, hops - 1);
      }));
  return {
    ofText: (project, text, path) => ofTextAt(project, text, path, MAX_HOPS),
    ofFile: (project, path) => ofModule(project, path, 0),
  };
}
