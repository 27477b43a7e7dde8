/** `triage` without evidence: the project, in the order in which a sign-in would break. */
import { resolve } from 'node:path';
import { SYMPTOMS } from '../../playbook/evidence/symptom-kinds.ts';
import type { SymptomName } from '../../playbook/evidence/symptoms.ts';
import { isWithin } from '../../project/folders.ts';
import { workspaceOf } from '../../project/modules/packages.ts';
import { isAtLeast, type PackageVersion, type Project } from '../../project/project.ts';
import type { Terminal } from '../output/terminal.ts';
import { count } from '../output/words.ts';
import { UsageError } from '../usage.ts';
import { projectAt } from './answers.ts';
import { linesOf } from './lines.ts';
import type { Answer, CaseReport, Step } from './report.ts';
import { AUTHKIT } from '../../playbook/libraries/authkit-nextjs.ts';

/** One step of a sign-in: what has to be right, and the rules that look at it. */
interface StepKind {
  readonly title: string;
  /** What is said where it is not so. */
  readonly wrong: string;
  readonly rules: readonly string[];
  /** What an answer about it is like. */
  readonly symptom: SymptomName;
  /** Why, and how to see that it is gone, where the rules of a step look at more than the symptom says. */
  readonly why?: string;
  readonly verify?: string;
  /** What files can't tell, and what would. */
  readonly unknown?: string;
}

const STEPS: readonly StepKind[] = [
  {
    title: 'The env files have what AuthKit needs',
    wrong: 'The env files lack what AuthKit needs, or show a secret.',
    rules: ['valid-env'],
    symptom: 'noSession',
    unknown: 'the variables of the hosting platform, see its dashboard',
  },
  {
    title: 'The proxy runs on every route that asks for the session',
    wrong: 'The proxy does not run on every route that asks for the session, or does not protect them.',
    rules: ['valid-proxy'],
    symptom: 'routeNotCovered',
  },
  {
    title: 'The callback finishes the sign-in',
    wrong: 'The callback does not finish the sign-in.',
    rules: ['valid-callback-route', 'no-raw-authorization-url'],
    symptom: 'callbackFailed',
  },
  {
    title: 'The redirect URI is one that WorkOS knows',
    wrong: 'A redirect URI is one that WorkOS does not know.',
    rules: ['valid-redirect-uri', 'no-hardcoded-redirect-host', 'consistent-preview-host'],
    symptom: 'redirectUriInvalid',
    unknown: 'the list in the WorkOS dashboard, to compare with redirect_uri of the authorize request',
  },
  {
    title: 'Sign-ins start where cookies can be set',
    wrong: 'A sign-in starts where no cookie can be set.',
    rules: ['no-cookie-write-in-render'],
    symptom: 'cookieInRender',
  },
  {
    title: 'Redirects reach Next.js',
    wrong: 'A redirect is caught before it reaches Next.js.',
    rules: ['no-caught-redirect'],
    symptom: 'caughtRedirect',
  },
  {
    title: 'No link starts a sign-in by itself',
    wrong: 'Links start sign-ins by themselves.',
    rules: ['no-sign-in-prefetch'],
    symptom: 'signInPrefetched',
  },
  {
    title: 'The refreshed session reaches the browser',
    wrong: 'A refreshed session does not reach the browser.',
    rules: ['no-dropped-session-headers'],
    symptom: 'refreshFailed',
  },
  {
    title: 'The hook passed to ConvexProviderWithAuth returns a token and stays the same',
    wrong: 'The hook passed to ConvexProviderWithAuth returns no lasting token, or starts refreshes.',
    rules: ['no-token-refresh-loop', 'no-stale-access-token', 'handle-token-error', 'no-forced-token-refresh'],
    symptom: 'refreshLoop',
    why: 'Convex asks this hook for a token on every connection. If the token is stored, refreshed by force or missing, users are signed out, or Convex asks endlessly.',
    verify:
      'Stay signed in for more than five minutes with the network log open: no series of server-action POSTs, and isAuthenticated: true of useConvexAuth().',
    unknown: 'whether a token comes; open the auth-debug page, or save a HAR and give it to triage',
  },
  {
    title: "Convex accepts AuthKit's token",
    wrong: "Convex does not accept AuthKit's token.",
    rules: ['valid-auth-config'],
    symptom: 'convexRejects',
    unknown: 'the variables of the deployment; npx convex env list --include-values > env.txt, then triage env.txt',
  },
  {
    title: 'Nothing signs users out by itself',
    wrong: 'Something signs users out by itself.',
    rules: ['no-sign-out-prefetch', 'no-get-sign-out'],
    symptom: 'signOutPrefetched',
  },
];

/** Goes through a project. Throws a `UsageError` for a configuration that can't be followed. */
export function overviewOf(given: string, terminal: Terminal): CaseReport {
  const folder = resolve(terminal.cwd, given);
  const project = projectAt(folder, terminal.cwd);
  const { files, lines, problem } = linesOf(folder, new Set(STEPS.flatMap(({ rules }) => rules)), terminal);
  if (problem !== undefined) throw new UsageError(problem, { showHelp: false });
  const versions = versionsIn(project, folder);
  const notes = [
    versions.length > 0
      ? `versions: ${versions.map(({ found, name }) => `${name} ${found.version} (${found.from})`).join(', ')}`
      : 'no package.json here names next, authkit-nextjs or convex: is this the folder of the app?',
    ...notesOnVersions(versions),
  ];
  const answers: Answer[] = [];
  const steps: Step[] = [];
  for (const step of STEPS) {
    const own = lines.filter(({ rule }) => step.rules.includes(rule));
    steps.push({ title: step.title, status: own.length === 0 ? 'ok' : 'wrong', unknown: step.unknown });
    if (own.length === 0) continue;
    const kind = SYMPTOMS[step.symptom];
    answers.push({
      symptom: step.symptom,
      failure: kind.failure,
      title: step.wrong,
      seen: [],
      frequency: undefined,
      why: step.why ?? kind.why,
      lines: own,
      lookAt: kind.lookAt,
      fix: 'Follow the message of each line.',
      codemods: [...new Set(own.flatMap(({ codemod }) => codemod ?? []))],
      verify: step.verify ?? kind.verify,
      times: [],
    });
  }
  notes.push(`${count(files, 'file')} checked`);
  return { answers, steps, events: [], omitted: 0, notes, isKnown: versions.length > 0 };
}

interface Version {
  readonly name: string;
  readonly found: PackageVersion;
}

/** The versions that the folder's package has, or those of the workspace below it. */
function versionsIn(project: Project, folder: string): readonly Version[] {
  const { packages } = workspaceOf(project.facts, folder, project.cwd);
  const roots = [folder, ...packages.map(({ root }) => root).filter((root) => isWithin(folder, root))];
  return ['next', AUTHKIT, 'convex'].flatMap((name) => {
    const found = roots.flatMap((root) => project.versionOf(resolve(root, 'package.json'), name) ?? [])[0];
    return found ? [{ name, found }] : [];
  });
}

/** What no line of the app can fix: faults of the SDK (its changelog; PLAYBOOK §2). */
function notesOnVersions(versions: readonly Version[]): readonly string[] {
  const authkit = versions.find(({ name }) => name === AUTHKIT)?.found;
  if (isAtLeast(authkit, '4.3.1') !== false) return [];
  return [
    `${AUTHKIT} before 4.3.1 ends the session when WorkOS returns 429 or 5xx: npx eslint-plugin-authkit codemod upgrade-authkit`,
  ];
}
