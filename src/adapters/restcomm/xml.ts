import { SaxesParser } from 'saxes';

/** An element with its attributes, child elements and own text. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

/** An answer is four levels deep; a list of 10,000 calls has 250,000 elements. */
const MAX_DEPTH = 16;
const MAX_ELEMENTS = 1_000_000;

/**
 * The root of a well-formed document in UTF-8. What could make a small document large or reach outside
 * of it is refused: any DTD, and with it every entity but the five of XML itself (saxes refuses those by
 * being strict); depth and number of elements are bounded, bytes are by whoever fetched the text.
 *
 * @throws Error for anything else.
 */
export function parseXml(text: string): XmlElement {
  const top: Building = { name: '', attributes: {}, children: [], text: '' };
  const open: Building[] = [top];
  let elements = 0;
  const append = (piece: string): void => {
    const element = open.at(-1);
    if (element !== undefined) element.text += piece;
  };
  const parser = new SaxesParser({ xmlns: false });
  parser.on('xmldecl', ({ encoding = 'UTF-8' }) => {
    if (!/^(?:utf-8|us-ascii)$/i.test(encoding)) throw new SyntaxError(`declared as ${encoding}`);
  });
  parser.on('doctype', () => {
    throw new SyntaxError('a document type declaration');
  });
  parser.on('opentag', ({ name, attributes }) => {
    elements += 1;
    if (elements > MAX_ELEMENTS || open.length > MAX_DEPTH) throw new SyntaxError('too many elements');
    const element: Building = { name, attributes, children: [], text: '' };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('closetag', () => open.pop());
  parser.on('text', append);
  parser.on('cdata', append);
  parser.write(text).close();
  const [root] = top.children;
  if (root === undefined) throw new SyntaxError('an empty document');
  return root;
}

interface Building {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  text: string;
}
