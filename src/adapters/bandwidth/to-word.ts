/** Lower case and dashes, as all words are documented. */
const asDocumented = /^[a-z-]+$/;

/** A word of one of Bandwidth's open sets as it is looked up: the set is documented in lower case and dashes. */
export function toWord(text: string | null): string | null {
  if (text === null || asDocumented.test(text)) return text;
  return text.trim().toLowerCase().replaceAll('_', '-') || null;
}
