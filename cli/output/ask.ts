/**
 * Questions to a person at a terminal. They are answered with a letter and Enter, as those of `git add --patch`: that works on a dumb terminal, on
 * a narrow one and in any character set, and a letter that means nothing is no answer.
 */
import { createInterface } from 'node:readline';
import type { Terminal } from './terminal.ts';
import { fitted } from './wrap.ts';

export interface Choice<Value> {
  /** One letter. */
  readonly key: string;
  /** Its first word may be typed as well. */
  readonly label: string;
  readonly value: Value;
}

export interface Question<Value> {
  readonly message: string;
  readonly choices: readonly Choice<Value>[];
  /** False where the keys explain themselves. */
  readonly hasLegend?: false;
  /** The key that Enter alone stands for. Undefined: it stands for none. */
  readonly enter?: string;
}

/** Asks until there is an answer; undefined after Ctrl-C, or where no more can be typed. */
export async function ask<Value>(
  { choices, enter, hasLegend, message }: Question<Value>,
  terminal: Pick<Terminal, 'columns' | 'out'>,
): Promise<Value | undefined> {
  const keys = choices.map(({ key }) => (key === enter ? key.toUpperCase() : key)).join('/');
  const legend =
    hasLegend === false ? [] : choices.map(({ key, label }) => fitted(`  ${key}  ${label}`, terminal.columns));
  // What is written on the line of a prompt is erased when it is shown, so the end of the question is a part of it.
  const question = fitted(message, terminal.columns).split('\n');
  const prompt = `${question.pop() ?? ''} [${keys}] `;
  const before = [...legend, ...question].map((line) => `${line}\n`).join('');
  for (;;) {
    const line = await readLine(before, prompt);
    if (line === undefined) {
      terminal.out('\n');
      return undefined;
    }
    const typed = line.trim().toLowerCase() || enter;
    const chosen = choices.find(({ key, label }) => key === typed || /^\w+/u.exec(label)?.[0] === typed);
    if (chosen) return chosen.value;
  }
}

/** Asks for a yes or a no; undefined as `ask`. */
export function agreed(message: string, terminal: Pick<Terminal, 'columns' | 'out'>): Promise<boolean | undefined> {
  const choices = [
    { key: 'y', label: 'yes', value: true },
    { key: 'n', label: 'no', value: false },
  ];
  return ask({ message, choices, hasLegend: false, enter: 'y' }, terminal);
}

export interface Option<Value> {
  readonly label: string;
  readonly value: Value;
  /** Whether it is chosen before someone says otherwise. */
  readonly isChosen: boolean;
}

/** Asks which of several are wanted: by a list to move in, or by their numbers where a terminal can't show one. Undefined as `ask`. */
export async function askSeveral<Value>(
  message: string,
  options: readonly Option<Value>[],
  terminal: Pick<Terminal, 'columns' | 'isPlain' | 'out'>,
): Promise<readonly Value[] | undefined> {
  if (terminal.isPlain) return askForNumbers(message, options, terminal);
  const { isCancel, multiselect, updateSettings } = await import('@clack/prompts');
  updateSettings({ aliases: { q: 'cancel' } });
  const chosen = options.flatMap(({ isChosen }, index) => (isChosen ? [index] : []));
  const answer = await multiselect<number>({
    message,
    options: options.map(({ label }, index) => ({ value: index, label })),
    initialValues: chosen,
    required: false,
  });
  return isCancel(answer) ? undefined : valuesAt(options, answer);
}

async function askForNumbers<Value>(
  message: string,
  options: readonly Option<Value>[],
  { columns, out }: Pick<Terminal, 'columns' | 'out'>,
): Promise<readonly Value[] | undefined> {
  const rows = options.map(({ isChosen, label }, index) => `  ${isChosen ? '*' : ' '} ${String(index + 1)}  ${label}`);
  const list = [message, ...rows].map((line) => `${fitted(line, columns)}\n`).join('');
  for (;;) {
    const line = await readLine(list, 'Numbers, "all", "none" [those with *] ');
    if (line === undefined) {
      out('\n');
      return undefined;
    }
    const words = line
      .trim()
      .split(/[\s,]+/u)
      .filter((word) => word !== '');
    if (words.length === 0) return options.flatMap(({ isChosen, value }) => (isChosen ? [value] : []));
    if (words[0] === 'all') return options.map(({ value }) => value);
    if (words[0] === 'none') return [];
    const numbers = words.map((word) => Number(word) - 1);
    if (numbers.every((index) => options[index] !== undefined)) return valuesAt(options, numbers);
  }
}

const valuesAt = <Value>(options: readonly Option<Value>[], indexes: readonly number[]): Value[] =>
  options.flatMap(({ value }, index) => (indexes.includes(index) ? [value] : []));

/** Ctrl-C is heard from the moment on in which something is asked. */
function readLine(before: string, prompt: string): Promise<string | undefined> {
  const reader = createInterface({ input: process.stdin, output: process.stdout });
  process.stdout.write(before);
  return new Promise((resolve) => {
    reader.on('SIGINT', () => {
      reader.close();
    });
    // After an answer it says nothing more.
    reader.on('close', () => {
      resolve(undefined);
    });
    reader.question(prompt, (line) => {
      resolve(line);
      reader.close();
    });
  });
}
