#!/usr/bin/env node
/** The command. What it does is in commands.ts; here a process is made of it. */
import { EXIT } from './command.ts';
import { reasonOf } from './files/problem.ts';
import { run } from './run.ts';
import { processTerminal, type Terminal } from './output/terminal.ts';

let isCutOff = false;
// A reader that goes away (`… | head`) ends the output, and is no failure of ours. A disk that is full is one.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE' || isCutOff) return;
  isCutOff = true;
  process.exitCode = EXIT.failed;
  process.stderr.write(`error: The output could not be written: ${reasonOf(error)}.\n`);
});
// No one is left to read it.
process.stderr.on('error', () => undefined);
const terminal = terminalOrReason();
if (typeof terminal === 'string') {
  process.exitCode = EXIT.failed;
  process.stderr.write(`error: The folder it runs in can't be found: ${terminal}.\n`);
} else {
  // Not process.exit(): what is still on its way to a pipe would be cut off.
  void run(process.argv.slice(2), terminal).then((code) => {
    process.exitCode = isCutOff ? EXIT.failed : code;
  });
}

// Someone may have deleted the folder that a shell is still in.
function terminalOrReason(): Terminal | string {
  try {
    return processTerminal();
  } catch (error) {
    return reasonOf(error);
  }
}
