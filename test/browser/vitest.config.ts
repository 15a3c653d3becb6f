import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Apart from the other tests, since not every machine has a browser: `npm run test:browser` after a build. */
export default defineConfig({
  test: {
    root: fileURLToPath(new URL('../..', import.meta.url)),
    include: ['test/browser/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // The tests wait for pages and timers most of the time; with two processors, the default is one.
    maxWorkers: 2,
    expect: { requireAssertions: true, poll: { timeout: 15_000 } },
  },
});
