/** A string that stands in a source text, and where each of its characters stands there. */
export interface SourceString {
  readonly value: string;
  /** For each UTF-16 code unit of the value, the offset in the source; one more for the end of the value. */
  readonly offsets: readonly number[];
}

/** One character, or the escape sequence of one: JSON's, and GraphQL's with a code point in braces. */
const characters = /\\u\{([\da-f]+)\}|\\u[\da-f]{4}|\\.|[\s\S]/gi;

/**
 * Maps a string literal of JSON or GraphQL without its quotation marks.
 *
 * @param start the offset of its first character in the source
 */
export function mapString(value: string, content: string, start: number): SourceString {
  const offsets: number[] = [];
  for (const { index, 1: codePoint } of content.matchAll(characters)) {
    offsets.push(start + index);
    if (codePoint !== undefined && Number.parseInt(codePoint, 16) > 0xffff) offsets.push(start + index);
  }
  return { value, offsets: [...offsets, start + content.length] };
}

/** Maps a block string of GraphQL, whose value lacks the common indentation and the blank lines around it. */
export function mapBlockString(value: string, content: string, start: number): SourceString {
  const lines = [...content.matchAll(/([^\r\n]*)(?:\r\n|\n|\r|$)/g)];
  const first = lines.findIndex(([, line]) => /[^ \t]/.test(line ?? ''));
  const offsets = value.split('\n').flatMap((text, i) => {
    const match = lines[first + i];
    const [index, line] = [match?.index ?? 0, match?.[1] ?? ''];
    const columns = [...line.matchAll(/\\"""|[\s\S]/g)].flatMap(({ 0: unit, index: column }) =>
      unit.length === 1 ? [column] : [column + 1, column + 2, column + 3],
    );
    columns.push(line.length);
    return columns.slice(-1 - text.length).map((column) => start + index + column);
  });
  return { value, offsets };
}

/** The code units of the value that a finding is about: from its place to the end of the name there. */
export function rangeOf(
  { value, offsets }: SourceString,
  { line, column }: { readonly line: number; readonly column: number },
): readonly [start: number, end: number] {
  const before = new RegExp(`^\\ufeff?(?:[^\\r\\n]*(?:\\r\\n?|\\n)){${line - 1}}`).exec(value)?.[0] ?? '';
  const rest = value.slice(before.length);
  const start = before.length + [...rest].slice(0, column - 1).join('').length;
  const name = /^[<&/]*[\w:.-]*/.exec(value.slice(start))?.[0] ?? '';
  const last = value.length;
  const at = (index: number) => offsets[Math.min(index, last)] ?? 0;
  return [at(start), at(start + Math.max(1, name.length))];
}
