import { type ASTNode, type DocumentNode, Source, type SourceLocation } from 'graphql';

/**
 * Removes tokens and source text from a parsed document; nodes keep their offsets. The tokens, comments included, take
 * three times the memory of the nodes.
 *
 * @returns an upper bound of the document's memory in bytes. It includes the text with two bytes a character, because
 *   names and values are substrings, any of which keeps the whole text in memory
 */
export function detachSource(document: DocumentNode, text: string): number {
  const source = new LineIndex(text);
  const nodes: object[] = [document];
  let bytes = 2 * text.length + source.bytes;
  for (let node = nodes.pop(); node !== undefined; node = nodes.pop()) {
    bytes += bytesPerNode;
    for (const value of Object.values(node)) {
      if (Array.isArray(value)) nodes.push(...value);
      else if (isNode(value)) nodes.push(value);
    }
    const { loc } = node as ASTNode;
    if (loc !== undefined) Object.assign(node, { loc: { start: loc.start, end: loc.end, source } });
  }
  return bytes;
}

const lineEnd = /\r\n|[\n\r]/g;
/** An upper bound of the memory of a node without its text, and of its cost analysis, measured. */
const bytesPerNode = 350;

/**
 * Replaces the source of a document in the locations of its nodes, and keeps only the offsets at which lines begin.
 *
 * graphql-js finds the line of an error by scanning the source from its beginning (`getLocation`): after 60,000 line
 * feeds each error takes 4 ms, and a response may have hundreds. For this empty source it immediately returns line 1
 * and the offset as the column; `locationsIn` computes the correct location.
 */
class LineIndex extends Source {
  readonly #begins: Uint32Array;

  constructor(text: string) {
    super('');
    this.#begins = Uint32Array.from([0, ...endsOf(text)]);
  }

  get bytes(): number {
    return this.#begins.byteLength;
  }

  /** Finds line and column (GraphQL, section 7.1.2), both counted from 1, by binary search. */
  locate(offset: number): SourceLocation {
    let [line, end] = [0, this.#begins.length];
    while (end - line > 1) {
      const middle = (line + end) >> 1;
      if ((this.#begins[middle] ?? 0) <= offset) line = middle;
      else end = middle;
    }
    return { line: line + 1, column: offset - (this.#begins[line] ?? 0) + 1 };
  }
}

function* endsOf(text: string): Iterable<number> {
  for (const { index, 0: end } of text.matchAll(lineEnd)) yield index + end.length;
}

function isNode(value: unknown): value is ASTNode {
  return typeof value === 'object' && value !== null && 'kind' in value;
}

/** The location of a GraphQLError. */
interface Placed {
  readonly source?: Source | undefined;
  readonly positions?: readonly number[] | undefined;
}

/** Returns the locations of an error in a document that `detachSource` was called with, undefined for any other. */
export function locationsIn({ source, positions }: Placed): readonly SourceLocation[] | undefined {
  if (!(source instanceof LineIndex)) return undefined;
  return positions?.map((position) => source.locate(position));
}
