/** Plans the page `/admin/auth-debug`: both of its files and, where the proxy would leave it out, the matcher, or nothing. */
import { dirname, join, relative } from 'node:path';
import { insertItemAfter, styleOf, withEdits } from '../../analysis/edits/edits.ts';
import { laidOut } from '../../analysis/edits/layout/lay-out.ts';
import { lineWidthOf } from '../../analysis/edits/line-width.ts';
import { positionAt, type SourceFile } from '../../analysis/syntax/source-file.ts';
import { covers, sourceFor } from '../../playbook/proxy/matcher/coverage.ts';
import { readMatcher } from '../../playbook/proxy/matcher/read-matcher.ts';

import { packageAt } from '../../project/modules/packages.ts';
import { type App, type Project, isAtLeast } from '../../project/project.ts';
import { runningProxiesOf } from '../../project/proxy-files.ts';
import { recordOf } from '../../project/settings.ts';
import { type FileChange, type LeftPlace, type Place, type Plan, type Planner, toldInFull } from '../workspace/plan.ts';
import { componentText, type PackageVersionText, pageText, type PageStyle } from './page-text.ts';
import { hasAuthDebug, type Placement, placementIn } from './placement.ts';
import { AUTHKIT } from '../../playbook/libraries/authkit-nextjs.ts';

/** The first version that has `useTokenClaims()`. */
const LEAST = '2.4.1';

export const planAuthDebug: Planner = ({ files, projectFor }) => {
  const { left, transactions } = planOf(appsOf(files(), projectFor));
  return { transactions, left: toldInFull(left) };
};

function planOf(apps: readonly AppOfRun[]): Plan {
  if (apps.some(({ app, project }) => hasAuthDebug(app, project))) return NOTHING;
  const [first, second] = apps;
  if (!first) return NOTHING;
  if (second)
    return {
      transactions: [],
      left: apps.map(({ app, project }) =>
        leftAt(app, project, `run it with the folder of one app, such as ${project.display(app.root)}`),
      ),
    };
  return planFor(first.app, first.project);
}

const NOTHING: Plan = { transactions: [], left: [] };

interface AppOfRun {
  readonly app: App;
  readonly project: Project;
}

/** The apps of a run that have AuthKit. */
function appsOf(files: readonly string[], projectFor: (path: string) => Project): readonly AppOfRun[] {
  const found = new Map<string, AppOfRun>();
  for (const path of files) {
    const project = projectFor(path);
    const app = project.appOf(path);
    if (app && !found.has(app.root) && project.dependsOn(app.root, AUTHKIT)) found.set(app.root, { app, project });
  }
  return [...found.values()];
}

function planFor(app: App, project: Project): Plan {
  const version = project.versionOf(app.root, AUTHKIT);
  if (isAtLeast(version, LEAST) === false)
    return leave(app, project, `its hooks are there since ${AUTHKIT} ${LEAST}, and this is ${version?.version ?? ''}`);
  const placement = placementIn(app, project);
  if ('reason' in placement) return leave(app, project, placement.reason);
  const layout = project.sourceFile(placement.layout);
  if (!layout) return leave(app, project, `${project.display(placement.layout)} cannot be read`);
  const matcher = matcherChange(app, placement, project);
  if (matcher && 'reason' in matcher) return leave(app, project, matcher.reason);
  return {
    transactions: [
      {
        changes: [...pageChanges(app, placement, layout, project), ...(matcher ? [matcher.change] : [])],
        places: matcher ? [matcher.place] : [],
      },
    ],
    left: [],
  };
}

const leave = (app: App, project: Project, reason: string): Plan => ({
  transactions: [],
  left: [leftAt(app, project, reason)],
});

function leftAt({ configPath, root }: App, { facts }: Project, reason: string): LeftPlace {
  const manifest = join(root, 'package.json');
  const path = facts.kind(manifest) === 'file' ? manifest : (configPath ?? manifest);
  return { path, line: 1, column: 1, message: 'No auth-debug page was written.', reason };
}

function pageChanges(app: App, placement: Placement, layout: SourceFile, project: Project): readonly FileChange[] {
  const { folder, hasAuthKitProvider, hasConvexProvider } = placement;
  const extension = /\.[jt]sx?$/u.exec(layout.path)?.[0] ?? '.tsx';
  const { indentUnit, printWidth } = project.formattingOf(join(folder, `page${extension}`));
  const style: PageStyle = {
    ...styleOf(layout),
    ...(indentUnit !== undefined && { indentUnit }),
    width: printWidth ?? lineWidthOf(layout),
    isTyped: extension.startsWith('.ts'),
  };
  const hasConvex = hasConvexProvider && project.dependsOn(app.root, 'convex');
  const names = [AUTHKIT, ...(hasConvex ? ['convex'] : []), 'next'];
  const owner = manifestFolder(app, project);
  const content = {
    versions: owner === undefined ? [] : versionsIn(owner, names, project),
    manifest: relative(folder, join(owner ?? app.root, 'package.json'))
      .split('\\')
      .join('/'),
    hasConvex,
    needsProvider: !hasAuthKitProvider,
  };
  return [
    { kind: 'create', path: join(folder, `auth-debug${extension}`), after: componentText(content, style) },
    { kind: 'create', path: join(folder, `page${extension}`), after: pageText(content, style) },
  ];
}

/** The nearest folder around an app whose package.json names AuthKit. */
function manifestFolder({ root }: App, { facts }: Project): string | undefined {
  for (let folder = root; ; folder = dirname(folder)) {
    if (packageAt(facts, folder)?.dependencies.has(AUTHKIT) === true) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}

/** Where in package.json the range of each package is; those that are nowhere are left out. */
function versionsIn(folder: string, names: readonly string[], { facts }: Project): readonly PackageVersionText[] {
  const json = packageAt(facts, folder)?.json ?? {};
  return names.flatMap((name) => {
    const section = ['dependencies', 'devDependencies', 'peerDependencies'].find(
      (each) => typeof recordOf(json[each])[name] === 'string',
    );
    return section === undefined ? [] : [{ name, section }];
  });
}

type MatcherChange = { readonly change: FileChange; readonly place: Place } | { readonly reason: string };

/** Adds the page to a matcher that leaves it out: without the proxy the page would show no user, whoever is there. */
function matcherChange(app: App, { path, segments }: Placement, project: Project): MatcherChange | undefined {
  const [proxy, other] = runningProxiesOf(project.facts, app);
  const file = proxy && !other ? project.sourceFile(proxy.path) : undefined;
  const matcher = file && readMatcher(file);
  if (!file || !matcher || matcher === 'everything') return undefined;
  if (covers(matcher, segments, app) !== false) return undefined;
  const last = matcher.list?.elements.at(-1);
  const reason = `the matcher of ${project.display(file.path)} leaves out ${path}: add it there first`;
  if (!last) return { reason };
  const { quote } = styleOf(file);
  const edits = insertItemAfter(file, last, quote + sourceFor(segments, false) + quote, ',');
  const after = withEdits(laidOut(edits, file, project.formattingOf(file.path)), file.text);
  if (after === undefined) return { reason };
  const mark = file.hasBOM ? '\uFEFF' : '';
  return {
    change: { kind: 'edit', path: file.path, before: mark + file.text, after: mark + after },
    place: { path: file.path, ...positionAt(file.text, last.range[1]), message: `${path} is added to the matcher.` },
  };
}
