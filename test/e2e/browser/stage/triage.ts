/** What triage makes of evidence from a running app, about the sources of that app. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, runNode } from '../../../helpers/commands.ts';

interface Report {
  readonly answers: readonly { readonly symptom: string }[];
}

/** The symptoms that triage finds in a text. */
export function triageOf(name: string, text: string): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'authkit-evidence-'));
  try {
    writeFileSync(join(folder, 'package.json'), '{}');
    writeFileSync(join(folder, name), text);
    return triageFile(join(folder, name), folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The symptoms that triage finds in a file. */
export function triageFile(path: string, project: string): readonly string[] {
  const { all, stdout } = runNode(
    join(ROOT, 'dist/cli/main.cjs'),
    ['triage', path, '--project', project, '--json'],
    project,
  );
  if (!stdout.startsWith('{')) throw new Error(all);
  return (JSON.parse(stdout) as Report).answers.map(({ symptom }) => symptom);
}
