import path from 'node:path';
import { readJson } from './files.mjs';
import { withExitCode } from './results.mjs';

/** A second lane of suites runs beside these. Contract tests wait for the engine more than they work. */
const parallelism = {
  unit: ['--no-file-parallelism'],
  contract: ['--maxWorkers=2'],
  'contract-podman': ['--maxWorkers=1'],
};

/**
 * @param {import('./context.mjs').Context} context
 * @param {'unit' | 'contract' | 'contract-podman'} project
 */
async function runVitest(context, project, env) {
  const { root, results, grep, runLogged } = context;
  const report = path.join(results, `${project}.json`);
  const args = [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
  ];
  args.push(`--outputFile.json=${report}`, ...parallelism[project]);
  if (grep) args.push('--testNamePattern', grep);
  const run = await runLogged(project, process.execPath, args, { ...env, NO_COLOR: '1' });
  const tests = (await readJson(report))?.testResults.flatMap((file) => fromFile(root, file, grep)) ?? [];
  return withExitCode(tests, run, run.logFile);
}

/** @param {import('./context.mjs').Context} context */
export async function unit(context) {
  return runVitest(context, 'unit', {});
}

/** On Docker, and on Podman what depends on the engine. @param {import('./context.mjs').Context} context */
export async function contract(context) {
  await context.build();
  const environment = await context.environment();
  const runs = [runVitest(context, 'contract', environment), contractOnPodman(context, environment)];
  return (await Promise.all(runs)).flat();
}

/** Asked for by name: it takes as long again as all the rest. */
async function contractOnPodman(context, environment) {
  if (!process.env.LANGSMITH_SANDBOXES_TEST_PODMAN)
    return [{ title: 'on Podman: set LANGSMITH_SANDBOXES_TEST_PODMAN=1 to run these', status: 'skipped' }];
  const absent = environment.TEST_ENGINE_PODMAN_ABSENT;
  if (absent) return [{ title: `on Podman: ${absent}`, status: 'skipped' }];
  const tests = await runVitest(context, 'contract-podman', environment);
  return tests.map((test) => ({ ...test, title: `on Podman: ${test.title}` }));
}

function fromFile(root, { name, status, message, assertionResults }, grep) {
  const place = path.relative(root, name);
  if (status === 'failed' && !assertionResults.some((each) => each.status === 'failed')) {
    return [{ title: place, status: 'failed', error: message }];
  }
  const tests = assertionResults.map((each) => ({
    title: `${place} › ${each.fullName}`,
    status: each.status === 'passed' || each.status === 'failed' ? each.status : 'skipped',
    error: each.failureMessages?.join('\n'),
  }));
  return grep ? tests.filter((test) => test.status !== 'skipped') : tests;
}
