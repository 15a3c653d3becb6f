import { readdirSync, readFileSync } from 'node:fs';

const FOLDER = new URL('../../src/explorer/page/operations/', import.meta.url);

/** Names of the explorer's ready operations that are answered once, in the order of their tabs. */
export const readyOperations: readonly string[] = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.graphql') && file !== '13-follow-calls.graphql')
  .sort()
  .map((file) => nameOf(readFileSync(new URL(file, FOLDER), 'utf8')) ?? `(no operation in ${file})`);

function nameOf(operation: string): string | undefined {
  return /^(?:query|mutation) (\w+)/m.exec(operation)?.[1];
}
