/**
 * A text of which some parts are unknown: known text with holes that say what they are. It is cut and compared as a text is,
 * and a hole never matches a character.
 */
import { redacted } from '../texts/redact.ts';
import type { Part, TextValue, UnknownValue, UrlValue } from './values.ts';

/** A part that is not known: a variable of the environment, or what its value says it is. */
export type Hole = Exclude<Part, { readonly kind: 'known' }>;

/** What a URL is made of. The scheme is without its `//`, and empty in `//host/path`; `rest` begins with the path. */
export interface UrlPattern {
  readonly scheme: TextPattern;
  readonly host: TextPattern;
  readonly rest: TextPattern;
}

const nameOfHole = (hole: Hole): string => (hole.kind === 'env' ? `\${process.env.${hole.name}}` : '…');

export class TextPattern {
  /** Known parts are never empty. */
  readonly parts: readonly Part[];

  constructor(parts: readonly Part[]) {
    this.parts = parts.filter((part) => part.kind !== 'known' || part.text !== '');
  }

  /** The text of a value; one hole for a value that is unknown. */
  static of(value: TextValue | UnknownValue | UrlValue): TextPattern {
    if (value.type === 'unknown') return new TextPattern([{ kind: 'unknown', value }]);
    return new TextPattern(value.type === 'url' ? value.href.parts : value.parts);
  }

  get isEmpty(): boolean {
    return this.parts.length === 0;
  }

  /** The whole text, where it has no hole. */
  get known(): string | undefined {
    return this.holes.length === 0 ? this.start : undefined;
  }

  get holes(): readonly Hole[] {
    return this.parts.filter((part) => part.kind !== 'known');
  }

  /** The hole that is all there is. */
  get onlyHole(): Hole | undefined {
    const [first] = this.parts;
    return this.parts.length === 1 && first?.kind !== 'known' ? first : undefined;
  }

  /** The known text before the first hole. */
  get start(): string {
    return knownText(this.parts.slice(0, indexOr(this.parts.findIndex(isHole), this.parts.length)));
  }

  /** The known text behind the last hole. */
  get end(): string {
    return knownText(this.parts.slice(this.parts.findLastIndex(isHole) + 1));
  }

  /** What is before the first of some characters, and what begins with it; undefined where the known text has none of them. */
  cutBefore(characters: string): readonly [TextPattern, TextPattern] | undefined {
    for (const [index, part] of this.parts.entries()) {
      if (part.kind !== 'known') continue;
      const at = firstOf(part.text, characters);
      if (at === -1) continue;
      const before = [...this.parts.slice(0, index), { ...part, text: part.text.slice(0, at) }];
      const behind = [{ ...part, text: part.text.slice(at) }, ...this.parts.slice(index + 1)];
      return [new TextPattern(before), new TextPattern(behind)];
    }
    return undefined;
  }

  /** The pieces between the places of a character in the known text. */
  split(character: string): readonly TextPattern[] {
    const pieces: TextPattern[] = [];
    let rest = new TextPattern(this.parts);
    for (let cut = rest.cutBefore(character); cut; cut = rest.cutBefore(character)) {
      pieces.push(cut[0]);
      rest = cut[1].without(character.length);
    }
    return [...pieces, rest];
  }

  /** The pattern without so many characters of known text at its start. */
  without(length: number): TextPattern {
    const [first, ...others] = this.parts;
    if (length === 0 || first?.kind !== 'known') return this;
    if (first.text.length > length) return new TextPattern([{ ...first, text: first.text.slice(length) }, ...others]);
    return new TextPattern(others).without(length - first.text.length);
  }

  /** Scheme, host and the rest; undefined where no `//` shows where the host begins. */
  url(): UrlPattern | undefined {
    const [scheme, behind] = this.cutBefore('/?#') ?? [];
    if (!scheme || !behind?.start.startsWith('//')) return undefined;
    const authority = behind.without(2);
    const [host, rest] = authority.cutBefore('/?#') ?? [authority, EMPTY];
    return { scheme, host, rest };
  }

  /** For people: short, without the passwords and keys that a URL may hold. `name` says what a hole is. */
  describe(name: (hole: Hole) => string = nameOfHole): string {
    return redacted(this.parts.map((part) => (part.kind === 'known' ? part.text : name(part))).join(''));
  }
}

const EMPTY = new TextPattern([]);

const isHole = (part: Part): part is Hole => part.kind !== 'known';
const indexOr = (index: number, otherwise: number): number => (index === -1 ? otherwise : index);
const knownText = (parts: readonly Part[]): string =>
  parts.map((part) => (part.kind === 'known' ? part.text : '')).join('');

function firstOf(text: string, characters: string): number {
  for (let index = 0; index < text.length; index += 1) if (characters.includes(text.charAt(index))) return index;
  return -1;
}
