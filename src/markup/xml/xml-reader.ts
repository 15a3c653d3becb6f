import { shorten, withPlaces } from '../remarks.ts';
import type { Element, Text } from './element.ts';
import { Fault } from './fault.ts';
import { attribute, blanks, closeTag, instruction, matchAt, openTag, skip, tagEnd } from './patterns.ts';
import { normalize } from './references.ts';
import { skipDeclaration } from './skip-declaration.ts';
import { toTagFault } from './tag-fault.ts';

interface OpenElement extends Element {
  readonly nodes: (Element | Text)[];
  end: number;
}

const outside = 'text data outside of root node';

/**
 * Reads a document of XML 1.0 without a DTD into its elements, by one walk over its constructs. Characters that XML does not
 * have are for others to look for.
 */
export class XmlReader {
  readonly #xml: string;
  readonly #onElement: (element: Element, depth: number) => void;
  readonly #document: OpenElement = { name: '', attributes: {}, nodes: [], at: 0, end: 0 };
  readonly #open = [this.#document];

  /** @param onElement called for each element when its tag has been read, the root with depth 1 */
  constructor(xml: string, onElement: (element: Element, depth: number) => void) {
    this.#xml = xml;
    this.#onElement = onElement;
  }

  /** The root. @throws Fault */
  read(): Element {
    const xml = this.#xml;
    let at = skipDeclaration(xml, xml.startsWith('\ufeff') ? 1 : 0);
    while (at < xml.length) at = xml[at] === '<' ? this.#readMarkup(at) : this.#readText(at);
    if (!this.#isOutside) throw new Fault(`unclosed tag: ${shorten(this.#top.name)}`, this.#top.at);
    const [root] = this.#document.nodes;
    if (root === undefined) throw new Fault('document must contain a root element', xml.length - 1);
    return root as Element;
  }

  get #top(): OpenElement {
    return this.#open.at(-1) ?? this.#document;
  }

  get #isOutside(): boolean {
    return this.#open.length === 1;
  }

  // Offsets go in and come out: of a construct, and of what follows it.

  #readMarkup(at: number): number {
    const next = this.#xml[at + 1];
    if (next === '/') return this.#readClose(at);
    if (next === '!') return this.#readDeclared(at);
    return next === '?' ? this.#readInstruction(at) : this.#readOpen(at);
  }

  #readOpen(at: number): number {
    const xml = this.#xml;
    const [tag, name = ''] = matchAt(openTag, xml, at) ?? [];
    if (tag === undefined) throw new Fault('an unescaped `<`: write `&lt;`', at);
    const isSecond = this.#isOutside && this.#document.nodes.length > 0;
    if (isSecond) throw new Fault('documents may contain only one root', at);
    const attributes: Record<string, string> = Object.create(null);
    const element: OpenElement = { name, attributes, nodes: [], at, end: 0 };
    let next = at + tag.length;
    for (let match = matchAt(attribute, xml, next); match !== null; match = matchAt(attribute, xml, next)) {
      const [whole, key = '', value = match[3] ?? ''] = match;
      if (key in attributes)
        throw new Fault(`duplicate attribute: ${shorten(key)}`, next + whole.indexOf(key));
      next += whole.length;
      attributes[key] = normalize(value, next - 1 - value.length, 'attribute');
    }
    const end = matchAt(tagEnd, xml, next);
    if (end === null) throw toTagFault(xml, at, next);
    this.#onElement(element, this.#open.length);
    this.#top.nodes.push(element);
    element.end = next + end[0].length;
    if (end[1] === '') this.#open.push(element);
    return element.end;
  }

  #readClose(at: number): number {
    const [tag, name = ''] = matchAt(closeTag, this.#xml, at) ?? [];
    if (tag === undefined) throw new Fault('malformed closing tag', at);
    const element = this.#top;
    if (this.#isOutside) throw new Fault(`unexpected close tag: no ${shorten(name)} is open`, at);
    if (element.name !== name) {
      const [place] = withPlaces(this.#xml, [{ at: element.at }]);
      const open = `${shorten(element.name)} of line ${place?.line}, column ${place?.column}`;
      throw new Fault(`unexpected close tag: ${open} is still open`, at);
    }
    this.#open.pop();
    element.end = at + tag.length;
    return element.end;
  }

  /** A comment or a CDATA section. */
  #readDeclared(at: number): number {
    const xml = this.#xml;
    if (xml.startsWith('<!--', at)) {
      const end = this.#find('-->', at, at + 4, 'comment');
      const hyphens = xml.indexOf('--', at + 4);
      if (hyphens < end) throw new Fault('malformed comment: `--` may only end it', hyphens);
      return end + 3;
    }
    if (xml.startsWith('<!DOCTYPE', at)) throw new Fault('a DTD is not allowed', at);
    if (!xml.startsWith('<![CDATA[', at)) throw new Fault('incorrect syntax behind `<!`', at);
    if (this.#isOutside) throw new Fault(outside, at);
    const end = this.#find(']]>', at, at + 9, 'CDATA section');
    this.#add(xml.slice(at + 9, end).replace(/\r\n?/g, '\n'), at + 9);
    return end + 3;
  }

  #readInstruction(at: number): number {
    if (matchAt(instruction, this.#xml, at) === null) {
      throw new Fault('an XML declaration must be at the start, and an instruction have a name', at);
    }
    return this.#find('?>', at, at + 2, 'processing instruction') + 2;
  }

  #readText(at: number): number {
    const less = this.#xml.indexOf('<', at);
    const next = less === -1 ? this.#xml.length : less;
    if (this.#isOutside) {
      const behind = skip(blanks, this.#xml, at);
      if (behind < next) throw new Fault(outside, behind);
      return next;
    }
    const text = this.#xml.slice(at, next);
    const end = text.indexOf(']]>');
    const sound = normalize(end === -1 ? text : text.slice(0, end), at, 'text');
    if (end !== -1) throw new Fault('the string "]]>" outside of a CDATA section', at + end);
    this.#add(sound, at);
    return next;
  }

  #add(text: string, from: number): void {
    this.#top.nodes.push({ text, at: skip(blanks, this.#xml, from) });
  }

  /** The offset of what ends a construct. */
  #find(closing: string, at: number, from: number, what: string): number {
    const end = this.#xml.indexOf(closing, from);
    if (end === -1) throw new Fault(`unclosed ${what}`, at);
    return end;
  }
}
