import type { Journal } from '../../src/sandbox/index.ts';

/** Requests that were to place, change or end a call; those for a token are none. */
export function writesIn(journal: Journal) {
  return journal.filter(({ method, path }) => method !== 'GET' && !path.includes('oauth2'));
}
