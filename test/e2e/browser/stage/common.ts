/** What the cases and the stage have in common. */
import { join } from 'node:path';
import { ROOT } from '../../../helpers/commands.ts';

export const FOLDER = join(ROOT, 'test/e2e/browser');

export type State = 'before' | 'after';

export type AppName = 'next-15' | 'next-16';

/** Texts of files by their paths. */
export type Files = Readonly<Record<string, string>>;
