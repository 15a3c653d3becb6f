/** Words by all spellings that are known of them, and what each means. */
export type Meanings<Meaning> = ReadonlyMap<string, Meaning>;

/**
 * The words of one of a provider's open sets, given in lower case with hyphens, also with underscores and in upper
 * case. Servers of one provider write `in-progress` and `IN_PROGRESS` for the same state: to fold either for every row
 * took as long as the rest of the row.
 */
export function spelled<Meaning>(words: Iterable<readonly [string, Meaning]>): Meanings<Meaning> {
  const meanings = new Map<string, Meaning>();
  for (const [word, meaning] of words) {
    for (const spelling of [word, word.replaceAll('-', '_')]) {
      meanings.set(spelling, meaning).set(spelling.toUpperCase(), meaning);
    }
  }
  return meanings;
}

/** What a word stands for, in any spelling; undefined for an unknown one. */
export function meaningOf<Meaning>(meanings: Meanings<Meaning>, word: string | null): Meaning | undefined {
  if (word === null) return undefined;
  return meanings.get(word) ?? meanings.get(word.trim().toLowerCase().replaceAll('_', '-'));
}
