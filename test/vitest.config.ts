import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { ProjectSequencer } from './project-sequencer.ts';
import { projects } from './projects.ts';

/** `--project unit`, `contract`, `faults` or `walk` runs one part; see `projects.ts`. */
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  // Apollo Server is given the CommonJS build of graphql; two of it in one process do not know each other.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    projects: projects.map((project) => ({
      extends: true,
      test: {
        ...project,
        setupFiles: [
          'test/support/property-seed.ts',
          ...(project.name === 'unit' ? ['test/support/no-socket.ts'] : []),
        ],
      },
    })),
    // Loading the modules of the product takes a second or two, which would be most of the time of many a file.
    isolate: false,
    sequence: { sequencer: ProjectSequencer },
    // Each project, and the next run, would transform the same modules again.
    experimental: { fsModuleCache: true },
    // Bounds for what never ends, and no measures of speed.
    expect: { requireAssertions: true, poll: { timeout: 60_000 } },
    testTimeout: 120_000,
    hookTimeout: 60_000,
    // Most of them wait for sockets and timers, so that more than one can be under way on each core.
    maxWorkers: 4,
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      exclude: [
        'src/main.ts',
        'src/generated/**',
        'src/explorer/page/**',
        'src/console/page/**',
        'src/sandbox/**',
      ],
    },
  },
});
