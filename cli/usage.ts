/** Options of a command line, and what is wrong with them. */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { closest } from '../project/configuration/closest.ts';

/** Why a command line can't be followed: one sentence or several lines for the person who wrote it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  /** Whether the help would tell more. */
  readonly showHelp: boolean;

  constructor(message: string, { showHelp = true } = {}) {
    super(message);
    this.showHelp = showHelp;
  }
}

type Options = NonNullable<ParseArgsConfig['options']>;

/** Reads options and positionals. Throws a `UsageError` that names the option which is unknown or lacks its value. */
export function readArguments<T extends Options>(argv: readonly string[], options: T) {
  try {
    const parsed = parseArgs({ args: [...argv], options, allowPositionals: true, strict: true });
    // `"$FILES"` where FILES is empty is not the folder that someone happens to be in.
    if (parsed.positionals.includes(''))
      throw new UsageError('An argument is empty. Is it a variable that has no value?');
    return parsed;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const dashed = /^Option '(?:-\w, )?(?<option>--[^' ]*)[^']*' argument is ambiguous/u.exec(error.message)?.groups?.[
      'option'
    ];
    if (dashed !== undefined)
      throw new UsageError(`${dashed} lacks its value. One that starts with a dash is written ${dashed}=-….`);
    const bare = /^Option '(?:-\w, )?(?<option>--[^' ]*) (?<value><[^>]*>)' argument missing/u.exec(
      error.message,
    )?.groups;
    if (bare) throw new UsageError(`${bare['option'] ?? ''} lacks its value.`);
    const unknown = /^Unknown option '(?<option>[^']*)'/u.exec(error.message)?.groups?.['option'];
    if (unknown === undefined) throw new UsageError((/^[^.]*/u.exec(error.message)?.[0] ?? error.message) + '.');
    const meant = closest(
      unknown,
      Object.keys(options).map((name) => `--${name}`),
    );
    throw new UsageError(`Unknown option '${unknown}'.${meant === undefined ? '' : ` Did you mean '${meant}'?`}`);
  }
}
