/** What was found in all checkouts, as Markdown for a comment on a pull request. */

/** GitHub takes no longer comment. */
const MAX_LENGTH = 65_000;

/** `checkouts`: `{ repository, commit }` by name, for links. */
export function reportOf(results, checkouts = new Map()) {
  const parts = [
    summaryOf(results),
    failuresOf(results),
    ...(results.some(({ others }) => others !== undefined) ? [differenceOf(results, checkouts)] : []),
    folded('Findings by rule', rulesOf(results)),
    folded('Findings by checkout', checkoutsOf(results)),
  ];
  const text = `${parts.join('\n\n')}\n`;
  return text.length <= MAX_LENGTH ? text : `${text.slice(0, text.lastIndexOf('\n', MAX_LENGTH))}\n\n… and more`;
}

function summaryOf(results) {
  const sum = (count) => results.reduce((total, result) => total + count(result), 0).toLocaleString('en');
  const reported = results.filter(({ findings }) => findings.length > 0).length;
  return [
    `**${sum(({ findings }) => findings.length)} findings in ${String(reported)} of ${String(results.length)} checkouts**`,
    `(${sum(({ files }) => files)} files read, ${sum(({ changed }) => changed.length)} changed by codemods).`,
  ].join(' ');
}

function failuresOf(results) {
  const failures = results.flatMap(({ failures: all, name }) => all.map((failure) => `- ${name}: ${failure}`));
  return failures.length === 0 ? 'No failures.' : `**${plural(failures.length, 'failure')}**\n\n${failures.join('\n')}`;
}

/** The findings and edits that one build has and the other has not. A finding that has only moved is the same. */
function differenceOf(results, checkouts) {
  const changes = results
    .map((result) => ({ result, ...without(result.findings, result.others), edits: editChangesOf(result) }))
    .filter(({ added, edits, removed }) => added.length + removed.length + edits.length > 0);
  if (changes.length === 0) return 'No finding and no edit differs.';
  const added = changes.flatMap((change) => change.added);
  const removed = changes.flatMap((change) => change.removed);
  const rules = namesOf([...added, ...removed]).map(
    (rule) => `| ${rule} | +${String(countOf(added, rule))} | −${String(countOf(removed, rule))} |`,
  );
  const edits = changes.reduce((total, change) => total + change.edits.length, 0);
  return [
    `**+${String(added.length)} −${String(removed.length)} findings, ${plural(edits, 'file')} with other edits, in ${plural(changes.length, 'checkout')}**`,
    ...(rules.length === 0 ? [] : [table(['rule', 'added', 'removed'], rules)]),
    ...changes.map((change) => detailsOf(change, checkouts.get(change.result.name))),
  ].join('\n\n');
}

function detailsOf({ added, edits, removed, result }, checkout) {
  const line = (sign, { line, message, path, ruleId }) => {
    const place = `${path}:${String(line)}`;
    const link =
      checkout &&
      `https://github.com/${checkout.repository}/blob/${checkout.commit}/${encodeURI(path)}#L${String(line)}`;
    return `- \`${sign}\` ${link ? `[${place}](${link})` : place} **${shortName(ruleId)}** ${escaped(message)}`;
  };
  const title = `${result.name}: +${String(added.length)} −${String(removed.length)}${edits.length === 0 ? '' : `, ${plural(edits.length, 'file')} with other edits`}`;
  const lines = [...removed.map((finding) => line('−', finding)), ...added.map((finding) => line('+', finding))];
  const diffs = edits.map(({ after, path }) =>
    after === undefined ? `No edit of ${path} any more.` : `Edits of ${path}:\n\n\`\`\`\`diff\n${after}\n\`\`\`\``,
  );
  return folded(title, [lines.join('\n'), ...diffs].filter((part) => part !== '').join('\n\n'));
}

/** What two lists of findings have alone: by path, rule and message, as often as they have it. */
function without(findings, others) {
  const alone = (list, other) => {
    const left = new Map();
    for (const finding of other) left.set(keyOf(finding), (left.get(keyOf(finding)) ?? 0) + 1);
    return list.filter((finding) => {
      const count = left.get(keyOf(finding)) ?? 0;
      if (count > 0) left.set(keyOf(finding), count - 1);
      return count === 0;
    });
  };
  return { added: alone(findings, others), removed: alone(others, findings) };
}

const keyOf = ({ message, path, ruleId }) => `${path} ${ruleId} ${message}`;

function editChangesOf({ edits = {}, otherEdits = {} }) {
  const paths = new Set([...Object.keys(edits), ...Object.keys(otherEdits)]);
  return [...paths].filter((path) => edits[path] !== otherEdits[path]).map((path) => ({ path, after: edits[path] }));
}

function rulesOf(results) {
  const findings = results.flatMap((result) => result.findings);
  const rows = namesOf(findings).map((rule) => {
    const checkouts = results.filter((result) => countOf(result.findings, rule) > 0).length;
    return `| ${rule} | ${String(countOf(findings, rule))} | ${String(checkouts)} |`;
  });
  return table(['rule', 'findings', 'checkouts'], rows);
}

function checkoutsOf(results) {
  const rows = results
    .filter(({ changed, failures, findings }) => findings.length + changed.length + failures.length > 0)
    .map(({ changed, failures, files, findings, ms, name }) => {
      const counts = namesOf(findings).map((rule) => `${rule} ${String(countOf(findings, rule))}`);
      const cells = [name, files, ms, counts.join(', '), changed.length, failures.length === 0 ? '' : failures.length];
      return `| ${cells.map(String).join(' | ')} |`;
    });
  return table(['checkout', 'files', 'ms', 'findings', 'files changed', 'failures'], rows);
}

const table = (heads, rows) => [`| ${heads.join(' | ')} |`, `|${'---|'.repeat(heads.length)}`, ...rows].join('\n');
const folded = (title, body) => `<details><summary>${escaped(title)}</summary>\n\n${body}\n\n</details>`;
const plural = (count, noun) => `${String(count)} ${noun}${count === 1 ? '' : 's'}`;
const escaped = (text) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('`', '&#96;').replaceAll('*', '&#42;');
const shortName = (ruleId) => ruleId.replace('authkit/', '');
const namesOf = (findings) => [...new Set(findings.map(({ ruleId }) => shortName(ruleId)))].sort();
const countOf = (findings, rule) => findings.filter(({ ruleId }) => shortName(ruleId) === rule).length;
