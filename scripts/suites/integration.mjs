import { rm } from 'node:fs/promises';
import path from 'node:path';
import { readJson } from './files.mjs';
import { withExitCode } from './results.mjs';

/** Mocha in a real extension host. @param {import('./context.mjs').Context} context */
export async function integration(context) {
  const { root, results, grep, runLogged } = context;
  await context.build();
  const engine = await context.environment();
  await context.editor();
  const report = path.join(results, 'integration.json');
  await rm(report, { force: true });
  const env = { ...engine, DOCKER_HOST: engine.LANGSMITH_SANDBOXES_TEST_ENGINE, TEST_RESULTS: report };
  if (grep) env.TEST_GREP = grep;
  const program = path.join(root, 'scripts/suites/run-in-host.mjs');
  const run = await runLogged('integration', process.execPath, [program], env);
  return withExitCode((await readJson(report)) ?? [], run, run.logFile);
}
