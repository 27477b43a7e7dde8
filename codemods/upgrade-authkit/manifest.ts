/** package.json in an upgrade: the range of AuthKit, and that of the Node SDK, which is a peer of it since 4.1.4. */
import { createRequire } from 'node:module';
import type * as Jsonc from 'jsonc-parser';
import { type Edit, indentAt } from '../../analysis/edits/edits.ts';
import { positionAt } from '../../analysis/syntax/source-file.ts';
import type { JsonFile } from '../../project/project.ts';
import type { LeftPlace, Place } from '../workspace/plan.ts';
import type { Unit } from './units.ts';
import { AUTHKIT, GOOD, NODE_SDK, PEER_RANGE, PEER_TARGET, TARGET, leastOf, rangeLike, semverOf } from './versions.ts';

const require = createRequire(import.meta.url);

const SECTIONS = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'] as const;

export interface Manifest {
  readonly edits: readonly Edit[];
  readonly places: readonly Place[];
  /** What keeps it from being edited. */
  readonly left: readonly LeftPlace[];
}

/** One entry of a section: `"name": "range"`. */
export interface Entry {
  readonly section: string;
  /** Of the property, and of the range with its quotes. */
  readonly offset: number;
  readonly value: readonly [start: number, end: number];
  readonly range: string;
}

/** The entries of a package in all sections. */
function entriesOf({ tree }: JsonFile, name: string): readonly Entry[] {
  const { findNodeAtLocation } = require('jsonc-parser') as typeof Jsonc;
  return SECTIONS.flatMap((section) => {
    const node = tree && findNodeAtLocation(tree, [section, name]);
    if (node?.type !== 'string' || !node.parent) return [];
    const range = String(node.value);
    return [{ section, offset: node.parent.offset, value: [node.offset, node.offset + node.length], range }];
  });
}

/** The place of AuthKit in a package.json. */
export function placeOfAuthKit(unit: Unit, message: string): Place {
  const json = unit.project.json(unit.manifest);
  const [entry] = json ? entriesOf(json, AUTHKIT) : [];
  return placeAt(unit.manifest, json, entry?.offset ?? 0, message);
}

function placeAt(path: string, json: JsonFile | undefined, offset: number, message: string): Place {
  return { path, ...(json ? positionAt(json.text, offset) : { line: 1, column: 1 }), message };
}

/** The edits of a unit's package.json; undefined for one that is no JSON. */
export function upgradeManifest(unit: Unit): Manifest | undefined {
  const { manifest: path, project } = unit;
  const json = project.json(path);
  if (!json?.isValid) return undefined;
  const edits: Edit[] = [];
  const places: Place[] = [];
  const left: LeftPlace[] = [];
  const leave = (offset: number, message: string, reason: string) => {
    left.push({ ...placeAt(path, json, offset, message), reason });
  };
  const change = (entry: Entry, name: string, range: string) => {
    edits.push({ range: entry.value, text: JSON.stringify(range) });
    places.push(placeAt(path, json, entry.offset, `${name} ${entry.range} becomes ${range}.`));
  };
  for (const entry of entriesOf(json, AUTHKIT)) {
    if (semverOf().gte(leastOf(entry.range) ?? '0.0.0', GOOD)) continue;
    const range = rangeLike(entry.range, TARGET);
    if (entry.section === 'peerDependencies')
      leave(entry.offset, `${AUTHKIT} is a peer here.`, 'which versions a package supports is for its owner to say');
    else if (range === undefined)
      leave(entry.offset, `'${entry.range}' is no range that can be raised here.`, whyNot(entry.range));
    else change(entry, AUTHKIT, range);
  }
  const [authkit] = entriesOf(json, AUTHKIT);
  const peers = entriesOf(json, NODE_SDK);
  for (const entry of peers) {
    if (goesWith(entry.range)) continue;
    const range = isOlder(entry.range) ? rangeLike(entry.range, PEER_TARGET) : undefined;
    if (range === undefined || entry.section === 'peerDependencies')
      leave(
        entry.offset,
        `${AUTHKIT} ${TARGET} needs ${NODE_SDK} ${PEER_RANGE}.`,
        `'${entry.range}' has to be changed by hand`,
      );
    else change(entry, NODE_SDK, range);
  }
  if (peers.length === 0 && authkit && authkit.section !== 'peerDependencies') {
    const range = rangeLike(authkit.range, PEER_TARGET) ?? `^${PEER_TARGET}`;
    edits.push(addedBehind(json, authkit, `${JSON.stringify(NODE_SDK)}: ${JSON.stringify(range)}`));
    places.push(
      placeAt(path, json, authkit.offset, `${NODE_SDK} ${range} is added: AuthKit no longer brings it along.`),
    );
  }
  for (const [offset, where] of pinsIn(json)) {
    leave(offset, `${where} decides about a package of WorkOS.`, 'change it for the new version, and run this again');
  }
  return { edits, places, left };
}

/** Where package.json decides about the packages for all that depend on them: the new range would change nothing, or not install. */
const PINS = [['overrides'], ['resolutions'], ['pnpm', 'overrides'], ['pnpm', 'patchedDependencies']] as const;

function pinsIn({ tree }: JsonFile): readonly (readonly [offset: number, where: string])[] {
  const { findNodeAtLocation } = require('jsonc-parser') as typeof Jsonc;
  return PINS.flatMap((path) => {
    const node = tree && findNodeAtLocation(tree, [...path]);
    return (node?.children ?? []).flatMap((property) => {
      const name: unknown = property.children?.[0]?.value;
      const isOurs = typeof name === 'string' && (name.includes(AUTHKIT) || name.includes(NODE_SDK));
      return isOurs ? [[property.offset, path.join('.')] as const] : [];
    });
  });
}

function whyNot(range: string): string {
  if (range.startsWith('catalog:')) return 'raise it in the catalog, and run this again';
  return 'write the version that is meant, and run this again';
}

/** Whether a range allows nothing but versions that go with the target. */
function goesWith(range: string): boolean {
  const { subset, validRange } = semverOf();
  const text = range.trim();
  return validRange(text) !== null && text !== '' && subset(text, PEER_RANGE);
}

function isOlder(range: string): boolean {
  const least = leastOf(range);
  return least !== undefined && semverOf().lt(least, '9.0.0');
}

/** A property on the next line, or on the same one where the other shares its line. */
function addedBehind({ text }: JsonFile, { offset, value: [, end] }: Entry, property: string): Edit {
  const lineStart = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
  const isFirst = text.slice(lineStart, offset).trim() === '';
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  return { range: [end, end], text: `,${isFirst ? eol + indentAt(text, offset) : ' '}${property}` };
}
