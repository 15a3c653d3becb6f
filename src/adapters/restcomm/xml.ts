import { SaxesParser } from 'saxes';
import { type Density, isDense } from '../../upstream/is-dense.ts';

/** An element with its attributes, child elements and own text. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  text: string;
}

/**
 * An answer is four levels deep, and has attributes on one element. A call has 27 elements; 10,000 calls may
 * be wanted of one answer, which takes a page of 20,000 where they do not begin at a multiple of its size.
 */
const MAX_DEPTH = 16;
const MAX_ELEMENTS = 650_000;
const MAX_ATTRIBUTES = 1_000;

/**
 * How often a text may hold what the parser stops at, whatever it stands for: tags, comments and the like,
 * entities, line ends as Windows has them.
 */
const MOST: Density = [
  ['<', 1_500_000],
  ['&', 750_000],
  ['\r', 750_000],
];

/**
 * A control character by number, as XStream writes those in a caller's name. XML has no place for it in any
 * form, but one such name must not hide the calls of the same page.
 */
const CONTROL = /&#(?:x0*(?:[0-8bcef]|1[0-9a-f])|0*(?:[0-8]|1[124-9]|2[0-9]|3[01]));/gi;

/**
 * The root of a well-formed document in UTF-8, where U+FFFD may stand for control characters. What could make
 * a small document large or reach outside of it is refused: any DTD, and with it every entity but the five of
 * XML itself (saxes refuses those by being strict). What could keep this process busy is bounded to little more
 * than the largest answer there is, in depth and in numbers; bytes are by whoever fetched the text. (32 MiB of
 * attributes took 4 s.)
 *
 * @throws Error for anything else.
 */
export function parseXml(text: string): XmlElement {
  const top: XmlElement = { name: '', attributes: {}, children: [], text: '' };
  const open = [top];
  let elements = 0;
  let attributes = 0;
  const innermost = (): XmlElement => open.at(-1) ?? top;
  const append = (piece: string): void => {
    innermost().text += piece;
  };
  if (isDense(text, MOST)) throw new SyntaxError('too much markup');
  const parser = new SaxesParser({ xmlns: false });
  parser.on('xmldecl', ({ encoding = 'UTF-8' }) => {
    if (!/^(?:utf-8|us-ascii)$/i.test(encoding)) throw new SyntaxError(`declared as ${encoding}`);
  });
  parser.on('doctype', () => {
    throw new SyntaxError('a document type declaration');
  });
  parser.on('attribute', () => {
    attributes += 1;
    if (attributes > MAX_ATTRIBUTES) throw new SyntaxError('too many attributes');
  });
  parser.on('opentag', ({ name, attributes }) => {
    elements += 1;
    if (elements > MAX_ELEMENTS || open.length > MAX_DEPTH) throw new SyntaxError('too many elements');
    const element: XmlElement = { name, attributes, children: [], text: '' };
    innermost().children.push(element);
    open.push(element);
  });
  parser.on('closetag', () => open.pop());
  parser.on('text', append);
  parser.on('cdata', append);
  parser.write(text.replace(CONTROL, '\ufffd')).close();
  const [root] = top.children;
  if (root === undefined) throw new SyntaxError('an empty document');
  return root;
}
