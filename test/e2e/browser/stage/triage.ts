/** What triage makes of evidence from a running app, about the sources of that app. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../../helpers/commands.ts';

interface Report {
  readonly answers: readonly { readonly symptom: string }[];
}

/** The symptoms that triage finds in a text. */
export async function triageOf(name: string, text: string): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'authkit-evidence-'));
  try {
    writeFileSync(join(folder, 'package.json'), '{}');
    writeFileSync(join(folder, name), text);
    return await triageFile(join(folder, name), folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The symptoms that triage finds in a file. Other tests go on meanwhile. */
export async function triageFile(path: string, project: string): Promise<readonly string[]> {
  const args = [join(ROOT, 'dist/cli/main.cjs'), 'triage', path, '--project', project, '--json'];
  const stdout = await new Promise<string>((resolve, reject) => {
    execFile(
      process.execPath,
      args,
      { cwd: project, maxBuffer: Infinity, timeout: 60_000 },
      (error, printed, errors) => {
        if (printed.startsWith('{')) resolve(printed);
        else reject(new Error(`triage: ${error?.message ?? ''} ${printed} ${errors}`));
      },
    );
  });
  return (JSON.parse(stdout) as Report).answers.map(({ symptom }) => symptom);
}
