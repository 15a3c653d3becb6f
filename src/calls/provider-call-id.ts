/** The longest id of a call that this API takes and gives out, in bytes of UTF-8. */
const longestId = 512;

/** Whether a text can be a provider's id of a call: not empty, not too long, and whole Unicode. */
export function isProviderCallId(text: string): boolean {
  // No text is shorter in UTF-8 than in UTF-16.
  if (text === '' || text.length > longestId) return false;
  return Buffer.byteLength(text) <= longestId && !/\p{Surrogate}/u.test(text);
}
