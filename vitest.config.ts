import { defineConfig } from 'vitest/config';

/** Of `expect.poll`, whose own is a second. */
const expected = { poll: { timeout: 15_000 } };
const contract = { isolate: false, testTimeout: 60_000, hookTimeout: 180_000, expect: expected };

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
          expect: expected,
        },
      },
      {
        test: { name: 'contract', include: ['test/contract/**/*.test.ts'], ...contract },
      },
      {
        test: {
          name: 'contract-podman',
          include: ['test/contract/**/*.test.ts'],
          // These run on every engine there is by themselves: test/engines.ts.
          exclude: ['test/contract/engine/**'],
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
