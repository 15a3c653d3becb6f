/** Line and column of a text, both from 1. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

/** The place that a message names last: `… (line 3, column 14).` */
export function toTextPlace(message: string): TextPlace | undefined {
  const found = [...message.matchAll(/line (\d+), column (\d+)/g)].at(-1);
  return found === undefined ? undefined : { line: Number(found[1]), column: Number(found[2]) };
}

/** The offset of a place, in UTF-16 code units as editors count; columns are characters. */
export function toOffset(text: string, { line, column }: TextPlace): number {
  const lines = text.split('\n');
  const before = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  const start = [...(lines[line - 1] ?? '')].slice(0, column - 1).join('');
  return Math.min(text.length, before + start.length);
}
