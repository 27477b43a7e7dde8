/** What speaks against an upgrade and no edit can decide: the app would not install, not compile, or not sign in. */
import { relative } from 'node:path';
import { propertyName } from '../../analysis/syntax/ast.ts';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import { usesOf } from '../../playbook/libraries/index.ts';
import { findDroppedSessionHeaders } from '../../playbook/server-calls/session-headers.ts';
import type { App, Project } from '../../project/project.ts';
import { isTestFile } from '../../project/modules/source-files.ts';
import type { LeftPlace } from '../workspace/plan.ts';
import { leftIn } from '../workspace/draft.ts';
import { placeOfAuthKit } from './manifest.ts';
import type { Unit } from './units.ts';
import { AUTHKIT, NEXT_RANGE, OLDEST, TARGET, semverOf } from './versions.ts';

/** What is known by versions alone: with one of these nothing else is looked at. */
export function versionBlockers(unit: Unit): readonly LeftPlace[] {
  const { apps, package: own, project } = unit;
  const { lt, satisfies } = semverOf();
  const found = project.versionOf(own.root, AUTHKIT);
  if (found && lt(found.version, OLDEST)) {
    const place = placeOfAuthKit(unit, `This is AuthKit ${found.version}.`);
    return [{ ...place, reason: 'before 2.0.0 other functions were exported: upgrade to 2.17.0 first' }];
  }
  const roots = apps.length > 0 ? apps.map(({ root }) => root) : [own.root];
  const next = roots
    .map((root) => project.versionOf(root, 'next'))
    .find((version) => version && !satisfies(version.version, NEXT_RANGE, { includePrerelease: true }));
  if (!next) return [];
  const place = placeOfAuthKit(unit, `AuthKit ${TARGET} does not support Next.js ${next.version}.`);
  return [{ ...place, reason: `upgrade Next.js first: ${NEXT_RANGE}` }];
}

/** What is found in the code of a unit, with the project as it is after the upgrade. */
export function codeBlockers(unit: Unit, project: Project): readonly LeftPlace[] {
  const files = unit.files.flatMap((path) => {
    const text = project.facts.text(path) ?? '';
    const file = /authkit|authenticateWith/iu.test(text) && !isTestFile(path) ? project.sourceFile(path) : undefined;
    return file ? [file] : [];
  });
  return [
    ...files.flatMap((file) => droppedVerifiers(file, project)),
    ...unit.apps.flatMap((app) => callbacksWithoutVerifier(app, files, project)),
  ];
}

/** A proxy that redirects to sign in without the headers that hold the verifier: before 3.0.0 there was none. */
function droppedVerifiers(file: SourceFile, project: Project): readonly LeftPlace[] {
  return findDroppedSessionHeaders(file, project, undefined).flatMap(({ messageId, range }) =>
    messageId === 'redirectWithoutHeaders'
      ? [
          leftIn(
            file,
            range[0],
            'Since 3.0.0 a sign-in cannot finish without the cookie in these headers.',
            'redirect with handleAuthkitHeaders(request, headers, { redirect: authorizationUrl })',
          ),
        ]
      : [],
  );
}

/** A callback of the app's own, for sign-ins that AuthKit starts: since 3.0.0 they have a code verifier. */
function callbacksWithoutVerifier(app: App, files: readonly SourceFile[], project: Project): readonly LeftPlace[] {
  const uses = files.filter(({ path }) => project.appOf(path) === app).flatMap((file) => usesOf(file, project));
  const isMade = uses.some(({ entry }) => entry.finishesSignIn === 'handler-factory');
  const isStarted = uses.some(({ entry, library }) => library.name === AUTHKIT && entry.startsSignIn === 'always');
  if (isMade || !isStarted) return [];
  return uses.flatMap(({ file, name, node }) => {
    if (!name.endsWith('userManagement.authenticateWithCode') || node.type !== 'CallExpression') return [];
    const [options] = node.arguments;
    const isPlain =
      options?.type === 'ObjectExpression' &&
      options.properties.every((each) => each.type === 'Property' && propertyName(each) !== 'codeVerifier');
    return isPlain
      ? [
          leftIn(
            file,
            node.range[0],
            'Since 3.0.0 getSignInUrl() starts sign-ins with a code verifier, which this call does not have.',
            'let handleAuth() finish the sign-in',
          ),
        ]
      : [];
  });
}

/** Next.js refuses `server-only`, which AuthKit imports since 4.3.0, in what a page of the Pages Router imports. */
export function importsInPages({ files }: Unit, project: Project): readonly LeftPlace[] {
  return files.flatMap((path) => {
    const file = project.facts.text(path)?.includes(AUTHKIT) === true ? project.sourceFile(path) : undefined;
    return file ? importsInPage(file, project) : [];
  });
}

function importsInPage(file: SourceFile, project: Project): readonly LeftPlace[] {
  const { pagesDir } = project.appOf(file.path) ?? {};
  const below = pagesDir === undefined ? '..' : relative(pagesDir, file.path);
  if (below.startsWith('..') || /^api[\\/.]/u.test(below)) return [];
  return file.ast.body.flatMap((statement) => {
    if (statement.type !== 'ImportDeclaration' || statement.source.value !== AUTHKIT) return [];
    if (statement.importKind === 'type') return [];
    return [
      leftIn(
        file,
        statement.range[0],
        `Since 4.3.0 '${AUTHKIT}' cannot be imported in the Pages Router.`,
        'move what it does to the App Router or to an API route',
      ),
    ];
  });
}
