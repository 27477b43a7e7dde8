/** What our command does with one checkout. */
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative, sep } from 'node:path';
import ts from 'typescript';
import { run } from './commands.mjs';

/** What a copy does without: neither is read by our command but for versions, which lockfiles have as well. */
const LEFT_OUT = new Set(['.git', '.next', 'node_modules']);

/**
 * `{ name, files, ms, findings, changed, failures, others, edits, otherEdits }`; `others` are the findings of the build `other`, `edits` and
 * `otherEdits` what the codemods of both would do: a diff for each path.
 */
export function examine(name, root, build, other) {
  const failures = [];
  const { files, findings, ms } = check(build, root, failures);
  const changed = findings.length === 0 ? [] : withCopy(root, (copy) => rewrite(build, copy, findings, failures));
  const result = { name, files, ms, findings, changed, failures };
  if (other === undefined) return result;
  const others = check(other, root, []).findings;
  const [edits, otherEdits] = [
    findings.length === 0 ? {} : editsOf(build, root),
    others.length === 0 ? {} : editsOf(other, root),
  ];
  return { ...result, others, edits, otherEdits };
}

/** What the codemods would write: a diff for each path. */
function editsOf(build, root) {
  const { output } = run(build, root, ['codemod', 'all', '--diff', '--json']);
  const changed = (output?.files ?? []).filter((file) => file.changed);
  return Object.fromEntries(changed.map(({ diff, path }) => [relative(root, path), diff]));
}

/** The findings of a folder as `path:line rule message`, and how many files were read. */
function check(build, root, failures) {
  const { ms, output, status, stderr } = run(build, root, ['check', '--strict', '--json']);
  if (!Array.isArray(output) || status === undefined)
    failures.push(`check: exit ${String(status)} ${stderr.slice(0, 300)}`);
  const results = Array.isArray(output) ? output : [];
  const findings = results.flatMap(({ filePath, messages }) =>
    messages
      // What could not be checked has no rule: a syntax error of the checkout's own.
      .filter(({ ruleId }) => ruleId !== null)
      .map(({ line, message, messageId, ruleId }) => {
        if (messageId === 'crash') failures.push(`${ruleId} crashed: ${message}`);
        return { path: relative(root, filePath), line, ruleId, message };
      }),
  );
  return { files: results.length, findings, ms };
}

/** Runs all codemods twice: the files that the first run changes. */
function rewrite(build, copy, findings, failures) {
  const first = run(build, copy, ['codemod', 'all', '--json', '--force']);
  const files = first.output?.files ?? [];
  if (first.output === undefined) failures.push(`codemod: exit ${String(first.status)} ${first.stderr.slice(0, 300)}`);
  const changed = files.filter((file) => file.changed).map((file) => relative(copy, file.path));
  for (const path of changed) {
    const problem = syntaxProblem(join(copy, path));
    if (problem !== undefined) failures.push(`${path} does not parse any more: ${problem}`);
  }
  const second = run(build, copy, ['codemod', 'all', '--json', '--force']);
  const again = (second.output?.files ?? []).filter((file) => file.changed).map((file) => relative(copy, file.path));
  if (again.length > 0) failures.push(`a second run changes ${again.join(', ')}`);
  const known = new Set(findings.map(({ message, ruleId }) => `${ruleId} ${message}`));
  const added = check(build, copy, failures).findings.filter(
    ({ message, ruleId }) => !known.has(`${ruleId} ${message}`),
  );
  for (const { message, path, ruleId } of added)
    failures.push(`reported after the codemods alone: ${path} ${ruleId} ${message}`);
  return changed;
}

function withCopy(root, use) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'authkit-ecosystem-')));
  const copy = join(folder, basename(root));
  try {
    // A link would be copied as one, and the codemods would write into the checkout behind it.
    const checkout = realpathSync(root);
    cpSync(checkout, copy, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) =>
        !path
          .slice(checkout.length)
          .split(sep)
          .some((part) => LEFT_OUT.has(part)),
    });
    return use(copy);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What TypeScript says about a script's syntax; undefined where it is right, and for other files. */
function syntaxProblem(path) {
  if (!/\.[cm]?[jt]sx?$/u.test(path)) return undefined;
  const { diagnostics } = ts.transpileModule(readFileSync(path, 'utf8'), { fileName: path, reportDiagnostics: true });
  const [first] = diagnostics ?? [];
  return first && ts.flattenDiagnosticMessageText(first.messageText, ' ');
}
