import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';

interface TestResult {
  title: string;
  status: 'passed' | 'failed' | 'skipped';
  error?: string;
}

const testFolder = path.join(__dirname, '../integration');

/**
 * What an editor calls in its extension host when it is started with `--extensionTestsPath`.
 * Runs the bundled test/integration/**.test.ts (TDD words: suite, test) and writes each result to `TEST_RESULTS`.
 * Rejects when a test failed.
 */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'tdd', timeout: 60_000, color: false, grep: process.env.TEST_GREP });
  for (const name of readdirSync(testFolder, { recursive: true, encoding: 'utf8' })) {
    if (name.endsWith('.test.js')) mocha.addFile(path.join(testFolder, name));
  }
  const results: TestResult[] = [];
  const failures = await new Promise<number>((resolve) => {
    const runner = mocha.run(resolve);
    runner.on('pass', (test) => results.push({ title: test.fullTitle(), status: 'passed' }));
    runner.on('pending', (test) => results.push({ title: test.fullTitle(), status: 'skipped' }));
    runner.on('fail', (test, error: Error) => {
      results.push({ title: test.fullTitle(), status: 'failed', error: error.stack ?? error.message });
    });
  });
  if (process.env.TEST_RESULTS) writeFileSync(process.env.TEST_RESULTS, JSON.stringify(results));
  if (failures > 0) throw new Error(`${failures} tests failed.`);
}
