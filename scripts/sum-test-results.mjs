// Sums vitest's JSON reports into one line and the exit code of a run:
// node scripts/sum-test-results.mjs FAILED_STEPS REPORT...
import { existsSync, readFileSync } from 'node:fs';

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
}
// A step that failed without a failed test (a crash, a lint error) still counts.
if (failed === 0) failed += Number(failedSteps);
process.stdout.write(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
