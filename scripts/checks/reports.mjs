/** Reads the JSON reports of the two test runners. */

export function readVitest(report) {
  const files = report.testResults;
  // A file that does not load fails without any test of its own.
  const broken = files.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  ).length;
  const times = files.flatMap(({ assertionResults }) =>
    assertionResults.map(({ duration, fullName }) => [(duration ?? 0) / 1_000, fullName]),
  );
  return { passed: report.numPassedTests, failed: report.numFailedTests + broken, times };
}

const specsOf = (suites) =>
  suites.flatMap(({ specs = [], suites: inner = [] }) => [...specs, ...specsOf(inner)]);

export function readPlaywright({ stats, errors, suites }) {
  const times = specsOf(suites).flatMap(({ file, title, tests }) =>
    tests.flatMap(({ results }) =>
      results.map(({ duration }) => [duration / 1_000, `${file}: ${title}`]),
    ),
  );
  // Said plainly: a test that needs its second try hides a race.
  for (const { file, title, tests } of specsOf(suites)) {
    if (tests.some(({ status }) => status === 'flaky')) {
      console.log(`passed at the second try only: ${file}: ${title}`);
    }
  }
  const passed = stats.expected + stats.flaky;
  const failed = stats.unexpected + errors.length;
  return { passed, failed, skipped: stats.skipped, times };
}
