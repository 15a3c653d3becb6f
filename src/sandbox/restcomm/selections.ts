import type { RestcommCall } from './call.ts';

/** Rows found for recent lists, so that walking many pages does not search and sort for each. */
export interface Selections {
  /** The rows kept under the key for this version of the roster, or those that `select` finds now. */
  rows(version: number, key: string, select: () => readonly RestcommCall[]): readonly RestcommCall[];
}

const LIMIT = 16;

/** Keeps the last few selections of one version. */
export function createSelections(): Selections {
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
