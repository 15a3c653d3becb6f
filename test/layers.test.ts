import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../src/', import.meta.url));

/**
 * Who may import whom, by folder or file of `src/`. A layer may always import itself. The two halves of
 * `generated/` are layers of their own: types of the schema are a leaf, resolver signatures are not.
 */
const arrows: Record<string, readonly string[]> = {
  'main.ts': ['server.ts', 'config.ts', 'drain-time.ts', 'sandbox', 'adapters/registry.ts'],
  'server.ts': [
    'access',
    'bound-bodies.ts',
    'cache-headers.ts',
    'calls',
    'close-unused.ts',
    'config.ts',
    'context.ts',
    'execution',
    'explorer',
    'graphql-handler.ts',
    'json-body.ts',
    'load-schema.ts',
    'local-only.ts',
    'log-stream.ts',
    'print-sdl.ts',
    'refuse-request.ts',
    'serve-sdl.ts',
    'shed-load.ts',
    'store',
  ],
  'bound-bodies.ts': ['shed-load.ts'],
  'gate.ts': [],
  'local-only.ts': ['is-loopback.ts', 'refuse-request.ts'],
  'shed-load.ts': ['gate.ts'],
  'graphql-handler.ts': [
    'access',
    'all-or-nothing.ts',
    'cache-headers.ts',
    'config.ts',
    'context.ts',
    'create-apollo.ts',
    'execution',
    'format-error.ts',
    'operation-log.ts',
    'tell-done.ts',
    'under-way.ts',
  ],
  'under-way.ts': [],
  'create-apollo.ts': [
    'access',
    'all-or-nothing.ts',
    'config.ts',
    'context.ts',
    'execution',
    'known-operation-types.ts',
    'name-field.ts',
    'operation-log.ts',
    'status-by-media-type.ts',
    'tell-done.ts',
  ],
  'all-or-nothing.ts': ['calls', 'context.ts', 'execution', 'relay'],
  'load-schema.ts': ['generated/resolvers.ts', 'resolvers'],
  'print-sdl.ts': [],
  'serve-sdl.ts': ['access'],
  'write-sdl.ts': ['load-schema.ts', 'print-sdl.ts'],
  'config.ts': [
    'access',
    'calls',
    'config-accounts.ts',
    'config-contradictions.ts',
    'config-environment.ts',
    'config-file.ts',
    'config-limits.ts',
    'config-sandbox.ts',
    'config-schema.ts',
    'word-issue.ts',
  ],
  'config-account-texts.ts': ['config-file.ts', 'is-loopback.ts'],
  'config-accounts.ts': [
    'calls',
    'config-account-texts.ts',
    'config-file.ts',
    'config-limits.ts',
    'word-issue.ts',
  ],
  'config-contradictions.ts': [
    'access',
    'config-accounts.ts',
    'config-environment.ts',
    'config-file.ts',
    'config-limits.ts',
    'config-sandbox.ts',
    'is-loopback.ts',
  ],
  'config-environment.ts': [],
  'config-limits.ts': ['config-file.ts'],
  'config-sandbox.ts': ['config-file.ts'],
  'config-schema.ts': ['access', 'config-limits.ts', 'config-sandbox.ts', 'store'],
  'config-file.ts': [],
  'cancellation.ts': [],
  'context.ts': ['access', 'calls', 'cancellation.ts'],
  'drain-time.ts': [],
  'foreseen-error.ts': [],
  'format-error.ts': ['access', 'calls', 'execution', 'without-values.ts'],
  'operation-log.ts': ['calls', 'context.ts', 'format-error.ts'],
  'cache-headers.ts': ['config.ts'],
  'close-unused.ts': [],
  'is-loopback.ts': [],
  'is-modest.ts': [],
  'json-body.ts': ['is-modest.ts'],
  'log-stream.ts': [],
  'known-operation-types.ts': [],
  'name-field.ts': [],
  'refuse-request.ts': ['json-body.ts'],
  'status-by-media-type.ts': [],
  'sleep.ts': ['cancellation.ts'],
  'tell-done.ts': ['calls', 'context.ts', 'relay'],
  'without-values.ts': [],
  'word-issue.ts': [],
  access: ['is-loopback.ts', 'word-issue.ts'],
  resolvers: ['generated/resolvers.ts', 'generated/schema.ts', 'relay', 'calls', 'context.ts'],
  'generated/resolvers.ts': ['calls', 'context.ts'],
  'generated/schema.ts': [],
  relay: ['calls'],
  calls: ['cancellation.ts', 'foreseen-error.ts', 'generated/schema.ts', 'sleep.ts', 'store'],
  adapters: ['calls', 'http'],
  'adapters/registry.ts': ['adapters', 'calls', 'generated/schema.ts'],
  http: ['cancellation.ts', 'foreseen-error.ts', 'sleep.ts'],
  store: [],
  execution: [],
  explorer: [],
  sandbox: [],
};

