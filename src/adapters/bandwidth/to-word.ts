/** A word of one of Bandwidth's open sets as it is looked up: the set is documented in lower case and dashes. */
export function toWord(text: string | null): string | null {
  return text === null ? null : text.trim().toLowerCase().replaceAll('_', '-') || null;
}
