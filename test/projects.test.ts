import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { projects } from './projects.ts';

/** `**` is any folders, `*` any part of a name: the globs of these projects have no more. */
function toPattern(glob: string): RegExp {
  const source = glob
    .replaceAll('.', '\\.')
    .replaceAll('**/', '(?:[^/]+/)#')
    .replaceAll('**', '.#')
    .replaceAll('*', '[^/]*')
    .replaceAll('#', '*');
  return new RegExp(`^${source}$`);
}

const isIn = (file: string, globs: readonly string[]) => globs.some((glob) => toPattern(glob).test(file));

function projectsOf(file: string): string[] {
  return projects
    .filter(({ include, exclude }) => isIn(file, include) && !isIn(file, exclude))
    .map(({ name }) => name);
}

const folder = fileURLToPath(new URL('.', import.meta.url));
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .map((file) => `test/${file.replaceAll('\\', '/')}`)
  .filter((file) => file.endsWith('.test.ts') && !/^test\/(?:browser|package)\//.test(file));

describe('every test file', () => {
  it('belongs to one project', () => {
    expect(files.length).toBeGreaterThan(100);
    expect(files.filter((file) => projectsOf(file).length !== 1)).toEqual([]);
  });

  it.each([
    ['test/layers.test.ts', 'unit'],
    ['test/upstream/unsent.socket.test.ts', 'contract'],
    ['test/readme.socket.test.ts', 'contract'],
    ['test/sandbox/restcomm-text.test.ts', 'contract'],
    ['test/faults/ids.test.ts', 'faults'],
    ['test/faults/ending.socket.test.ts', 'contract'],
    ['test/adapters/bandwidth/errors.virtual.test.ts', 'faults'],
    ['test/walk/cost.test.ts', 'walk'],
  ])('%s to %s', (file, project) => {
    expect(files).toContain(file);
    expect(projectsOf(file)).toEqual([project]);
  });

  it('of the faults installs virtual time, which stays with the worker, and no other does', () => {
    const isVirtual = (file: string) =>
      /^(?:guard\(\)|installVirtualTime\(\));$/m.test(readFileSync(`${folder}../${file}`, 'utf8'));
    const inFaults = files.filter((file) => projectsOf(file).includes('faults'));
    expect(inFaults.length).toBeGreaterThan(10);
    expect(files.filter(isVirtual)).toEqual(inFaults);
  });
});