interface Import {
  readonly from: string;
  readonly to: string;
}

function sourceFiles(): string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .sort();
}

/** Every import of another file of `src/`, types included. */
function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  const specifiers = [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map(
    (match) => match[1] as string,
  );
  return specifiers.map((to) => ({ from: file, to: relative(root, join(root, dirname(file), to)) }));
}

function layerOf(file: string): string {
  if (file in arrows) return file;
  return file.split('/')[0] as string;
}

function isAllowed({ from, to }: Import): boolean {
  const [source, target] = [layerOf(from), layerOf(to)];
  return source === target || (arrows[source]?.includes(target) ?? false);
}

function folderOfProvider(file: string): string | undefined {
  return /^adapters\/([^/]+)\//.exec(file)?.[1];
}

const files = sourceFiles();
const imports = files.flatMap(importsOf);
const show = ({ from, to }: Import) => `${from} → ${to}`;

describe('layers', () => {
  it('knows every file of src/', () => {
    expect(files.filter((file) => !(layerOf(file) in arrows))).toEqual([]);
    expect(imports.length).toBeGreaterThan(50);
  });

  it('import only along the arrows', () => {
    expect(imports.filter((each) => !isAllowed(each)).map(show)).toEqual([]);
  });

  it('keep one provider out of another', () => {
    const crossing = imports.filter(({ from, to }) => {
      const [source, target] = [folderOfProvider(from), folderOfProvider(to)];
      return source !== undefined && target !== undefined && source !== target;
    });
    expect(crossing.map(show)).toEqual([]);
  });

  it('name no other provider in an adapter', () => {
    const providers = [...new Set(files.flatMap((file) => folderOfProvider(file) ?? []))];
    const named = files.flatMap((file) => {
      const own = folderOfProvider(file);
      const text = readFileSync(join(root, file), 'utf8').toLowerCase();
      return providers
        .filter((each) => own !== undefined && each !== own && text.includes(each))
        .map((each) => `${file}: ${each}`);
    });
    expect(providers.length).toBeGreaterThan(1);
    expect(named).toEqual([]);
  });

  it('hold no circle, not even of types', () => {
    expect(circleIn(imports)).toEqual([]);
  });

  it('read the environment in config.ts alone', () => {
    const readers = files.filter((file) => readFileSync(join(root, file), 'utf8').includes('process.env'));
    expect(readers).toEqual(['config.ts']);
  });
});

/** Files on the first circle found, in order; empty when there is none. */
function circleIn(edges: readonly Import[]): string[] {
  const done = new Set<string>();
  const walk = (file: string, path: readonly string[]): string[] => {
    const start = path.indexOf(file);
    if (start >= 0) return [...path.slice(start), file];
    if (done.has(file)) return [];
    for (const { to } of edges.filter(({ from }) => from === file)) {
      const circle = walk(to, [...path, file]);
      if (circle.length > 0) return circle;
    }
    done.add(file);
    return [];
  };
  for (const file of files) {
    const circle = walk(file, []);
    if (circle.length > 0) return circle;
  }
  return [];
}
