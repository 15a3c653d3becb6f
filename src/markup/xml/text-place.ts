/** Line and column of an offset, both from 1; a column is a character, and a byte order mark is none. */
export function toPlace(text: string, at: number): string {
  const lines = text
    .slice(0, at)
    .replace(/^\ufeff/, '')
    .split(/\r\n?|\n/);
  return `line ${lines.length}, column ${[...(lines.at(-1) ?? '')].length + 1}`;
}
