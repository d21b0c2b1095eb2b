/**
 * What a suite found out. `flaky`: passed at a second try, after the error.
 * @typedef {{ title: string, status: 'passed' | 'failed' | 'skipped', error?: string, flaky?: boolean }} TestResult
 */

/**
 * Does one step and counts it as one test.
 * @param {string} title
 * @param {() => Promise<unknown>} work
 * @returns {Promise<TestResult>}
 */
export async function asTest(title, work) {
  try {
    await work();
    return { title, status: 'passed' };
  } catch (error) {
    return { title, status: 'failed', error: error.message };
  }
}

/** @param {TestResult[]} tests */
export function count(tests) {
  const having = (status) => tests.filter((test) => test.status === status).length;
  return { passed: having('passed'), failed: having('failed'), skipped: having('skipped') };
}

/** @returns {string} `N passed, N failed`, and how many were skipped if any were */
export function sentence({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** A suite's run that reported nothing, or ended badly although no test failed, is a failure of its own. */
export function withExitCode(tests, { code, output }, logFile) {
  const silent = tests.length === 0;
  if (!silent && (code === 0 || tests.some(({ status }) => status === 'failed'))) return tests;
  const title = silent ? 'the run reports results' : 'the run ends well';
  return [
    ...tests,
    { title, status: 'failed', error: `It ended with ${code}. See ${logFile}\n${output.trim()}` },
  ];
}
