/**
 * Where links can come from at all: a file makes one, or fetches a path, only by a package that has links, by the `prefetch` of a router, or by a module
 * of the project that does. Most files of an app come to neither, however far their imports are followed, and need not be looked at.
 */
import type { Concern } from '../../analysis/syntax/bindings/modules.ts';
import { createImportTest, createModuleTest } from '../../project/modules/imports.ts';
import type { Project } from '../../project/project.ts';
import type { Entry } from '../libraries/entry.ts';
import { LIBRARIES } from '../libraries/index.ts';

const hasLink = ({ link, members, returns }: Entry): boolean =>
  link !== undefined || [members, returns].some((inner) => inner !== undefined && Object.values(inner).some(hasLink));

const MODULES = LIBRARIES.filter(({ exports }) => Object.values(exports).some(hasLink)).flatMap(
  ({ modules }) => modules,
);

/** The words of what fetches a path through a router. */
const FETCHES = String.raw`\bprefetch\b|Prefetch`;
const fetches: Concern = { of: 'code', text: new RegExp(FETCHES, 'u'), calls: Infinity };
const links: Concern = {
  of: 'code',
  text: new RegExp(
    `${FETCHES}|\\bprerender\\b|['"](?:${MODULES.map((module) => module.replaceAll('.', String.raw`\.`)).join('|')})['"]`,
    'u',
  ),
  calls: Infinity,
};

const leadsToFetch = createImportTest(fetches);
const leadsToLink = createImportTest(links);
const isModuleWithLinks = createModuleTest(links);

/** A file without these words makes no element where its language has no JSX. */
export const MAKES_ELEMENTS = /\b(?:clone|create)Element\b|\bjsx-(?:dev-)?runtime\b/u;

const hasNoJsx = (path: string): boolean => /\.[cm]?ts$/iu.test(path);

/** Whether a file may link to something, or fetch it, itself or by what it imports. `text` may not be the one on disk. */
export function mayLink(text: string, path: string, project: Project): boolean {
  if (hasNoJsx(path) && !MAKES_ELEMENTS.test(text)) return leadsToFetch(project, text, path);
  return hasNamedComponents(project) || leadsToLink(project, text, path);
}

/** Whether what a file imports may be a component that links to something. */
export function isFromModuleWithLinks(project: Project, module: string, fromPath: string): boolean {
  const path = project.resolve(module, fromPath);
  return path !== undefined && (hasNamedComponents(project) || isModuleWithLinks(project, path));
}

/** Components that the settings name may come from anywhere. */
const hasNamedComponents = ({ settings }: Project): boolean => settings.linkComponents.length > 0;
