import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** What becomes of the package once it is packed and installed. It needs the build, and the registry of npm. */
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    include: ['test/package/**/*.test.ts'],
    testTimeout: 240_000,
    hookTimeout: 240_000,
    expect: { requireAssertions: true },
  },
});
