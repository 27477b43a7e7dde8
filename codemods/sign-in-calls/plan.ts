/**
 * Sign-ins that are started where none can start: by a page while it renders, or by a URL that `handleAuth()` refuses. A route handler of the
 * app that starts them already takes over. Which one that is, is clear only where the app has one; a new one is left to `upgrade-authkit`.
 */
import type { Codemod } from '../transform.ts';
import { Draft } from '../workspace/draft.ts';
import type { LeftPlace, Planner, Transaction } from '../workspace/plan.ts';
import { fixAuthorizationUrl } from './authorization-urls.ts';
import { fixCookieWrite } from './cookie-writes.ts';
import { type SignInFix, type SignInPlace, addFix } from './place.ts';
import { SignInRoutes } from './sign-in-route.ts';

export const planCookieWrites = (codemod: Codemod): Planner => plannerWith(codemod, fixCookieWrite);
export const planAuthorizationUrls = (codemod: Codemod): Planner => plannerWith(codemod, fixAuthorizationUrl);

/** One transaction for each file, with the files that its edits need. */
function plannerWith({ run }: Codemod, fixAt: (place: SignInPlace) => SignInFix): Planner {
  return ({ concerned, projectFor }) => {
    const transactions: Transaction[] = [];
    const left: LeftPlace[] = [];
    for (const path of concerned) {
      const project = projectFor(path);
      const source = project.facts.text(path);
      if (source === undefined) continue;
      // Not where the rule is off, disabled or suppressed.
      const found = run({ path, source, project }).left;
      const file = found.length > 0 ? project.sourceFile(path) : undefined;
      const app = project.appOf(path);
      if (!file || !app) continue;
      const draft = new Draft(project);
      const routes = new SignInRoutes(app, project, draft, 'existing');
      let isFixed = false;
      for (const { column, finding, line, message } of found) {
        const fix = fixAt({ file, range: finding.range, routes, project });
        if ('reason' in fix) {
          left.push({ path, line, column, message, reason: fix.reason });
          continue;
        }
        isFixed = true;
        addFix(draft, file, fix, message);
      }
      if (isFixed) transactions.push(draft.toTransaction());
    }
    return { transactions, left };
  };
}
