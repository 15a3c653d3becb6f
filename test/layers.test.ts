import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../src/', import.meta.url));

/**
 * Who may import whom, by the rooms of `src/`. A room may always import itself. Each provider is a room, and so is
 * the kit that they share. The two halves of `generated/` are rooms of their own: types of the schema are a leaf,
 * resolver signatures are not.
 */
const arrows: Record<string, readonly string[]> = {
  index: ['server', 'api', 'graphql', 'access', 'calls', 'config', 'runtime', 'sandbox', 'adapters/registry'],
  main: ['server', 'config', 'sandbox', 'adapters/registry'],
  server: [
    'api',
    'operations',
    'graphql',
    'cost',
    'access',
    'config',
    'calls',
    'store',
    'explorer',
    'console',
    'telemetry',
    'runtime',
    'upstream',
    'hosting',
  ],
  // Documents that clients name by an id: validated by the rules of `graphql`, weighed by those of `cost`.
  operations: ['graphql', 'cost', 'access', 'config', 'store', 'runtime'],
  // The composition root of one API without HTTP, which `index` embeds and `server` serves.
  api: [
    'operations',
    'hosting',
    'graphql',
    'cost',
    'access',
    'config',
    'calls',
    'store',
    'telemetry',
    'upstream',
    'runtime',
  ],
  graphql: ['calls', 'access', 'cost', 'config', 'runtime', 'generated/resolvers', 'generated/schema'],
  cost: ['access', 'config'],
  access: ['config', 'runtime'],
  config: ['calls', 'store', 'runtime'],
  // Checks a document before it is sent, by `markup`.
  calls: ['store', 'markup', 'runtime', 'generated/schema'],
  'adapters/registry': ['adapters/<provider>', 'calls', 'generated/schema'],
  'adapters/<provider>': ['adapters/kit', 'calls', 'upstream'],
  // Hosts documents for calls, and takes the callbacks in them. It is given functions that send requests, not `upstream`.
  hosting: ['calls', 'markup', 'store', 'runtime'],
  'adapters/kit': ['calls', 'upstream', 'runtime', 'generated/schema'],
  // The contract of adapters as tests, published: it runs an adapter on an emulated carrier.
  contract: ['calls', 'sandbox', 'generated/schema'],
  // Pure: the language of documents, its checker and translation.
  markup: [],
  upstream: ['runtime'],
  // Implements the ports of `runtime/` by which figures and spans leave the other rooms.
  telemetry: ['runtime'],
  sandbox: ['runtime'],
  'generated/resolvers': ['calls', 'graphql', 'markup'],
  'generated/schema': [],
  explorer: [],
  // Both pages are served by the same rules.
  console: ['explorer'],
  runtime: [],
  store: [],
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

/** The room of a file: a folder of `src/`, but for the adapters and what is generated. */
function roomOf(file: string): string {
  const [room, inner] = file.replace(/\.tsx?$/, '').split('/') as [string, string?];
  if (room !== 'adapters' && room !== 'generated') return room;
  return folderOfProvider(file) === undefined ? `${room}/${inner}` : 'adapters/<provider>';
}

function isAllowed({ from, to }: Import): boolean {
  const [source, target] = [roomOf(from), roomOf(to)];
  return source === target || (arrows[source]?.includes(target) ?? false);
}

function folderOfProvider(file: string): string | undefined {
  return /^adapters\/(?!kit\/)([^/]+)\//.exec(file)?.[1];
}

const files = sourceFiles();
const imports = files.flatMap(importsOf);
const show = ({ from, to }: Import) => `${from} → ${to}`;

describe('the rooms', () => {
  it('hold every file of src/ but the two entries', () => {
    const loose = files.filter((file) => !file.includes('/'));
    expect(loose.filter((file) => !['index.ts', 'main.ts'].includes(file))).toEqual([]);
    expect(files.filter((file) => !(roomOf(file) in arrows))).toEqual([]);
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

  it('name no other provider in an adapter, and none in the kit', () => {
    const providers = [...new Set(files.flatMap((file) => folderOfProvider(file) ?? []))];
    const named = files.flatMap((file) => {
      const own = folderOfProvider(file) ?? (roomOf(file) === 'adapters/kit' ? 'kit' : undefined);
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

  it('read the environment in config/ alone', () => {
    const readers = files.filter((file) => readFileSync(join(root, file), 'utf8').includes('process.env'));
    expect(readers).toEqual(['config/config.ts']);
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
