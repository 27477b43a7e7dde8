/**
 * Plans the upgrade of AuthKit, package by package: everything that it takes in one transaction, or nothing where something is left to decide
 * that would break the app. A package that is there already gets the edits alone.
 */
import { findRawAuthorizationUrls } from '../../playbook/server-calls/authorization-url.ts';
import { findCookieWrites, mayWriteCookie } from '../../playbook/server-calls/cookie-write.ts';
import { PKCE_VERSION } from '../../playbook/libraries/authkit-nextjs.ts';
import { type Project, assumingVersions, isAtLeast } from '../../project/project.ts';
import { isTestFile } from '../../project/modules/source-files.ts';
import { type LeftPlace, type Plan, type Planner, toldInFull } from '../workspace/plan.ts';
import { fixAuthorizationUrl } from '../sign-in-calls/authorization-urls.ts';
import { codeBlockers, importsInPages, versionBlockers } from './blockers.ts';
import { fixCookieWrite } from '../sign-in-calls/cookie-writes.ts';
import { Draft, leftIn } from '../workspace/draft.ts';
import { placeOfAuthKit, upgradeManifest } from './manifest.ts';
import { moveToNodeSdk } from './node-sdk.ts';
import { notesOf } from './notes.ts';
import { renameProxies } from './proxy-names.ts';
import { SignInRoutes } from '../sign-in-calls/sign-in-route.ts';
import { type Unit, unitGroupsOf } from './units.ts';
import { AUTHKIT, GOOD, TARGET, leastOf, semverOf } from './versions.ts';
import { type SignInFix, addFix } from '../sign-in-calls/place.ts';
import type { Range } from '../../analysis/syntax/ast.ts';

export const planUpgrade: Planner = ({ cwd, files, projectFor }) => {
  const plans = unitGroupsOf(files(), cwd, projectFor).map(planOfGroup);
  return {
    transactions: plans.flatMap(({ transactions }) => transactions),
    left: toldInFull(plans.flatMap(({ left }) => left)),
  };
};

function planOfGroup(units: readonly Unit[]): Plan {
  const [first] = units;
  const isBehind = units.some((unit) => !isUpgraded(unit));
  const early = isBehind ? units.flatMap(versionBlockers) : [];
  if (!first || early.length > 0) return { transactions: [], left: early };
  const parts = units.filter(({ isWhole }) => !isWhole);
  if (parts.length > 0) return { transactions: [], left: parts.map(notWhole) };
  const draft = new Draft(first.project);
  const found = units.map((unit) => draftUnit(unit, isBehind, draft));
  const blocking = found.flatMap((each) => each.blocking);
  if (isBehind && blocking.length > 0)
    return { transactions: [], left: [...units.map((unit) => stays(unit, blocking.length)), ...blocking] };
  const transaction = draft.toTransaction();
  return {
    transactions: transaction.changes.length > 0 ? [transaction] : [],
    // Once the upgrade is written it is asked again.
    left: isBehind ? [] : [...blocking, ...found.flatMap((each) => each.known), ...units.flatMap(notesOf)],
  };
}

function notWhole(unit: Unit): LeftPlace {
  const place = placeOfAuthKit(unit, 'Not all of this package was looked at.');
  return { ...place, reason: 'run it with the folder of this package, or without a path' };
}

function stays(unit: Unit, places: number): LeftPlace {
  const place = placeOfAuthKit(unit, `${AUTHKIT} stays at ${unit.range}.`);
  const which = places === 1 ? '1 other place has' : `${String(places)} other places have`;
  return { ...place, reason: `${which} to be changed first; the upgrade is written as a whole, or not at all` };
}

/** Whether a package asks for a version that needs no upgrade, or has one. */
function isUpgraded({ package: own, project, range }: Unit): boolean {
  const least = leastOf(range);
  const { gte } = semverOf();
  if (least !== undefined && gte(least, GOOD)) return true;
  const found = project.versionOf(own.root, AUTHKIT);
  return found !== undefined && gte(found.version, GOOD);
}

/** What a package leaves for a person. */
interface Left {
  /** What the upgrade would break. */
  readonly blocking: readonly LeftPlace[];
  /** What is broken with the version that it has, too. */
  readonly known: readonly LeftPlace[];
}

/** Puts the edits of a package into the draft. */
function draftUnit(unit: Unit, isBehind: boolean, draft: Draft): Left {
  const project = assumingVersions(unit.project, { [AUTHKIT]: TARGET });
  const broken = [...fixCode(unit, project, draft), ...codeBlockers(unit, project)];
  const blocking = [...importsInPages(unit, project), ...moveToNodeSdk(unit.files, project, draft)];
  renameProxies({ ...unit, project }, draft);
  if (isBehind) blocking.push(...draftManifest(unit, draft));
  const hasPkce = isAtLeast(unit.project.versionOf(unit.package.root, AUTHKIT), PKCE_VERSION) === true;
  return hasPkce ? { blocking, known: broken } : { blocking: [...broken, ...blocking], known: [] };
}

function draftManifest(unit: Unit, draft: Draft): readonly LeftPlace[] {
  const manifest = upgradeManifest(unit);
  if (!manifest) return [{ ...placeOfAuthKit(unit, 'This is not JSON.'), reason: 'it cannot be read' }];
  draft.edit(unit.manifest, manifest.edits, manifest.places);
  return manifest.left;
}

/** The calls that break with the new version, each with its fix or the reason why it has none. */
function fixCode(unit: Unit, project: Project, draft: Draft): readonly LeftPlace[] {
  const left: LeftPlace[] = [];
  const routes = new Map(unit.apps.map((app) => [app, new SignInRoutes(app, project, draft)]));
  for (const path of unit.files) {
    const text = project.facts.text(path) ?? '';
    if (isTestFile(path)) continue;
    const writes = mayWriteCookie(text, path, () => project);
    const file = writes || text.includes('getAuthorizationUrl') ? project.sourceFile(path) : undefined;
    if (!file) continue;
    const app = project.appOf(path);
    const add = (fix: SignInFix, [offset]: Range, message: string) => {
      if ('rewrite' in fix) addFix(draft, file, fix);
      else left.push(leftIn(file, offset, message, fix.reason));
    };
    for (const { data, range } of writes ? findCookieWrites(file, project, undefined) : [])
      add(
        fixCookieWrite({ file, range, project, routes: app && routes.get(app) }),
        range,
        `Since 3.0.0 ${data['call'] ?? 'this'} sets a cookie, which a page must not do.`,
      );
    for (const { range } of findRawAuthorizationUrls(file, project, undefined))
      add(
        fixAuthorizationUrl({ file, range, project }),
        range,
        'Since 3.0.0 handleAuth() refuses a sign-in that this URL starts.',
      );
  }
  return left;
}
