import { hash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The id that a text has in the GraphQL over HTTP draft. */
export function documentIdOf(text: string): string {
  return `sha256:${hash('sha256', text, 'hex')}`;
}

/** A file of known operations as GraphQL Code Generator writes it, in a folder of its own. */
export function createManifestFile(...texts: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'operations-'));
  const path = join(folder, 'persisted-documents.json');
  const write = (...written: readonly string[]) =>
    writeFileSync(
      path,
      JSON.stringify(Object.fromEntries(written.map((text) => [documentIdOf(text), text]))),
    );
  write(...texts);
  return {
    path,
    write,
    writeText: (text: string) => writeFileSync(path, text),
    delete: () => rmSync(folder, { recursive: true }),
  };
}
