import { rm } from 'node:fs/promises';
import path from 'node:path';
import { readJson } from './files.mjs';
import { withExitCode } from './results.mjs';

const statuses = { expected: 'passed', unexpected: 'failed', flaky: 'passed', skipped: 'skipped' };

/** The installed package in a real editor, driven in a real browser. @param {import('./context.mjs').Context} context */
export async function e2e(context) {
  const { results, grep, runLogged } = context;
  const engine = await context.environment();
  const browser = await context.browser();
  await context.editor();
  const report = path.join(results, 'e2e.json');
  await rm(report, { force: true });
  if (!grep) await rm(path.join(results, 'screenshots'), { recursive: true, force: true });
  const env = { ...engine, TEST_VSIX: await context.vsix(), TEST_BROWSER: browser, NO_COLOR: '1' };
  env.PLAYWRIGHT_JSON_OUTPUT_FILE = report;
  const args = ['node_modules/@playwright/test/cli.js', 'test', '--reporter=line,json'];
  if (grep) args.push('--grep', grep);
  const run = await runLogged('e2e', process.execPath, args, env);
  const written = await readJson(report);
  const tests = written?.suites.flatMap((suite) => fromSuite(suite, [])) ?? [];
  const errors =
    written?.errors.map(({ message }) => ({ title: 'loads', status: 'failed', error: message })) ?? [];
  return withExitCode([...tests, ...errors], run, run.logFile);
}

function fromSuite({ title, specs = [], suites = [] }, above) {
  const path_ = [...above, title];
  const own = specs.flatMap((spec) =>
    spec.tests.map((test) => ({
      title: [...path_, spec.title].join(' › '),
      status: statuses[test.status],
      flaky: test.status === 'flaky',
      error: test.results.flatMap(({ errors }) => errors.map(({ message }) => message)).join('\n'),
    })),
  );
  return [...own, ...suites.flatMap((suite) => fromSuite(suite, path_))];
}
