/**
 * The format of all entries. A version that changes the format of an entry changes this, so that processes of both
 * versions leave each other's entries alone.
 */
const version = 'v1';

/** The name of a key: `v1:{main}:create:…`. A cluster has all keys with the same part in braces on one node. */
export function toKeyName(owner: string, ...parts: readonly string[]): string {
  return [version, `{${owner}}`, ...parts].join(':');
}
