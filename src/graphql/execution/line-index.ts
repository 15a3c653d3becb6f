import { type ASTNode, type DocumentNode, Source, type SourceLocation } from 'graphql';

const lineEnd = /\r\n|[\n\r]/g;
/** Measured, from above: a node without its text, and what is known of its cost (`OperationTexts`). */
const bytesPerNode = 350;

/**
 * Stands in for the text of a document in the locations of its nodes: it knows where lines begin, nothing else.
 *
 * graphql-js finds the line of an error by going through the text from its beginning (`getLocation`): with 60,000
 * line feeds before it, each error takes 4 ms, and an answer may have hundreds. Of an empty text it makes at
 * once line 1 and a column, which is the offset; `locationsIn` looks up the rest.
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

  /** Line and column (GraphQL, section 7.1.2), both from 1. */
  locate(offset: number): SourceLocation {
    let [line, behind] = [0, this.#begins.length];
    while (behind - line > 1) {
      const middle = (line + behind) >> 1;
      if ((this.#begins[middle] ?? 0) <= offset) line = middle;
      else behind = middle;
    }
    return { line: line + 1, column: offset - (this.#begins[line] ?? 0) + 1 };
  }
}

function* endsOf(text: string): Iterable<number> {
  for (const { index, 0: end } of text.matchAll(lineEnd)) yield index + end.length;
}

/**
 * Takes from a document just parsed what it holds of its text: the tokens, which take three times as much as the nodes
 * that are made of them, and of which comments are some too; and the text itself. Nodes keep their offsets.
 *
 * @returns the bytes that are held by the document from now on, from above: names and values are pieces of the text,
 *   and one of them keeps all of it, at two bytes a character at most
 */
export function detachText(document: DocumentNode, text: string): number {
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

function isNode(value: unknown): value is ASTNode {
  return typeof value === 'object' && value !== null && 'kind' in value;
}

/** What an error carries of where it is. */
interface Placed {
  readonly source?: Source | undefined;
  readonly positions?: readonly number[] | undefined;
}

/** The locations of an error in a document that `detachText` was called with; undefined for any other. */
export function locationsIn({ source, positions }: Placed): readonly SourceLocation[] | undefined {
  if (!(source instanceof LineIndex)) return undefined;
  return positions?.map((position) => source.locate(position));
}
