// How many tests passed, failed and were skipped, read from what the test runners write.

/** Counts of a stage that is one check: passed when its program ended well. */
export const countOfCheck = (code) => ({ passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 });

/** A runner that ended badly without naming a failed test (no tests found, a file that does not load) failed once. */
function withExitCode(counts, code) {
  const nothingRan = counts.passed + counts.failed === 0;
  const failed = counts.failed === 0 && (code !== 0 || nothingRan) ? 1 : counts.failed;
  return { ...counts, failed };
}

/** Counts out of Vitest's JSON report; a null report (the runner wrote none) is a failure. */
export function countOfVitest(report, code) {
  const counts = {
    passed: report?.numPassedTests ?? 0,
    failed: report?.numFailedTests ?? 0,
    skipped: (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0),
  };
  return withExitCode(counts, code);
}

/** Counts out of Playwright's JSON report; a test that passed only when tried again counts as passed. */
export function countOfPlaywright(report, code) {
  const { expected = 0, flaky = 0, unexpected = 0, skipped = 0 } = report?.stats ?? {};
  return withExitCode({ passed: expected + flaky, failed: unexpected, skipped }, code);
}

/** The sum over all stages. */
export function total(results) {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const { counts } of results) for (const key of Object.keys(sum)) sum[key] += counts[key];
  return sum;
}

/** The table printed at the end: a row a stage, with seconds. */
export function table(results) {
  const rows = results.map(({ name, counts, seconds }) => {
    const numbers = [counts.passed, counts.failed, counts.skipped].map((count) => String(count).padStart(8));
    return `${name.padEnd(14)}${numbers.join('')}${seconds.toFixed(1).padStart(10)}`;
  });
  return [`${'stage'.padEnd(14)}  passed  failed skipped   seconds`, ...rows].join('\n');
}

/** The closing line, in the form that machines read. */
export const closingLine = ({ passed, failed, skipped }) => `${passed} passed, ${failed} failed, ${skipped} skipped`;
