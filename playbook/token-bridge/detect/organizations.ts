/**
 * Whether an app switches organizations. `getAccessToken()` then returns the old organization's token until it is about to expire, so that the forced
 * refresh is what brings the new one to Convex (PLAYBOOK section 2, measured).
 */
import { dirname } from 'node:path';
import { type Node, hasNode, propertyName } from '../../../analysis/syntax/ast.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import { perProject } from '../../../project/memos/per-project.ts';
import { createImportTest } from '../../../project/modules/imports.ts';
import { nearestPackage } from '../../../project/modules/packages.ts';
import type { Project } from '../../../project/project.ts';
import { runningFilesBelow } from '../../../project/modules/source-files.ts';
import { originsOf } from '../values/trace.ts';
import { declaredName, valueNamed } from '../../../analysis/syntax/objects.ts';

const MENTIONS = /\bswitchToOrganization\b|\borganizationId\b/u;
const REFRESHES = new Set(['refreshAuth', 'refreshSession']);
const SWITCH = 'switchToOrganization';
const MAX_FILES = 5_000;

/** Whether a file comes to a function that switches, by whatever hooks of the project. */
const leadsToSwitch = createImportTest({
  of: 'code',
  text: /\brefresh(?:Auth|Session)\b|\bswitchToOrganization\b/u,
  calls: 4,
});

/** Whether the package of a file, or an app that uses that package, switches organizations anywhere. */
export function switchesOrganization(path: string, project: Project): boolean {
  const { facts } = project;
  const own = nearestPackage(facts, path)?.root ?? project.appOf(path)?.root ?? dirname(path);
  const roots = new Set([own, ...project.appsFor(path).map(({ root }) => root)]);
  return [...roots].some((root) => switchesBelow(project, root));
}

const switchesBelow = perProject('switches organizations', (project, root: string): boolean => {
  const { facts } = project;
  for (const path of runningFilesBelow(root, facts, MAX_FILES, 'own')) {
    const text = facts.text(path) ?? '';
    if (!MENTIONS.test(text) || !leadsToSwitch(project, text, path)) continue;
    const file = project.sourceFile(path);
    if (file && hasNode(file.ast, (node) => isSwitch(node, file, project))) return true;
  }
  return false;
});

/** `switchToOrganization` of an AuthKit SDK, and `refreshAuth({ organizationId })`. */
function isSwitch(node: Node, file: SourceFile, project: Project): boolean {
  const given = node.type === 'CallExpression' && node.arguments[0] && namesOrganization(node.arguments[0]);
  const name = given ? node.callee : switchNamedBy(node);
  if (!name) return false;
  return originsOf({ file, node: name, path: [] }, project).some(
    (origin) =>
      origin.kind === 'workos' &&
      (given ? origin.role.kind === 'forced' && REFRESHES.has(origin.role.by) : origin.role.kind === 'switch'),
  );
}

/** The name of the function where a file gets it: by an import, out of a hook's result, as its member. */
function switchNamedBy(node: Node): Node | undefined {
  if (node.type === 'ImportSpecifier')
    return node.imported.type === 'Identifier' && node.imported.name === SWITCH ? node.local : undefined;
  if (node.type === 'MemberExpression') return propertyName(node) === SWITCH ? node : undefined;
  if (node.type !== 'Property' || node.parent.type !== 'ObjectPattern' || propertyName(node) !== SWITCH)
    return undefined;
  return declaredName(node);
}

const namesOrganization = (options: Node): boolean => valueNamed(options, 'organizationId') !== undefined;
