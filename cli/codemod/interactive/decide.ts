/** Edit by edit: each is shown, and someone says yes or no. Nothing is written here. */
import { structuredPatch } from 'diff';
import { applyEdits } from '../../../analysis/edits/edits.ts';
import { positionAt } from '../../../analysis/syntax/source-file.ts';
import { printable } from '../../../analysis/texts/redact.ts';
import { messageOf } from '../../../codemods/passes.ts';
import type { CodemodInput } from '../../../codemods/index.ts';
import type { Finding } from '../../../playbook/finding.ts';
import { discover } from '../../files/discover.ts';
import type { FoundFile } from '../../files/read.ts';
import { configured, projectOfRun, type RunProject } from '../../files/project.ts';
import { isScript } from '../../files/skip.ts';
import { agreed, ask, type Choice } from '../../output/ask.ts';
import { secretsIn, shownLine } from '../../output/hide-secrets.ts';
import type { Terminal } from '../../output/terminal.ts';
import { count, shown } from '../../output/words.ts';
import { fitted } from '../../output/wrap.ts';
import { colored, unifiedDiff } from '../output/diff.ts';
import { isChanged } from '../output/report.ts';
import { type NamedCodemod, runCodemods, type RunOptions } from '../run.ts';
import { rewrite, type RunRequest } from '../work.ts';

type Look = Omit<RunRequest, 'write'>;
type Accepts = NonNullable<CodemodInput['accepts']>;

export interface Decided {
  readonly codemods: readonly NamedCodemod[];
  readonly accepts: (path: string) => Accepts;
}

/** Asks for each edit; undefined where none is to be made. */
export async function decideEdits(
  codemods: readonly NamedCodemod[],
  look: Look,
  terminal: Terminal,
): Promise<Decided | undefined> {
  const edits = codemods.filter(({ codemod }) => !codemod.plan);
  const decisions = new Decisions(look.safe);
  const whole = await wholeOnes(codemods, look, terminal);
  const { wanted } = whole;
  const end = whole.end ?? (await askForFiles(edits, look, decisions, terminal));
  if (end === 'cancel' || (!decisions.hasAccepted && wanted.length === 0)) return undefined;
  if ((await agreed('Write what you said yes to?', terminal)) !== true) return undefined;
  return { codemods: [...wanted, ...edits], accepts: (path) => decisions.acceptsIn(path) };
}

/** Why no more is asked. */
type End = 'cancel' | 'stop' | undefined;

interface Whole {
  readonly wanted: readonly NamedCodemod[];
  readonly end: End;
}

/** A codemod that changes several files together is one decision: half of it would break the app. */
async function wholeOnes(codemods: readonly NamedCodemod[], look: Look, terminal: Terminal): Promise<Whole> {
  const wanted: NamedCodemod[] = [];
  for (const each of codemods.filter(({ codemod }) => codemod.plan)) {
    const signals = { isInterrupted: () => false, pass: () => undefined };
    const { outcomes } = await rewrite([each], { ...look, write: false }, signals, terminal);
    const changed = outcomes.filter(isChanged);
    if (changed.length === 0) continue;
    for (const outcome of changed)
      terminal.out(`${colored(unifiedDiff(outcome, terminal.cwd).text, terminal.colors.out)}\n`);
    const message = `${each.name}: make these changes in ${count(changed.length, 'file')}, all together?`;
    const answer = await asked(message, [], terminal);
    if (answer === 'cancel' || answer === 'stop') return { wanted, end: answer };
    if (answer === 'yes') wanted.push(each);
  }
  return { wanted, end: undefined };
}

async function askForFiles(
  codemods: readonly NamedCodemod[],
  look: Look,
  decisions: Decisions,
  terminal: Terminal,
): Promise<End> {
  const all = discover(look);
  const project = projectOfRun(all, look.cwd);
  const files = configured(all.files, project.projectFor, look.cwd);
  const texts = new Map<string, string>();
  const askIn = async (some: readonly FoundFile[], { projectFor, read }: RunProject): Promise<End> => {
    const options: RunOptions = {
      projectFor,
      read,
      safe: look.safe,
      write: undefined,
      accepts: (path) => decisions.acceptsIn(path),
      tick: () => undefined,
    };
    for (const file of some) {
      for (;;) {
        const [outcome] = await runCodemods(codemods, [file], options);
        const open = decisions.takeOpen();
        if (!open) {
          if (outcome && isChanged(outcome)) texts.set(outcome.path, outcome.after);
          break;
        }
        const answer = await askFor(open, terminal);
        if (answer === 'cancel' || answer === 'stop') return answer;
        decisions.settle(open, answer);
      }
    }
    return undefined;
  };
  const end = await askIn(files, project);
  // As the run that writes: scripts are looked at again, for they have to agree with what has come into convex.json.
  if (end || [...texts.keys()].every(isScript)) return end;
  return await askIn(
    files.filter(({ path }) => isScript(path)),
    project.over(texts),
  );
}

