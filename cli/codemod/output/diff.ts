/** Changes as a unified diff that `git apply` and `patch -p1` take, unless it would show a secret. */
import { lstatSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import { secretsIn, withoutSecrets } from '../../output/hide-secrets.ts';
import type { Terminal } from '../../output/terminal.ts';
import type { Fate } from '../run.ts';

type Colors = Terminal['colors']['out'];

export interface Change {
  /** Absolute. */
  readonly path: string;
  readonly before: string;
  readonly after: string;
  readonly fate?: Fate;
}

export interface ShownDiff {
  readonly text: string;
  /** Whether a secret in it was replaced. */
  readonly hidesSecrets: boolean;
}

/** The diff of one file, with paths relative to `base`; of one that is made, deleted or renamed, as git writes it. No secret is in it. */
export function unifiedDiff(change: Change, base: string): ShownDiff {
  const whole = patchOf(change, base);
  const text = withoutSecrets(whole, new Set([...secretsIn(change.before), ...secretsIn(change.after)]));
  return { text, hidesSecrets: text !== whole };
}

function patchOf({ after, before, fate, path }: Change, base: string): string {
  const nameOf = (file: string) => relative(base, file).replaceAll(sep, '/');
  const from = nameOf(path);
  const to = fate?.kind === 'renamed' ? nameOf(fate.to) : from;
  const patch = createTwoFilesPatch(
    fate?.kind === 'created' ? '/dev/null' : `a/${from}`,
    fate?.kind === 'deleted' ? '/dev/null' : `b/${to}`,
    before,
    after,
    undefined,
    undefined,
    { context: 3, headerOptions: FILE_HEADERS_ONLY },
  );
  if (fate === undefined) return patch;
  const header = [`diff --git a/${from} b/${to}`, ...modeLines(fate, path, from, to)].join('\n');
  return after === before ? `${header}\n` : `${header}\n${patch}`;
}

function modeLines(fate: Fate, path: string, from: string, to: string): string[] {
  if (fate.kind === 'renamed') return [`rename from ${from}`, `rename to ${to}`];
  if (fate.kind === 'created') return ['new file mode 100644'];
  const mode = lstatSync(path, { throwIfNoEntry: false })?.mode ?? 0;
  return [`deleted file mode ${(mode & 0o111) === 0 ? '100644' : '100755'}`];
}

/** Gives a diff the colours that git gives it. */
export function colored(diff: string, colors: Colors): string {
  if (!colors.isColorSupported) return diff;
  return diff
    .split('\n')
    .map((line) => {
      if (/^(?:---|\+\+\+|diff --git|rename (?:from|to)|(?:new|deleted) file mode) /u.test(line))
        return colors.bold(line);
      if (line.startsWith('@@')) return colors.cyan(line);
      if (line.startsWith('+')) return colors.green(line);
      return line.startsWith('-') ? colors.red(line) : line;
    })
    .join('\n');
}
