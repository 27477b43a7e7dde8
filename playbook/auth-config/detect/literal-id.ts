/** Client ids that are in the text, and are not those of the environment. */
import { type Node, literalText, unwrap } from '../../../analysis/syntax/ast.ts';
import { replace } from '../../../analysis/edits/edits.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import { type PropertyValue, knownText } from '../../../analysis/values/values.ts';
import type { KnownClientId, KnownEnvironment } from '../read/environment.ts';
import type { AuthConfigFinding } from '../findings.ts';
import { type Case, type Judged, idsOf, rangeOf } from '../provider/provider-faults.ts';
import { type Edits, fixWith } from '../fix/canonical-providers.ts';
import { variableCode } from '../fix/client-id-code.ts';
import { CLIENT_ID_VARIABLE } from '../read/placeholders.ts';

export interface LiteralId {
  readonly id: string;
  readonly judged: Judged;
}

/** A client id in the text that no environment of the project has. Ids next to one that fits are meant for others. */
export function findLiteralId(judged: readonly Judged[], { known }: Case): LiteralId | undefined {
  const ids = idsOfProject(known);
  if (ids.length === 0) return undefined;
  const isKnown = (id: string): boolean => ids.some(({ value }) => value === id);
  // What a variable of the deployment holds is not in the text.
  const isText = (id: string): boolean =>
    !Object.values({ ...known.some, ...known.complete }).some((value) => value.includes(id));
  const named = judged.flatMap((one) => idsOf(one).map((id): LiteralId => ({ id, judged: one })));
  const clients = judged.filter(({ role }) => role === 'client');
  // A provider that is another one on each deployment has an id for each.
  const isNamed = ({ possible, role }: Judged): boolean =>
    possible.some((concrete) => idsOf({ concrete, role }).some(isKnown));
  if ((clients.length > 0 ? clients : judged).some(isNamed)) return undefined;
  return named.find(({ id }) => id.startsWith('client_') && !isKnown(id) && isText(id));
}

function idsOfProject({ clientIds, publicIds }: KnownEnvironment): readonly KnownClientId[] {
  return clientIds.length > 0 ? clientIds : publicIds;
}

/** One report for an id: at the constant that holds it, or the first property that does. */
export function literalFinding({ id, judged }: LiteralId, pair: Edits, subject: Case): AuthConfigFinding {
  const { file, known, project } = subject;
  const [strongest] = idsOfProject(known);
  const { expression, imports } = variableCode(file, CLIENT_ID_VARIABLE, project);
  const data = { id, known: strongest?.value ?? '', source: strongest?.source ?? '', variable: expression };
  const constant = constantHolding(file, id);
  if (constant) {
    return {
      messageId: 'wrongClientId',
      data,
      range: constant.range,
      fix: { safety: 'review', edits: [...(imports ?? []), replace(constant, expression)] },
      fixMessageId: 'useVariable',
    };
  }
  const properties = [...judged.value.properties.values()].filter(({ node }) => node.file === file);
  const isNamed = ({ value }: PropertyValue): boolean => knownText(value)?.includes(id) === true;
  const property =
    properties.find(({ node }) => file.text.slice(...node.node.range).includes(id)) ?? properties.find(isNamed);
  const at = property?.node ?? judged.value.from;
  return {
    messageId: 'wrongClientId',
    data,
    range: rangeOf(at, subject),
    ...fixWith(pair, 'the client ID is not written in the provider itself'),
  };
}

/** The literal of `const clientId = 'client_…'`. */
function constantHolding(file: SourceFile, id: string): Node | undefined {
  for (const statement of file.ast.body) {
    const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    if (declaration?.type !== 'VariableDeclaration') continue;
    for (const { init } of declaration.declarations) {
      if (init && literalText(unwrap(init)) === id) return unwrap(init);
    }
  }
  return undefined;
}
