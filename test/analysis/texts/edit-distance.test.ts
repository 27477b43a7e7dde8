import { expect, it } from 'vitest';
import { editDistance } from '../../../analysis/texts/edit-distance.ts';

it.each([
  ['preview', 'preview', 0],
  ['preview', 'previews', 1],
  ['preview', 'prview', 1],
  ['preview', 'preveiw', 1],
  ['preview', 'review', 1],
  ['dev', 'prod', 4],
  ['', 'prod', 4],
])('%s and %s are %i apart', (one, other, distance) => {
  expect(editDistance(one, other)).toBe(distance);
  expect(editDistance(other, one)).toBe(distance);
});
