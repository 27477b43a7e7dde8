/** What the rules have to say of a file, without ESLint. */
import { basename } from 'node:path';
import { type SourceFile, withoutBOM } from '../../analysis/syntax/source-file.ts';
import { parsedOnce } from '../../codemods/transform.ts';
import type { Finding } from '../../playbook/finding.ts';
import type { Level } from '../../project/configuration/configuration.ts';
import type { Project } from '../../project/project.ts';
import type { AuthKitRule, KnownFindings } from '../../rules/create-rule.ts';
import { type AnyDefinition, isOff, optionsIn } from '../../rules/definition.ts';
import { rules } from '../../rules/index.ts';
import { mayConcern } from '../../rules/needles.ts';
import { isTextRule, type TextRule } from '../../rules/on-text.ts';
import { isTurnedOn } from '../files/project.ts';
import type { FoundFile } from '../files/read.ts';
import { hasConfiguringComment } from './results.ts';

/** Which rules are on. */
export interface Asked {
  /** Whether the preset `strict` counts, whatever the configuration says. */
  readonly strict?: boolean;
  /** What the command line sets for rules, by their names. */
  readonly levels?: Levels;
  /** Rules whose findings are only counted, by their names. */
  readonly hidden?: ReadonlySet<string>;
}

export type Levels = ReadonlyMap<string, Level>;

/** The path by which ESLint knows a file: presets name extensions in small letters. */
export const lintedPath = (path: string): string =>
  path.replace(/\.[^./\\]+$/u, (extension) => extension.toLowerCase());

/** Whether a text has anything that a rule looks for which is on in its project. */
export function mayHaveFindings(text: string, path: string, project: Project, options: Asked): boolean {
  if (isText(basename(path))) return textRules.some((rule) => findsIn(rule, path, text, project));
  return Object.values(rules).some((rule) => isConcerned(rule, text, path, project, options));
}

function isConcerned(
  { definition: { name, needles, presets } }: AuthKitRule,
  text: string,
  path: string,
  project: Project,
  { hidden, levels, strict }: Asked,
): boolean {
  const isOn =
    presets.recommended !== undefined ||
    strict === true ||
    levels?.has(name) === true ||
    hidden?.has(name) === true ||
    isTurnedOn(project, name);
  return isOn && mayConcern(needles, text, path, () => project);
}

/**
 * Whether ESLint may have something to say of a file. Asking the rules takes a third of the time, and leaves ESLint, which is needed only to
 * report what they find, unloaded where they find nothing. Of a file that was named, its syntax is looked at as well.
 */
export function mayHaveMessages({ named, path }: FoundFile, text: string, project: Project, options: Asked): boolean {
  if (isText(basename(path))) return named || mayHaveFindings(text, path, project, options);
  const concerned = Object.values(rules).filter((rule) => isConcerned(rule, text, path, project, options));
  if (concerned.length === 0 && !named) return false;
  // A comment may turn on another rule, give it options, or name one of ours that is not there; what is wrong with the settings every rule reports.
  if (hasConfiguringComment(text) || mayNameRules(text) || project.mistakes.length > 0) return true;
  try {
    const parsed = parsedOnce(lintedPath(path), text, project);
    if (!parsed.ok) return true;
    last = { file: parsed.file, project, findings: new Map() };
    const findings = findingsWithin(project);
    return concerned.some(
      ({ definition }) =>
        options.levels?.get(definition.name) !== 'off' &&
        !isOff(project, definition.name, path) &&
        findings(definition, parsed.file.path, parsed.file.text)?.length !== 0,
    );
  } catch {
    // The rule will report it.
    return true;
  }
}

/** The file that the rules were asked about last, and what they found: ESLint, which is asked next, reports that. */
let last:
  | {
      readonly file: SourceFile;
      readonly project: Project;
      readonly findings: Map<AnyDefinition, readonly Finding[]>;
    }
  | undefined;

export function findingsWithin(project: Project): KnownFindings {
  return (rule, path, text) => {
    if (last?.project !== project || last.file.path !== path || last.file.text !== text) return undefined;
    const { file, findings } = last;
    let found = findings.get(rule);
    if (!found) findings.set(rule, (found = rule.find(file, project, optionsIn(project, rule.name, undefined))));
    return found;
  };
}

/** Whether a comment of a text may turn rules of ours off, or on again. */
const mayNameRules = (text: string): boolean =>
  /\beslint-(?:disable|enable)\b/u.test(text) && /(?<![\w-])authkit\//u.test(text);

const textRules = Object.values(rules).filter(isTextRule);

/** Whether some rule looks at a file that is no script, by its base name. */
export function isText(name: string): boolean {
  return textRules.some(({ textSide }) => textSide.isFile(name));
}

// Asking the rule is cheaper than loading ESLint, which is needed only to print what it finds.
function findsIn({ textSide }: TextRule, path: string, text: string, project: Project): boolean {
  if (!textSide.isFile(basename(path))) return false;
  try {
    return textSide.find(path, withoutBOM(text), project).length > 0;
  } catch {
    // The rule will report it.
    return true;
  }
}
