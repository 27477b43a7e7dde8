/** `triage`: holds evidence against the playbook, and leads to the failure and the line. */
import { resolve } from 'node:path';
import { EXIT, type Command, type ExitCode } from '../command.ts';
import type { Terminal } from '../output/terminal.ts';
import { readArguments, UsageError } from '../usage.ts';
import { answersOf } from './answers.ts';
import { asJson } from './output/json.ts';
import { asText } from './output/text.ts';
import { shownPath, statsOf } from './evidence/inputs.ts';
import { readCase } from './evidence/read-case.ts';
import { assertWritable, writeHtml } from './output/write-html.ts';
import { overviewOf } from './overview.ts';
import { runToken } from './token/command.ts';

const help = `Leads from what you have in hand to the line of code: a HAR, a log, a token, an error text, or nothing.

Usage: npx eslint-plugin-authkit triage [evidence…] [options]
       npx eslint-plugin-authkit triage --token <jwt|-> [options] [folder or auth.config file]

Evidence is recognised by its content; several pieces are one case, and - is standard input:
  a HAR of the browser's network log      a log (next start, Vercel, npx convex logs, browser console)
  an access token in a file               the output of npx convex env list
  the JSON of an auth-debug page          an error text in quotes

Without evidence it goes through the project in the order in which a sign-in would break.

      --project <folder>      the app or repository; default: the working directory
      --token <jwt|->         judge one token in full: which provider accepts it, or which error Convex returns
      --convex-env <file|->   with --token: the output of 'npx convex env list', every variable of the deployment
      --env <file|->          with --token: some of its variables, as an env file; repeatable
      --jwks <file>           with --token: the key set to check the signature with, instead of the provider's own
      --verify                with --token: fetch the provider's key set, and check the signature
      --show-claims           with --token: also show claims that identify a person or a session
      --json                  print the result as JSON (schemas/triage.schema.json)
      --html <file>           also write one page for a ticket: the timeline, the requests and the answers

Secrets and personal data of the evidence are never printed, and nothing is sent anywhere without --verify.

Exit codes: 0 nothing wrong was found; 1 something was; 2 unknown, or it could not run.
`;

export const triage: Command = { help, run };

async function run(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  if (argv.some((argument) => /^--token(?:=|$)/u.test(argument))) return runToken(argv, terminal);
  const { positionals, values } = readArguments(argv, {
    project: { type: 'string' },
    // Named here for the hint of a typing mistake alone.
    token: { type: 'string' },
    json: { type: 'boolean' },
    html: { type: 'string' },
    ...ONLY_WITH_TOKEN,
  });
  for (const name of Object.keys(ONLY_WITH_TOKEN)) {
    if (name in values) throw new UsageError(`--${name} is for --token: give the token, too.`);
  }
  const { html, json = false, project = '.' } = values;
  if (html !== undefined) assertWritable(html, terminal);
  if (statsOf(resolve(terminal.cwd, project))?.isDirectory() !== true)
    throw new UsageError(`There is no folder ${shownPath(project)}.`, { showHelp: false });
  const report =
    positionals.length === 0
      ? overviewOf(project, terminal)
      : await answersOf(await readCase(positionals, terminal), project, terminal);
  terminal.out(json ? asJson(report) : asText(report, terminal));
  if (html !== undefined) writeHtml(html, report, terminal);
  if (report.answers.length > 0) return EXIT.findings;
  return report.isKnown ? EXIT.done : EXIT.failed;
}

const ONLY_WITH_TOKEN = {
  'convex-env': { type: 'string' },
  env: { type: 'string', multiple: true },
  jwks: { type: 'string' },
  verify: { type: 'boolean' },
  'show-claims': { type: 'boolean' },
} as const;
