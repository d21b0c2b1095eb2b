import { defineConfig } from 'vitest/config';

const contract = { isolate: false, testTimeout: 60_000, hookTimeout: 60_000 };
/** What of the local server depends on the engine most: it runs on the second engine, too. */
const onBothEngines = ['boxes', 'build', 'capture', 'execute', 'files', 'search'];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          isolate: false,
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        test: { name: 'contract', include: ['test/contract/**/*.test.ts'], ...contract },
      },
      {
        test: {
          name: 'contract-podman',
          include: onBothEngines.map((name) => `test/contract/local/${name}.test.ts`),
          env: { LANGSMITH_SANDBOXES_TEST_ENGINE: process.env['TEST_ENGINE_PODMAN'] ?? '' },
          ...contract,
        },
      },
      {
        test: {
          name: 'bench',
          include: ['test/bench/**/*.bench.ts'],
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
