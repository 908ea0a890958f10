// Names the tests that failed in vitest's JSON reports, sums the rest into one line and gives the exit code of a run:
// node scripts/sum-test-results.mjs FAILED_STEPS REPORT...
import { existsSync, readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

const [failedSteps = '0', ...files] = process.argv.slice(2);
let passed = 0;
let failed = 0;
let skipped = 0;
for (const file of files.filter((name) => existsSync(name))) {
  const report = JSON.parse(readFileSync(file, 'utf8'));
  passed += report.numPassedTests;
  // A file that does not load has no tests to fail: count it as one.
  failed +=
    report.numFailedTests +
    report.testResults.filter((f) => f.status === 'failed' && !f.assertionResults.length).length;
  skipped += report.numPendingTests + report.numTodoTests;
  for (const { name, status, message, assertionResults } of report.testResults) {
    const tests = assertionResults.filter((test) => test.status === 'failed');
    for (const test of tests) say(`${name} > ${test.fullName}`, test.failureMessages.join('\n'));
    if (status === 'failed' && tests.length === 0) say(name, message);
  }
}

function say(test, reason) {
  const lines = stripVTControlCharacters(reason ?? '')
    .split('\n')
    .slice(0, 12);
  process.stdout.write(`\n!! ${test}\n${lines.map((line) => `   ${line.slice(0, 2000)}\n`).join('')}`);
}

// A step that failed without a failed test (a crash, a lint error) still counts.
if (failed === 0) failed += Number(failedSteps);
process.stdout.write(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
