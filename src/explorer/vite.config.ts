import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { compressFiles } from './compress-files.ts';

const outDir = fileURLToPath(new URL('../../dist/explorer-page', import.meta.url));

/** Builds the explorer's page into dist/explorer-page, which explorer.ts serves under /explorer/. */
export default defineConfig({
  root: fileURLToPath(new URL('page', import.meta.url)),
  base: '/explorer/',
  plugins: [{ name: 'compress-files', apply: 'build', closeBundle: () => compressFiles(outDir) }],
  build: {
    outDir,
    emptyOutDir: true,
    target: 'es2022',
    // Fonts remain files, so that the content security policy need not allow data: URLs for them.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The editor is one chunk of 2.8 MB, which browsers cache.
    chunkSizeWarningLimit: 4096,
    reportCompressedSize: false,
    // React's hundreds of 'use client' directives have no meaning without server rendering.
    rolldownOptions: { checks: { moduleLevelDirective: false } },
  },
  worker: { format: 'es', rolldownOptions: { checks: { moduleLevelDirective: false } } },
});
