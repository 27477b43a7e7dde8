#!/usr/bin/env node
/** The command. What it does stands in commands.ts; here a process is made of it. */
import { run } from './run.ts';
import { processTerminal } from './output/terminal.ts';

// A reader that goes away (`… | head`) ends the output, and is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});
// Not process.exit(): what is still on its way to a pipe would be cut off.
void run(process.argv.slice(2), processTerminal()).then((code) => {
  process.exitCode = code;
});
