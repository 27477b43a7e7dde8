/** `triage` without evidence: the project, in the order in which a sign-in would break. */
import { resolve } from 'node:path';
import { SYMPTOMS, type SymptomName } from '../../playbook/evidence/symptoms.ts';
import type { Terminal } from '../output/terminal.ts';
import { UsageError } from '../usage.ts';
import { type Answer, type CaseReport, projectAt } from './answers.ts';
import { linesOf } from './lines.ts';

/** One step of a sign-in: what has to be right, and the rules that look at it. */
interface Step {
  readonly title: string;
  readonly rules: readonly string[];
  /** What an answer about it is like. */
  readonly symptom: SymptomName;
  /** What files can't tell, and what would. */
  readonly unknown?: string;
}

const STEPS: readonly Step[] = [
  {
    title: 'The env files have what AuthKit needs',
    rules: ['valid-env'],
    symptom: 'noSession',
    unknown: 'the variables of the hosting platform: look at its dashboard',
  },
  {
    title: 'The proxy runs on every route that asks for the session',
    rules: ['valid-proxy'],
    symptom: 'routeNotCovered',
  },
  {
    title: 'The callback finishes the sign-in',
    rules: ['valid-callback-route', 'no-raw-authorization-url'],
    symptom: 'callbackFailed',
  },
  {
    title: 'The redirect URI is one that WorkOS knows',
    rules: ['valid-redirect-uri', 'no-hardcoded-redirect-host', 'consistent-preview-host'],
    symptom: 'redirectUriInvalid',
    unknown: 'the list in the WorkOS dashboard: compare it with redirect_uri of the authorize request',
  },
  {
    title: 'Sign-ins start where cookies can be set',
    rules: ['no-cookie-write-in-render', 'no-caught-redirect', 'no-sign-in-prefetch'],
    symptom: 'cookieInRender',
  },
  {
    title: 'The refreshed session reaches the browser',
    rules: ['no-dropped-session-headers'],
    symptom: 'refreshFailed',
  },
  {
    title: 'The hook passed to ConvexProviderWithAuth gives a token, and keeps still',
    rules: ['no-token-refresh-loop', 'no-stale-access-token', 'handle-token-error', 'no-forced-token-refresh'],
    symptom: 'refreshLoop',
    unknown: 'whether a token comes: open the auth-debug page, or save a HAR and give it to triage',
  },
  {
    title: "Convex accepts AuthKit's token",
    rules: ['valid-auth-config'],
    symptom: 'convexRejects',
    unknown: 'the variables of the deployment: npx convex env list --include-values > env.txt, then triage env.txt',
  },
  {
    title: 'Nothing signs users out by itself',
    rules: ['no-sign-out-prefetch', 'no-get-sign-out'],
    symptom: 'signOutPrefetched',
  },
];

/** Goes through a project. Throws a `UsageError` for a folder that is not there. */
export function overviewOf(given: string, terminal: Terminal): CaseReport {
  const folder = resolve(terminal.cwd, given);
  const project = projectAt(folder, terminal.cwd);
  if (project.facts.kind(folder) !== 'directory')
    throw new UsageError(`There is no folder '${given}'.`, { showHelp: false });
  const { files, lines } = linesOf(folder, new Set(STEPS.flatMap(({ rules }) => rules)), terminal);
  const versions = ['next', '@workos-inc/authkit-nextjs', 'convex'].flatMap((name) => {
    const found = project.versionOf(resolve(folder, 'package.json'), name);
    return found ? [`${name} ${found.version} (${found.from})`] : [];
  });
  const notes = [
    versions.length > 0
      ? `versions: ${versions.join(', ')}`
      : 'no package.json here names next, authkit-nextjs or convex: is this the folder of the app?',
  ];
  const answers: Answer[] = [];
  for (const step of STEPS) {
    const own = lines.filter(({ rule }) => step.rules.includes(rule));
    const unknown = step.unknown === undefined ? '' : `; not known: ${step.unknown}`;
    if (own.length === 0) notes.push(`✔ ${step.title}, as far as the code tells${unknown}`);
    else {
      const kind = SYMPTOMS[step.symptom];
      answers.push({
        symptom: step.symptom,
        failure: kind.failure,
        title: `${step.title}: no.`,
        seen: [],
        pattern: undefined,
        why: kind.why,
        lines: own,
        otherwise: kind.otherwise,
        write: 'What each line says.',
        codemods: [...new Set(own.flatMap(({ codemod }) => codemod ?? []))],
        check: kind.check,
        times: [],
      });
    }
  }
  return { answers, notes: [...notes, `${String(files)} files were looked at`], isKnown: versions.length > 0 };
}
