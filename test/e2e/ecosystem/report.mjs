/** What was found in all checkouts, as Markdown. */

export function tableOf(results) {
  const rows = results.map(
    ({ changed, failures, files, findings, ms, name }) =>
      `| ${name} | ${String(files)} | ${String(ms)} | ${countsOf(findings)} | ${String(changed.length)} | ${failures.length === 0 ? '' : String(failures.length)} |`,
  );
  const total = (count) => String(results.reduce((sum, result) => sum + count(result), 0));
  const all = `| **${String(results.length)} checkouts** | ${total(({ files }) => files)} | ${total(({ ms }) => ms)} | ${countsOf(results.flatMap(({ findings }) => findings))} | ${total(({ changed }) => changed.length)} | ${total(({ failures }) => failures.length)} |`;
  const failures = results.flatMap(({ failures: all, name }) => all.map((failure) => `- ${name}: ${failure}`));
  return [
    '| checkout | files | ms | findings | files changed | failures |',
    '|---|---|---|---|---|---|',
    ...rows,
    all,
    '',
    failures.length === 0 ? 'No failures.' : `Failures:\n${failures.join('\n')}`,
  ].join('\n');
}

/** `no-sign-out-prefetch 2, valid-proxy 1` */
function countsOf(findings) {
  const counts = new Map();
  for (const { ruleId } of findings) counts.set(ruleId, (counts.get(ruleId) ?? 0) + 1);
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([rule, count]) => `${rule.replace('authkit/', '')} ${String(count)}`)
    .join(', ');
}

/** The findings that one build has and the other has not; a finding whose message alone is another one is both. */
export function differenceOf(results) {
  const lines = results.flatMap(({ findings, name, others = [] }) => [
    ...without(others, findings).map((line) => `- ${name}/${line}`),
    ...without(findings, others).map((line) => `+ ${name}/${line}`),
  ]);
  return lines.length === 0 ? '\nNo finding differs.' : `\n\`\`\`diff\n${lines.join('\n')}\n\`\`\``;
}

function without(findings, others) {
  const known = new Set(others.map(textOf));
  return findings.map(textOf).filter((text) => !known.has(text));
}

const textOf = ({ line, message, path, ruleId }) =>
  `${path}:${String(line)} ${ruleId.replace('authkit/', '')} ${message}`;
