import { defineConfig } from 'vitest/config';

/** A real VS Code is slow to start and shares two cores with its browser: one file at a time, long patience, one retry. */
export default defineConfig({
  test: {
    include: ['test/e2e/**/*.test.ts'],
    globalSetup: ['test/e2e/global-setup.ts'],
    fileParallelism: false,
    testTimeout: 240_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } },
    retry: 1,
  },
});
