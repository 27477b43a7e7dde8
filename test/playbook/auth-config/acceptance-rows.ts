/**
 * The acceptance table: what Convex does with providers and tokens. The tests run every case with a minted token; the
 * docs print `row`, `provider`, `token`, `result` and `error` of every row.
 */
import type { AcceptanceRow } from './acceptance-case.ts';
import { deployRows } from './deploy-rows.ts';
import { tokenRows } from './token-rows.ts';

export const acceptanceRows: readonly AcceptanceRow[] = [...deployRows, ...tokenRows].sort(
  (one, other) => one.row - other.row,
);
