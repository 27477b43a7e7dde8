/** The provider that is missing, written next to another one. */
import type { TSESTree } from '@typescript-eslint/types';
import { type Edit, indentAt, insertAfter, insertBefore, styleOf } from '../../../analysis/edits/edits.ts';
import { beginsLine } from '../../../analysis/syntax/blanks.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import { placeInProviders } from './list-place.ts';
import { isMultiLine } from './provider-edits.ts';
import type { ProviderTexts, Writable } from './provider-texts.ts';

/**
 * A provider next to another one: after it for the client's own, before it for the shared one, in the style of that one.
 * Undefined where the list of providers is not written so that an element can be added.
 */
export function siblingEdit(
  file: SourceFile,
  neighbour: TSESTree.ObjectExpression,
  which: keyof ProviderTexts,
  texts: ProviderTexts,
): Edit | undefined {
  const place = placeInProviders(file, neighbour);
  if (!place) return undefined;
  const names: readonly Writable[] = [
    'type',
    'issuer',
    'algorithm',
    'jwks',
    ...(which === 'shared' ? (['applicationID'] as const) : []),
  ];
  const lines = names.map((name) => `${name}: ${texts[which](name)}`);
  const { eol, indentUnit } = styleOf(file);
  const indent = indentAt(file.text, place.range[0]);
  const object = isMultiLine(file, neighbour)
    ? `{${eol}${lines.map((line) => `${indent}${indentUnit}${line},${eol}`).join('')}${indent}}`
    : `{ ${lines.join(', ')} }`;
  const isOwnLine = beginsLine(file.text, place.range[0]);
  const between = isOwnLine ? `,${eol}${indent}` : ', ';
  return which === 'shared' ? insertBefore(place, object + between) : insertAfter(place, between + object);
}
