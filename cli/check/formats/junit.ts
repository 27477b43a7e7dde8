/** JUnit's XML, as CI servers read it: a suite for each file that was looked at, a case for each message. */
import { shown } from '../../output/words.ts';
import type { Print } from './format.ts';

export const junit: Print = (results, { cwd }) => {
  const suites = results.map(({ filePath, messages }) => {
    const name = xml(shown(filePath, cwd));
    const cases = messages.map(({ column, line, message, ruleId, severity }) => {
      const type = severity === 2 ? 'error' : 'warning';
      const place = `line ${String(line)}, column ${String(column)}`;
      return `    <testcase name="${xml(ruleId ?? 'could not be checked')}" classname="${name}" time="0"><failure type="${type}" message="${xml(message)}">${xml(`${place}: ${message}`)}</failure></testcase>\n`;
    });
    const all = cases.length === 0 ? [`    <testcase name="authkit" classname="${name}" time="0" />\n`] : cases;
    return `  <testsuite name="${name}" tests="${String(all.length)}" failures="${String(cases.length)}" errors="0" time="0">\n${all.join('')}  </testsuite>\n`;
  });
  return `<?xml version="1.0" encoding="utf-8"?>\n<testsuites>\n${suites.join('')}</testsuites>\n`;
};

/** XML has no way to write most control characters. */
const xml = (text: string): string =>
  text
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
