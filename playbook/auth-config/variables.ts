/** What is wrong with the variables that `auth.config` reads: unset, empty, taken for optional, or not the app's. */
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import type { Project } from '../../project/project.ts';
import { unsetVariableError } from './acceptance/convex-errors.ts';
import { ALWAYS_SET, type KnownEnvironment } from './environment.ts';
import type { AuthConfigFinding } from './findings.ts';
import { CLIENT_ID_VARIABLE } from './placeholders.ts';
import { optionalBy } from './optional.ts';
import type { VariableRead } from './reads.ts';

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
  // One import may bring in a whole backend, and what is wrong with it is told by the first few.
  return findings.filter(
    (finding, index) =>
      findings.slice(0, index).filter((other) => other.range === finding.range).length < MAX_AT_ONE_PLACE,
  );
}

const MAX_AT_ONE_PLACE = 3;

function findFault(
  name: string,
  { file, isReached, known: { complete, disagreement }, project, reads }: Subject,
): AuthConfigFinding | undefined {
  const [first] = reads;
  if (!first) return undefined;
  const { range } = first.own;
  const { error } = unsetVariableError(name);
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
