import type { RestcommCall } from './call.ts';

/** Caches the sorted rows of recent lists, so that each page of a list does not filter and sort all calls again. */
export interface RowCache {
  /** Returns the rows cached under the key for this version of the table, or those that `select` returns. */
  rows(version: number, key: string, select: () => readonly RestcommCall[]): readonly RestcommCall[];
}

const LIMIT = 16;

/** Creates a cache of the last few lists of one version of the table. */
export function createRowCache(): RowCache {
  const kept = new Map<string, readonly RestcommCall[]>();
  let current = -1;
  return {
    rows(version, key, select) {
      if (version !== current) kept.clear();
      current = version;
      const known = kept.get(key);
      if (known !== undefined) return known;
      const rows = select();
      const oldest = kept.keys().next().value;
      if (kept.size >= LIMIT && oldest !== undefined) kept.delete(oldest);
      kept.set(key, rows);
      return rows;
    },
  };
}
