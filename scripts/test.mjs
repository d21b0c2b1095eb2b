// The whole test suite from a bare clone: npm test [-- SUITE…] [--grep TEXT]
// Suites: checks unit contract vsix integration e2e. The last line is the sum of all.
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ensureDependencies } from './setup/dependencies.mjs';
import { processMark } from './setup/process-mark.mjs';
import { SetupError, runMain, say } from './setup/say.mjs';
import { filesEnding } from './suites/files.mjs';
import { asTest, count, sentence } from './suites/results.mjs';

const root = path.resolve(import.meta.dirname, '..');

/**
 * In the order of the report. `files`: where its tests are. `needs`: what to set up while other suites run.
 * Suites of one lane run one after the other, the two lanes beside each other.
 */
const suites = {
  checks: { lane: 1, load: async () => (await import('./suites/checks.mjs')).checks },
  unit: {
    lane: 1,
    load: async () => (await import('./suites/vitest.mjs')).unit,
    files: ['test/unit', '.test.ts'],
  },
  contract: {
    lane: 1,
    load: async () => (await import('./suites/vitest.mjs')).contract,
    files: ['test/contract', '.test.ts'],
    needs: ['environment'],
  },
  vsix: { lane: 2, load: async () => (await import('./suites/vsix.mjs')).vsix, needs: ['editor'] },
  integration: {
    lane: 2,
    load: async () => (await import('./suites/integration.mjs')).integration,
    files: ['test/integration', '.test.ts'],
    needs: ['browser', 'environment', 'editor'],
  },
  e2e: {
    lane: 2,
    load: async () => (await import('./suites/e2e.mjs')).e2e,
    files: ['test/e2e', '.spec.ts'],
    needs: ['browser', 'environment', 'editor'],
  },
};

await runMain(async () => {
  const { names, grep } = options();
  const stopping = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'])
    process.once(name, () => stopping.abort(new SetupError('Interrupted.')));
  const { signal } = stopping;
  const mark = processMark('LANGSMITH_SANDBOXES_TEST_RUN');
  Object.assign(process.env, mark.env);
  const scratch = await mkdtemp(path.join(os.tmpdir(), 'langsmith-sandboxes-test-'));
  process.env.TMPDIR = scratch; // whatever a test leaves there goes with the run

  const tests = [];
  try {
    tests.push(...(await runAll(names, grep, signal)));
  } catch (error) {
    signal.throwIfAborted();
    tests.push({ title: 'set-up', status: 'failed', error: error.message });
  } finally {
    tests.push(await asTest('clean-up: no process is left behind', () => noneLeft(mark)));
    await rm(scratch, { recursive: true, force: true, maxRetries: 3 });
  }
  return report(tests);
});

async function runAll(names, grep, signal) {
  await ensureDependencies(root, { signal });
  const { createContext } = await import('./suites/context.mjs');
  const context = await createContext(root, { grep, signal });
  try {
    const preparing = prepare(context, names);
    const lanes = await Promise.all(
      [1, 2].map((lane) =>
        runLane(
          names.filter((name) => suites[name].lane === lane),
          context,
        ),
      ),
    );
    await preparing;
    return lanes.flat();
  } finally {
    await context.stop();
  }
}

async function runLane(names, context) {
  const tests = [];
  for (const name of names) tests.push(...(await runSuite(name, context)));
  return tests;
}

function options() {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { grep: { type: 'string' } },
  });
  const unknown = positionals.filter((name) => !(name in suites));
  if (unknown.length === 0) {
    const chosen = Object.keys(suites).filter(
      (name) => positionals.length === 0 || positionals.includes(name),
    );
    return { names: chosen, grep: values.grep };
  }
  console.error(`There is no suite ${unknown.join(', ')}. Suites: ${Object.keys(suites).join(', ')}.`);
  process.exit(2);
}

/** Sets up one thing after the other beside the first suites. A failure is told by the suite that needs the thing. */
async function prepare(context, names) {
  const needs = new Set(names.flatMap((name) => suites[name].needs ?? []));
  for (const need of ['browser', 'environment', 'editor'].filter((each) => needs.has(each))) {
    await context[need]().catch(() => {});
  }
}

async function runSuite(name, context) {
  const { load, files } = suites[name];
  const started = Date.now();
  const found = await resultsOf(name, load, files, context);
  const tests = found.map((test) => ({ ...test, title: `${name}: ${test.title}` }));
  say(`${name.padEnd(12)} ${sentence(count(tests))} in ${Math.round((Date.now() - started) / 1000)} s`);
  return tests;
}

async function resultsOf(name, load, files, context) {
  if (files && (await filesEnding(path.join(root, files[0]), files[1])).length === 0) {
    return [
      { title: 'has tests', status: 'failed', error: `Absent: there is no *${files[1]} in ${files[0]}.` },
    ];
  }
  try {
    return await (
      await load()
    )(context);
  } catch (error) {
    context.signal.throwIfAborted();
    return [{ title: 'is set up', status: 'failed', error: error.message }];
  }
}

async function noneLeft(mark) {
  const commands = await mark.end(3000);
  if (commands.length > 0)
    throw new Error(`These were still running and are ended now:\n${commands.join('\n')}`);
}

function report(tests) {
  for (const { title } of tests.filter(({ status }) => status === 'skipped'))
    console.log(`skipped  ${title}`);
  tell(
    'FLAKY, passed at the second try ',
    tests.filter(({ flaky }) => flaky),
  );
  tell(
    'FAILED ',
    tests.filter(({ status }) => status === 'failed'),
  );
  const total = count(tests);
  console.log(`\n${sentence(total)}`);
  return total.failed > 0 ? 1 : 0;
}

function tell(word, tests) {
  for (const { title, error = '' } of tests)
    console.log(`\n${word} ${title}\n${error.replaceAll(/^/gm, '    ')}`);
}