interface Open {
  readonly path: string;
  readonly name: string;
  readonly message: string;
  readonly finding: Finding;
  readonly text: string;
}

/** `cancel`: nothing at all is to be written. */
type Answer = 'all' | 'cancel' | 'no' | 'stop' | 'yes';

/** What was decided. A run is repeated for each decision, so the same edit is met again: by its place in the same text. */
class Decisions {
  hasAccepted = false;
  #open: Open | undefined;
  readonly #safe: boolean;
  readonly #answers = new Map<string, boolean>();
  /** Lines that an edit was declined for: after other edits they are elsewhere. */
  readonly #declined = new Set<string>();
  readonly #always = new Set<string>();
  readonly #originals = new Map<string, string>();

  constructor(safe: boolean) {
    this.#safe = safe;
  }

  acceptsIn(path: string): Accepts {
    return (finding, text, definition) => {
      const { fix } = finding;
      // Nothing to decide: it is left anyway.
      if (!fix || (this.#safe && fix.safety !== 'safe')) return true;
      if (!this.#originals.has(path)) this.#originals.set(path, text);
      const { name } = definition;
      if (this.#always.has(name)) return true;
      const open = { path, name, message: messageOf(definition, finding), finding, text };
      const answer = this.#answers.get(placeOf(open));
      if (answer !== undefined) return answer;
      if (text !== this.#originals.get(path) && this.#declined.has(lineOf(open))) return false;
      this.#open ??= open;
      return false;
    };
  }

  /** The first edit of the run that nothing was decided of. */
  takeOpen(): Open | undefined {
    const open = this.#open;
    this.#open = undefined;
    return open;
  }

  settle(open: Open, answer: 'all' | 'no' | 'yes'): void {
    if (answer === 'all') this.#always.add(open.name);
    if (answer === 'no') this.#declined.add(lineOf(open));
    else this.hasAccepted = true;
    this.#answers.set(placeOf(open), answer !== 'no');
  }
}

const placeOf = ({ finding, name, path, text }: Open): string => [path, name, finding.range.join('-'), text].join('\0');

function lineOf({ finding, name, path, text }: Open): string {
  const { line } = positionAt(text, finding.range[0]);
  return [path, name, finding.messageId, text.split('\n', line)[line - 1] ?? ''].join('\0');
}

async function askFor({ finding, message, name, path, text }: Open, terminal: Terminal): Promise<Answer> {
  const { colors, columns, cwd, out } = terminal;
  const { line } = positionAt(text, finding.range[0]);
  const after = applyEdits(text, [finding.fix?.edits ?? []]).text;
  const { hunks } = structuredPatch('', '', text, after, '', '', { context: 2 });
  const secrets = new Set([...secretsIn(text), ...secretsIn(after)]);
  const lines = hunks.flatMap((hunk) => hunk.lines.map((each) => shownLine(each, secrets)));
  const head = `${shown(path, cwd)}:${String(line)}  ${name} (${finding.fix?.safety === 'safe' ? 'safe' : 'review'})`;
  out(
    `\n${colors.out.bold(head)}\n${fitted(printable(message), columns)}\n\n${colored(lines.join('\n'), colors.out)}\n\n`,
  );
  return await asked(
    'Make this edit?',
    [{ key: 'a', label: `yes, and all further ones of ${name}`, value: 'all' }],
    terminal,
  );
}

async function asked(message: string, more: readonly Choice<Answer>[], terminal: Terminal): Promise<Answer> {
  const choices: readonly Choice<Answer>[] = [
    { key: 'y', label: 'yes', value: 'yes' },
    { key: 'n', label: 'no', value: 'no' },
    ...more,
    { key: 'd', label: 'no, and ask for no others', value: 'stop' },
    { key: 'q', label: 'quit, and write nothing at all', value: 'cancel' },
  ];
  return (await ask({ message, choices }, terminal)) ?? 'cancel';
}
