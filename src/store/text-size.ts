/** V8 stores one byte per character if all are in Latin-1, else two. */
function encodingOf(text: string): 'latin1' | 'utf16le' {
  return /[^\0-\xff]/.test(text) ? 'utf16le' : 'latin1';
}

/** Bytes of the characters of a text in memory. */
export function sizeOf(text: string): number {
  return text.length * (encodingOf(text) === 'latin1' ? 1 : 2);
}

/** A copy of the text: a substring keeps the whole text that it was cut from in memory. */
export function copyOf(text: string): string {
  const encoding = encodingOf(text);
  return Buffer.from(text, encoding).toString(encoding);
}
