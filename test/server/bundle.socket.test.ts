import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { post } from '../support/post.ts';
import { runServer } from '../support/run-server.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const bundle = 'dist/bundle/';
const maps = readdirSync(join(root, bundle)).filter((file) => file.endsWith('.map'));

/** The names of the packages that are in the bundle. */
function bundledPackages(): string[] {
  const sources = maps.flatMap((file) => JSON.parse(read(bundle + file)).sources as string[]);
  const names = sources.flatMap((source) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1] ?? []);
  return [...new Set(names)].sort();
}

describe('the bundle', () => {
  it('is all that the server needs, with the schema and the explorer beside it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bundle-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    for (const path of ['package.json', 'schema', bundle, 'dist/explorer-page']) {
      cpSync(join(root, path), join(folder, path), { recursive: true });
    }
    const server = await runServer({ folder });
    // The third time, the operation is compiled.
    for (const _ of [1, 2, 3]) {
      const { data, errors } = await post<{ calls: { nodes: object[] } }>(
        server.url,
        'query ($first: Int) { calls(first: $first) { nodes { id createdAt } unavailable { message } } }',
        { first: 3 },
      );
      expect([errors, data.calls.nodes.length]).toEqual([[], 3]);
    }
    const page = await fetch(server.url, { headers: { accept: 'text/html' } });
    expect(await page.text()).toContain('<html');
    expect(await server.stop()).toBe(0);
  });

  it('has the licence of every package in it, and its text where the package has one', () => {
    const [, ...parts] = read(`${bundle}licenses.md`).split(/^## (\S+) - \d\S+ \(.+\)$/m);
    const texts = new Map(parts.flatMap((part, i) => (i % 2 === 0 ? [[part, parts[i + 1]?.trim()]] : [])));
    const packages = bundledPackages();
    expect(packages.length).toBeGreaterThan(100);
    expect([...texts.keys()].sort()).toEqual(packages);
    const isLicence = (file: string) => /^(licen[cs]e|copying)/i.test(file);
    const without = packages.filter((name) => !texts.get(name));
    const files = without.flatMap((name) => readdirSync(join(root, 'node_modules', name)));
    expect(files.filter(isLicence)).toEqual([]);
  });

  it('has source maps that lead to the lines of src/', () => {
    const lines = read(`${bundle}main.js`).split('\n');
    const line = lines.findIndex((text) => text.includes('console.error(`Cannot listen on'));
    const map = new SourceMap(JSON.parse(read(`${bundle}main.js.map`)));
    const entry = map.findEntry(line, lines[line]?.indexOf('console') ?? -1);
    expect(entry).toMatchObject({ originalSource: '../../src/server/listens.ts' });
    const original =
      read('src/server/listens.ts').split('\n')[(entry as { originalLine: number }).originalLine];
    expect(original).toContain('Cannot listen on');
  });
});
