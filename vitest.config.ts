import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** All tests that need no browser; test/e2e has a configuration of its own. */
export default defineConfig({
  // VS Code gives extensions its API under this name; outside of it nothing answers, so a double stands in.
  resolve: { alias: { vscode: join(import.meta.dirname, 'test', 'client', 'vscode-double.ts') } },
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**'],
    // Some tests start processes, and a loaded machine is slow: the limit is there to end a hang, not to measure.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
  },
});
