/** Prints `N passed, N failed` of a vitest JSON report. A file that could not be run at all counts as one failure. */
import { existsSync, readFileSync } from 'node:fs';

const [path] = process.argv.slice(2);
const { numFailedTests, numPassedTests, testResults } = existsSync(path)
  ? JSON.parse(readFileSync(path, 'utf8'))
  : { numPassedTests: 0, numFailedTests: 1, testResults: [] };
const brokenFiles = testResults.filter(({ assertionResults, status }) => {
  return status === 'failed' && assertionResults.every((test) => test.status !== 'failed');
});
for (const { message, name } of brokenFiles) console.log(`could not run: ${name}\n${message}`);
const failed = numFailedTests + brokenFiles.length;
console.log(`${String(numPassedTests)} passed, ${String(failed)} failed`);
process.exitCode = failed > 0 || numPassedTests === 0 ? 1 : 0;
