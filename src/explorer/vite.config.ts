import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { compressFiles } from './compress-files.ts';

const outDir = fileURLToPath(new URL('../../dist/explorer-page', import.meta.url));
const pages = {
  explorer: fileURLToPath(new URL('page/index.html', import.meta.url)),
  console: fileURLToPath(new URL('../console/page/console.html', import.meta.url)),
};

/** Vite would put a page where it is in the sources. */
const flattenPages: Plugin = {
  name: 'flatten-pages',
  enforce: 'post',
  generateBundle(_, bundle) {
    for (const file of Object.values(bundle)) {
      if (file.fileName.endsWith('.html')) file.fileName = basename(file.fileName);
    }
  },
};

/**
 * Builds the pages of the explorer and of the console into dist/explorer-page, which explorer.ts serves under /explorer/
 * and console.ts under /console/. They share React.
 */
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  publicDir: false,
  plugins: [
    flattenPages,
    { name: 'compress-files', apply: 'build', closeBundle: () => compressFiles(outDir) },
  ],
  experimental: {
    // Each page names its files where its own room serves them; files name each other relative to themselves.
    renderBuiltUrl: (file, { hostType, hostId }) =>
      hostType === 'html'
        ? `/${/console/.test(hostId) ? 'console' : 'explorer'}/${file}`
        : { relative: true },
  },
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
    rolldownOptions: { input: pages, checks: { moduleLevelDirective: false } },
  },
  worker: { format: 'es', rolldownOptions: { checks: { moduleLevelDirective: false } } },
});
