/** Starts programs as users do. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The root of this repository. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Both streams, for an assertion that wants to show them. */
  readonly all: string;
}

/** Runs a program to its end, with an empty standard input unless one is given; never throws for its exit code. */
export function runCommand(
  command: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
  input = '',
): Outcome {
  const { AUTHKIT_RETHROW: _, NODE_OPTIONS: __, ...inherited } = process.env;
  const result = spawnSync(command, [...args], { cwd, encoding: 'utf8', env: { ...inherited, ...env }, input });
  if (result.error) throw result.error;
  const { status, stderr, stdout } = result;
  return { status, stdout, stderr, all: `${stdout}\n${stderr}` };
}

/** Runs a script of a package in node_modules (or any other) with this Node. */
export function runNode(
  script: string,
  args: readonly string[],
  cwd: string,
  env?: Readonly<Record<string, string>>,
  input?: string,
): Outcome {
  return runCommand(process.execPath, [script, ...args], cwd, env, input);
}
