/** What the figures share: processes, their CPU time, and how a figure is printed. Ratios are of minima, of runs in turn. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** The CPU time of a command with all its processes and threads, in milliseconds: a busy machine changes it less than the time on the wall. */
export function cpu(command, cwd) {
  const { error, stderr, stdout } = spawnSync(
    'bash',
    ['-c', 'TIMEFORMAT="%U %S"; time "$@" 2>&1', 'bash', ...command],
    { cwd, encoding: 'utf8', maxBuffer: 1 << 29 },
  );
  if (error) throw error;
  const [user, system] = stderr.trim().split(/\s+/u).slice(-2).map(Number);
  return { time: (user + system) * 1000, stdout };
}

/** The least that each command takes, of some rounds after one that warms the disk. */
export function minima(rounds, commands, cwd) {
  const best = Object.fromEntries(Object.keys(commands).map((name) => [name, Infinity]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, command] of Object.entries(commands)) {
      const { time } = cpu(command, cwd);
      if (round > 0) best[name] = Math.min(best[name], time);
    }
  }
  for (const [name, time] of Object.entries(best)) console.log(`  ${name.padEnd(44)} ${ms(time)}`);
  return best;
}

export function verdict(text, isReached, goal) {
  console.log(`  ${isReached ? '✔' : '✖'} ${text} (goal: ${goal})`);
}

export const ms = (time) => `${time.toFixed(time < 10 ? 1 : 0)} ms`;

/** The arguments of a figure's command; prints its usage where one is missing. */
export function argumentsOf(usage, least) {
  const given = process.argv.slice(2);
  if (given.length >= least) return given;
  console.error(`usage: ${usage}`);
  return process.exit(2);
}
