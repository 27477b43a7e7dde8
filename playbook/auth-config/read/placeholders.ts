/**
 * Values that no one knows, made comparable: `process.env.X` is written as the same made-up text wherever it is read, so
 * that "the same variable on both sides" compares equal, and anything else that is unknown equals nothing.
 */
import type { JsonValue } from '../acceptance/types.ts';
import type { SingleValue } from './providers.ts';
import type { Part } from '../../../analysis/values/values.ts';

/** `.invalid` is reserved (RFC 2606), so that no real value holds it; it makes a host as well as an id. */
const MARK = /(?:env|unknown)-[\w-]*\.invalid/iu;

export const CLIENT_ID_VARIABLE = 'WORKOS_CLIENT_ID';

/** What stands for a variable whose value is not known. */
export function placeholderOf(variable: string): string {
  return `env-${variable.toLowerCase().replaceAll('_', '-')}.invalid`;
}

/** The variable that a text stands for, when it is nothing else. */
export function variableNamed(text: string): string | undefined {
  return /^env-(?<name>[\w-]+)\.invalid$/iu.exec(text)?.groups?.['name']?.toUpperCase().replaceAll('-', '_');
}

/** Whether a text, or a part of it, stands for something unknown. */
export function isPlaceholder(text: string): boolean {
  return MARK.test(text);
}

/** Whether it stands for something that isn't even a variable, and so may be no text at all. */
export function isUnnamed(text: string): boolean {
  return /unknown-\d*\.invalid/iu.test(text);
}

/** What is known of a text, up to its first unknown part; the whole text where all of it is known. */
export function knownStart(text: string): string {
  return text.split(/(?:https:\/\/start-)?(?:env|unknown)-[\w-]*\.invalid/iu)[0] ?? '';
}

/** The text as a person wrote it, for messages. */
export function shownText(text: string): string {
  return (
    text
      .replaceAll(
        /(?:https:\/\/start-)?env-([\w-]*)\.invalid/giu,
        (_, name: string) => `\${process.env.${name.toUpperCase().replaceAll('-', '_')}}`,
      )
      .replaceAll(/(?:https:\/\/start-)?unknown-\d*\.invalid/giu, '…')
      // A key that got into the wrong variable.
      .replaceAll(/\b(?:sk|whsec)_\w+/gu, '(hidden)')
  );
}

export interface Concrete {
  /** Undefined: JSON leaves the property out. */
  readonly json: JsonValue | undefined;
  /** False when a part of it is made up. */
  readonly exact: boolean;
}

/** Before what is made up at the start of an address, so that it is one. */
const START = 'https://start-';

let unknowns = 0;

/** A value as Convex would get it; `isAddress` says that it has to be a URL, also where its start is unknown. */
export function concreteOf(value: SingleValue, isAddress: boolean): Concrete {
  switch (value.type) {
    case 'text':
      return textOf(value.parts, isAddress);
    case 'url':
      return textOf(value.href.parts, isAddress);
    case 'literal':
      return {
        json: typeof value.value === 'bigint' ? undefined : value.value,
        exact: typeof value.value !== 'bigint',
      };
    case 'object':
      return { json: {}, exact: true };
    case 'array':
      return { json: [], exact: true };
    case 'function':
      return { json: undefined, exact: true };
    case 'unknown':
      return { json: madeUp(isAddress), exact: false };
  }
}

function textOf(parts: readonly Part[], isAddress: boolean): Concrete {
  const text = parts
    .map((part, index) => {
      if (part.kind === 'known') return part.text;
      const isStart = isAddress && index === 0;
      return part.kind === 'env' ? (isStart ? START : '') + placeholderOf(part.name) : madeUp(isStart);
    })
    .join('');
  return { json: text, exact: !isPlaceholder(text) };
}

function madeUp(isAddress: boolean): string {
  unknowns = (unknowns + 1) % Number.MAX_SAFE_INTEGER;
  return `${isAddress ? START : ''}unknown-${String(unknowns)}.invalid`;
}
