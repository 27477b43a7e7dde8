/** What is wrong with the variables that `auth.config` reads: unset, empty, taken for optional, or not the app's. */
import type { Node } from '../../../analysis/syntax/ast.ts';
import { type Edit, replace } from '../../../analysis/edits/edits.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import type { Project } from '../../../project/project.ts';
import { unsetVariableError } from '../acceptance/convex-errors.ts';
import { ALWAYS_SET } from '../acceptance/deploy.ts';
import type { KnownEnvironment } from '../read/environment.ts';
import type { AuthConfigFinding } from '../findings.ts';
import { CLIENT_ID_VARIABLE } from '../read/placeholders.ts';
import { isMisspellingOf } from '../../spelling.ts';
import { optionalBy } from './optional.ts';
import type { VariableRead } from '../read/reads.ts';

interface Subject {
  readonly file: SourceFile;
  readonly project: Project;
  readonly known: KnownEnvironment;
  readonly reads: readonly VariableRead[];
  /** Whether a read takes place with the environment that is known: not in an arm that is never taken. */
  readonly isReached: (read: VariableRead) => boolean;
}

/** Written into the code by Convex's bundler, so that nothing is read. */
const REPLACED = 'NODE_ENV';

/** One finding a variable, at its first read. */
export function findVariableFaults(subject: Subject): readonly AuthConfigFinding[] {
  const { reads } = subject;
  const names = [...new Set(reads.map(({ name }) => name))].filter(
    (name) => !ALWAYS_SET.has(name) && name !== REPLACED,
  );
  const findings = names.flatMap(
    (name) => findFault(name, { ...subject, reads: reads.filter((read) => read.name === name) }) ?? [],
  );
  // One import may bring in a whole backend, and the first few show what is wrong with it.
  return findings.filter(
    (finding, index) =>
      findings.slice(0, index).filter((other) => other.range === finding.range).length < MAX_AT_ONE_PLACE,
  );
}

const MAX_AT_ONE_PLACE = 3;

/** A name that no env file has, next to one that differs in its underscores or in a letter or two. */
function findMisspelling(name: string, { file, known: { names }, reads }: Subject): AuthConfigFinding | undefined {
  if (names.has(name)) return undefined;
  const meant = [...names].filter((other) => isMisspellingOf(name, other));
  const [nearest] = meant;
  const read = reads.find(({ at }) => at.file === file) ?? reads[0];
  if (nearest === undefined || !read) return undefined;
  const finding = { messageId: 'misspelledVariable', data: { name, nearest }, range: read.own.range } as const;
  const edits = reads.map(({ at, inside }) =>
    inside || at.file !== file ? undefined : renamed(at.node, name, nearest),
  );
  return meant.length === 1 && edits.every((edit) => edit !== undefined)
    ? { ...finding, fix: { safety: 'review', edits }, fixMessageId: 'renameVariable' }
    : { ...finding, unfixable: 'which variable is meant is not in the code' };
}

/** `process.env.NAME`; a binding (`const { NAME } = process.env`) has other uses. */
function renamed(node: Node, name: string, nearest: string): Edit | undefined {
  if (node.type !== 'MemberExpression') return undefined;
  const { property } = node;
  if (property.type === 'Identifier' && property.name === name) return replace(property, nearest);
  return property.type === 'Literal' ? replace(property, `'${nearest}'`) : undefined;
}

function findFault(name: string, subject: Subject): AuthConfigFinding | undefined {
  const {
    file,
    isReached,
    known: { complete, disagreement },
    project,
    reads,
  } = subject;
  const [first] = reads;
  if (!first) return undefined;
  const { range } = first.own;
  const { error } = unsetVariableError(name);
  const misspelled = findMisspelling(name, subject);
  if (misspelled) return misspelled;
  if (complete) {
    if (!Object.hasOwn(complete, name)) {
      const reached = reads.find((read) => isReached(read));
      return (
        reached && {
          messageId: 'unsetVariable',
          data: { name, error },
          range: reached.own.range,
          unfixable: `${name} has to be set in the Convex deployment`,
        }
      );
    }
    if (name === CLIENT_ID_VARIABLE && complete[name] === '') {
      return {
        messageId: 'emptyVariable',
        data: { name },
        range,
        unfixable: `${name} has to be set in the Convex deployment`,
      };
    }
  }
  if (name === CLIENT_ID_VARIABLE) {
    if (!disagreement) return undefined;
    const { app, convex } = disagreement;
    const data = { app: app.value, appSource: app.source, convex: convex.value, convexSource: convex.source };
    return {
      messageId: 'differentClientIds',
      data,
      range,
      unfixable: 'which of the two client ids is meant is not in the code',
    };
  }
  if (complete) return undefined;
  for (const { at, inside, optionalBy: schema, own } of reads) {
    const operator = schema ?? (inside && optionalBy(inside, project)) ?? optionalBy(at, project);
    if (operator === undefined) continue;
    const by = at.file === file ? operator : `${operator}, in ${project.display(at.file.path)}`;
    return {
      messageId: 'optionalVariable',
      data: { name, by, error },
      range: own.range,
      unfixable: `whether ${name} is set in every deployment is not in the code`,
    };
  }
  return undefined;
}
