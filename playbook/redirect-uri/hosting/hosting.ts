/** Where an app runs, as far as its project shows. */
import { dirname, join } from 'node:path';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import { foldersUp } from '../../../project/folders.ts';
import { repositoryRoot, workspaceOf } from '../../../project/modules/packages.ts';
import { perProject } from '../../../project/memos/per-project.ts';
import type { Project } from '../../../project/project.ts';
import { runningFilesBelow } from '../../../project/modules/source-files.ts';
import type { Facts } from '../../../project/memos/stamps.ts';
import { readConvexJson } from '../convex-json/convex-json.ts';
import { DOCKER, type Hosting, OTHER_HOSTINGS, VERCEL, hostingNamed } from './hosts.ts';

export type ShownHosting =
  | { readonly kind: 'vercel' }
  /** Another platform, or a container. Nothing of Vercel's is there. */
  | { readonly kind: 'other'; readonly hosting: Hosting }
  /** `settings.authkit.hosting`: one host, and no previews. */
  | { readonly kind: 'fixed' }
  | { readonly kind: 'unknown' };

const ON_VERCEL: ShownHosting = { kind: 'vercel' };
const UNKNOWN: ShownHosting = { kind: 'unknown' };

/**
 * What shows where the app of a file runs (PLAYBOOK §4). A platform's own files come before the variables that code reads, and both before
 * what is used elsewhere as well: packages of Vercel's, previews in `convex.json`, a Dockerfile. Vercel may be shown anywhere in the
 * workspace, for the file that shows it is often in another package; another platform by the app's own folders alone.
 */
export function hostingShown({ path, text }: Pick<SourceFile, 'path' | 'text'>, project: Project): ShownHosting {
  const { hosting = 'auto' } = project.settings.authkit;
  if (hosting === 'fixed') return { kind: 'fixed' };
  const named = hostingNamed(hosting);
  if (named) return named.id === 'vercel' ? ON_VERCEL : { kind: 'other', hosting: named };
  if (isShownBy(text, VERCEL)) return ON_VERCEL;
  return shownAround(
    project,
    dirname(path),
    project.appsFor(path).map(({ root }) => root),
  );
}

/** Whether code for Vercel may be written into an app, or be asked for. */
export const runsOnVercel = (shown: ShownHosting): boolean => shown.kind === 'vercel';

/** Whether an app is known to run elsewhere than on Vercel. */
export const runsElsewhere = (shown: ShownHosting): boolean => shown.kind === 'other' || shown.kind === 'fixed';

const shownAround = perProject('hosting', (project, folder: string, apps: readonly string[]): ShownHosting => {
  const { cwd, facts } = project;
  const around = [...new Set([folder, ...apps].flatMap((each) => foldersUp(each, repositoryRoot(facts, each, cwd))))];
  const packages = [...new Set([...around, ...workspaceOf(facts, folder, cwd).packages.map(({ root }) => root)])];
  const has = ({ files }: Hosting, folders: readonly string[]): boolean =>
    folders.some((each) => files.some((name) => facts.kind(join(each, name)) !== undefined));
  if (has(VERCEL, packages)) return ON_VERCEL;
  const registered = project
    .convexProjectsFor(join(folder, 'package.json'))
    .map(({ configFile }) => configFile?.text ?? '');
  const ofVariables = (texts: readonly string[]): ShownHosting | undefined => {
    const found = [VERCEL, ...OTHER_HOSTINGS].find(({ variables }) => texts.some((each) => variables?.test(each)));
    if (!found) return undefined;
    return found.id === 'vercel' ? ON_VERCEL : { kind: 'other', hosting: found };
  };
  const byRegistration = ofVariables(registered);
  if (byRegistration) return byRegistration;
  const other = OTHER_HOSTINGS.find((hosting) => has(hosting, around));
  if (other) return { kind: 'other', hosting: other };
  if (packages.some((root) => isShownIn(project, root, 'vercel'))) return ON_VERCEL;
  const read = OTHER_HOSTINGS.find((hosting) => apps.some((root) => isShownIn(project, root, hosting.id)));
  if (read) return { kind: 'other', hosting: read };
  if (packages.some((root) => usesPackagesOfVercel(root, facts)) || registered.some(hasPreviews)) return ON_VERCEL;
  return has(DOCKER, around) ? { kind: 'other', hosting: DOCKER } : UNKNOWN;
});

const usesPackagesOfVercel = (root: string, facts: Facts): boolean =>
  (facts.text(join(root, 'package.json')) ?? '').includes('"@vercel/');

const hasPreviews = (text: string): boolean => readConvexJson('', text)?.authKit.preview !== undefined;

const MAX_FILES = 3_000;

/** Whether a source file of a package shows a platform. Bounded; what lies deeper counts as no evidence. */
const isShownIn = perProject('shows hosting', ({ facts }, root: string, id: string): boolean => {
  const hosting = hostingNamed(id);
  if (!hosting) return false;
  for (const path of runningFilesBelow(root, facts, MAX_FILES, 'own'))
    if (isShownBy(facts.text(path) ?? '', hosting)) return true;
  return false;
});

/** Whether code reads a variable that only a platform sets, or uses AuthKit next to a host of the platform's, which is then its own. */
const isShownBy = (text: string, { ownHost, variables }: Hosting): boolean =>
  variables?.test(text) === true || (ownHost?.test(text) === true && text.includes('@workos-inc/authkit'));
