import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { compressFiles } from './compress-files.ts';

const outDir = fileURLToPath(new URL('../../dist/explorer-page', import.meta.url));

/** Builds the explorer's page into dist/explorer-page, from where explorer.ts serves it under /explorer/. */
export default defineConfig({
  root: fileURLToPath(new URL('page', import.meta.url)),
  base: '/explorer/',
  plugins: [{ name: 'compress-files', apply: 'build', closeBundle: () => compressFiles(outDir) }],
  build: {
    outDir,
    emptyOutDir: true,
    target: 'es2022',
    // Fonts stay files of our own origin, so that the content security policy need not allow data: for them.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The editor is one chunk of 2.8 MB, fetched once from the machine that the API runs on.
    chunkSizeWarningLimit: 4096,
    reportCompressedSize: false,
    // React's 'use client' marks, hundreds of them, mean nothing to a page without a server side.
    rolldownOptions: { checks: { moduleLevelDirective: false } },
  },
  worker: { format: 'es', rolldownOptions: { checks: { moduleLevelDirective: false } } },
});
