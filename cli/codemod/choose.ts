/** Which codemods a command line means. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { codemodNamed, codemods, type CodemodEntry } from '../../codemods/index.ts';
import { closest } from '../../project/configuration/closest.ts';
import type { Terminal } from '../output/terminal.ts';
import { UsageError } from '../usage.ts';

export interface ChosenCodemod extends CodemodEntry {
  /** Whether it is here as a part of `all`, and runs only where a configuration turns its rule on. */
  readonly isConditional: boolean;
  /** Whether a person asked for this very one. */
  readonly isNamed: boolean;
}

export interface Choice {
  readonly entries: readonly ChosenCodemod[];
  readonly paths: readonly string[];
}

/** Names come first, then paths; without any a person is asked. Throws a `UsageError` for a name that no codemod has. */
export async function choose(positionals: readonly string[], terminal: Terminal): Promise<Choice> {
  const isName = (word: string) => word === 'all' || codemodNamed(word) !== undefined;
  const end = positionals.findIndex((word) => !isName(word));
  const names = new Set(end === -1 ? positionals : positionals.slice(0, end));
  const paths = end === -1 ? [] : positionals.slice(end);
  const [unknown] = paths;
  if (unknown !== undefined && !existsSync(resolve(terminal.cwd, unknown))) refuse(unknown, names.size > 0);
  if (names.size > 0)
    return {
      entries: codemods
        .filter(({ isOnDemand, name }) => names.has(name) || (names.has('all') && isOnDemand !== true))
        .map((entry) => {
          const isNamed = names.has(entry.name);
          return { ...entry, isNamed, isConditional: entry.isStrict === true && !isNamed };
        }),
      paths,
    };
  if (!terminal.interactive()) {
    throw new UsageError(
      `Name the codemods to run${unknown === undefined ? '' : ` before the paths ('${unknown}')`}: all, or ${listed()}.`,
    );
  }
  return { entries: (await ask()).map((entry) => ({ ...entry, isConditional: false, isNamed: true })), paths };
}

function refuse(word: string, afterNames: boolean): void {
  const meant = closest(word, ['all', ...codemods.map(({ name }) => name)]);
  if (meant !== undefined) throw new UsageError(`There is no codemod '${word}'. Did you mean '${meant}'?`);
  // Behind a name it is taken for a path, and looking for files says what is wrong with it.
  if (!afterNames) throw new UsageError(`There is no codemod '${word}'. There are: ${listed()}.`);
}

function listed(): string {
  return codemods.map(({ name }) => name).join(', ');
}

async function ask(): Promise<readonly CodemodEntry[]> {
  const { isCancel, multiselect } = await import('@clack/prompts');
  const chosen = await multiselect({
    message: 'Which codemods do you want to run? (space to choose, enter to start)',
    options: codemods.map((entry) => ({ value: entry, label: entry.name, hint: entry.description })),
    required: true,
  });
  if (isCancel(chosen)) throw new UsageError('Nothing was chosen, and nothing is changed.', { showHelp: false });
  return chosen;
}
