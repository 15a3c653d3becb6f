import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  // Apollo Server is given the CommonJS build of graphql; two of it in one process do not know each other.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/browser/**', 'test/bench/**'],
    expect: { requireAssertions: true },
    // A bound for what never ends, and no measure of speed.
    testTimeout: 120_000,
    hookTimeout: 60_000,
    // Most of them wait for sockets and timers, so that more than one can be under way on each core.
    maxWorkers: 4,
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      exclude: ['src/main.ts', 'src/generated/**', 'src/explorer/page/**', 'src/sandbox/**'],
    },
  },
});
