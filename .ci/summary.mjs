/** Prints `N passed, N failed` of vitest's JSON reports. A file that could not be run at all counts as one failure, and so does a missing report. */
import { existsSync, readFileSync } from 'node:fs';

let passed = 0;
let failed = 0;
for (const path of process.argv.slice(2)) {
  if (!existsSync(path)) {
    console.log(`no report: ${path}`);
    failed += 1;
    continue;
  }
  const { numFailedTests, numPassedTests, testResults } = JSON.parse(readFileSync(path, 'utf8'));
  const brokenFiles = testResults.filter(({ assertionResults, status }) => {
    return status === 'failed' && assertionResults.every((test) => test.status !== 'failed');
  });
  for (const { message, name } of brokenFiles) console.log(`could not run: ${name}\n${message}`);
  passed += numPassedTests;
  failed += numFailedTests + brokenFiles.length;
}
console.log(`${String(passed)} passed, ${String(failed)} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
