/** Bytes of UTF-8: the longest call id that this API accepts and returns. */
const longestId = 512;

/** Whether a text can be a provider's id of a call: not empty, not too long, and well-formed Unicode. */
export function isProviderCallId(text: string): boolean {
  // A text has at least as many bytes in UTF-8 as code units in UTF-16.
  if (text === '' || text.length > longestId) return false;
  return Buffer.byteLength(text) <= longestId && text.isWellFormed();
}
