/**
 * Sign-ins that are started where none can start: by a page while it renders, or by a URL that `handleAuth()` refuses. A route handler of the
 * app that starts them already takes over. Which one that is, is clear only where the app has one; a new one is left to `upgrade-authkit`.
 */
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import type { App, Project } from '../../project/project.ts';
import type { Codemod } from '../transform.ts';
import { Draft } from '../workspace/draft.ts';
import type { LeftPlace, Planner, Transaction } from '../workspace/plan.ts';
import { fixAuthorizationUrl } from './authorization-urls.ts';
import { type CookieWriteFix, fixCookieWrite } from './cookie-writes.ts';
import { SignInRoutes } from './sign-in-route.ts';

/** The call at a place that the rule reports, and where it is. */
export interface SignInPlace {
  readonly file: SourceFile;
  readonly range: readonly [number, number];
  readonly app: App;
  readonly routes: SignInRoutes;
  readonly project: Project;
}

type Fixer = (place: SignInPlace) => CookieWriteFix;

export const planCookieWrites = (codemod: Codemod): Planner =>
  plannerWith(codemod, ({ app, file, project, range, routes }) => fixCookieWrite(file, range, app, routes, project));

export const planAuthorizationUrls = (codemod: Codemod): Planner =>
  plannerWith(codemod, ({ file, project, range, routes }) => fixAuthorizationUrl(file, range, project, routes));

/** One transaction for each file, with the files that its edits need. */
function plannerWith({ mayConcern, run }: Codemod, fixAt: Fixer): Planner {
  return ({ files, projectFor }) => {
    const transactions: Transaction[] = [];
    const left: LeftPlace[] = [];
    for (const path of files) {
      const project = projectFor(path);
      const source = project.facts.text(path);
      if (source === undefined || !mayConcern(source, path, project)) continue;
      // Not where the rule is off, disabled or suppressed.
      const found = run({ path, source, project }).left;
      const file = found.length > 0 ? project.sourceFile(path) : undefined;
      const app = project.appOf(path);
      if (!file || !app) continue;
      const draft = new Draft(project);
      const routes = new SignInRoutes(app, project, draft, 'existing');
      let isFixed = false;
      for (const { column, finding, line, message } of found) {
        const { range } = finding;
        const fix = fixAt({ file, range, app, routes, project });
        if ('reason' in fix) {
          left.push({ path, line, column, message, reason: fix.reason });
          continue;
        }
        isFixed = true;
        draft.rewrite(file, { ...fix.rewrite, message });
        for (const target of fix.elsewhere ?? []) draft.rewrite(target.file, { edits: target.edits });
      }
      if (isFixed) transactions.push(draft.toTransaction());
    }
    return { transactions, left };
  };
}
