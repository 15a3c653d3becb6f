/**
 * What a word of one of Bandwidth's open sets stands for. The sets are documented in lower case and dashes;
 * other spellings of a word mean the same.
 */
export function meaningOf<Meaning>(
  meanings: ReadonlyMap<string, Meaning>,
  word: string | null,
): Meaning | undefined {
  if (word === null) return undefined;
  return meanings.get(word) ?? meanings.get(word.trim().toLowerCase().replaceAll('_', '-'));
}
