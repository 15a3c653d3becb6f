import { toPlace } from './text-place.ts';

/** What is wrong with a document, and the offset at which it goes wrong. */
export interface Fault {
  readonly what: string;
  readonly at: number;
}

const constructs: readonly (readonly [opening: string, closing: string, name: string])[] = [
  ['<!--', '-->', 'comment'],
  ['<![CDATA[', ']]>', 'CDATA section'],
  ['<?', '?>', 'processing instruction'],
];
const tagShape = /<(?:"[^"]*"|'[^']*'|[^"'>])*>/y;
const attribute = /(?<![^\s"'])([^\s"'=]+)\s*=\s*(?:"[^"]*"|'[^']*')/g;
/** A `<` that begins neither a tag nor anything else. */
const bareLess = /<(?=[\s\d.,;=<>&"'()-]|$)/y;
const reference = /&(?:amp|lt|gt|quot|apos|#\d+|#x[\da-fA-F]+);/y;
const outside = 'text data outside of root node';
/** What the parser says of a construct as a whole, when it has come to its end. */
const structural =
  /only one root|root must be|nested|more than|encoding|declaration must|before root|incorrect syntax/;

/** Walks over the constructs of a document that is well-formed up to `end`, where a parser has stopped. */
export class XmlScan {
  readonly #xml: string;
  readonly #end: number;
  readonly #open: { readonly name: string; readonly at: number }[] = [];
  #fault: Fault | undefined;
  /** Of the construct read last. */
  #start = 0;

  constructor(xml: string, end: number) {
    this.#xml = xml;
    this.#end = end;
  }

  /** The first fault in the constructs up to `end`. */
  run(): Fault | undefined {
    let at = this.#xml.startsWith('\ufeff') ? 1 : 0;
    while (at < this.#end && this.#fault === undefined) {
      this.#start = at;
      at = this.#xml[at] === '<' ? this.#readMarkup(at) : this.#readText(at);
    }
    return this.#fault;
  }

  /** Offsets go in and come out: of a construct, and of what follows it. */
  #readMarkup(at: number): number {
    const construct = constructs.find(([opening]) => this.#xml.startsWith(opening, at));
    if (construct !== undefined) return this.#readTo(construct, at);
    if (this.#xml.startsWith('<!DOCTYPE', at)) return this.#blame('a DTD is not allowed', at);
    if (matchAt(bareLess, this.#xml, at)) return this.#blame('an unescaped `<`: write `&lt;`', at);
    const match = matchAt(tagShape, this.#xml, at);
    if (match === null) return this.#blame('a tag that does not end: a quotation mark may be missing', at);
    const [text] = match;
    const [, slash, name = ''] = /^<(\/?)([^\s/>]*)/.exec(text) ?? [];
    const next = at + text.length;
    this.#checkReferences(at, next);
    if (slash === '/') this.#close(name, at);
    else if (!text.endsWith('/>')) this.#open.push({ name, at });
    return next;
  }

  #readTo([opening, closing, name]: (typeof constructs)[number], at: number): number {
    const content = at + opening.length;
    const close = this.#xml.indexOf(closing, content);
    if (name === 'CDATA section' && this.#open.length === 0) return this.#blame(outside, at);
    if (close === -1) return this.#blame(`unclosed ${name}`, at);
    const hyphens = name === 'comment' ? this.#xml.indexOf('--', content) : close;
    if (hyphens < close) this.#blame('malformed comment: `--` may only end it', hyphens);
    return close + closing.length;
  }

  #readText(at: number): number {
    const less = this.#xml.indexOf('<', at);
    const next = less === -1 ? this.#xml.length : less;
    const offset = this.#open.length > 0 ? -1 : this.#xml.slice(at, next).search(/[^ \t\r\n]/);
    if (offset >= 0) return this.#blame(outside, at + offset);
    this.#checkReferences(at, next);
    return next;
  }

  #close(name: string, at: number): void {
    const tag = this.#open.pop();
    if (tag === undefined) this.#blame(`unexpected close tag: no ${shorten(name)} is open`, at);
    else if (tag.name !== name) {
      const { line, column } = toPlace(this.#xml, tag.at);
      this.#blame(
        `unexpected close tag: ${shorten(tag.name)} of line ${line}, column ${column} is still open`,
        at,
      );
    }
  }

  #checkReferences(from: number, to: number): void {
    const text = this.#xml.slice(from, to);
    for (let at = text.indexOf('&'); at !== -1; at = text.indexOf('&', at + 1)) {
      if (matchAt(reference, text, at)) continue;
      const isNamed = /^&[\w.:-]+;/.test(text.slice(at, at + 64));
      const unknown = 'undefined entity: without a DTD there are amp, lt, gt, apos and quot';
      this.#blame(isNamed ? unknown : 'an unescaped `&`: write `&amp;`', from + at);
      return;
    }
  }

  #blame(what: string, at: number): number {
    if (this.#fault === undefined || at < this.#fault.at) this.#fault = { what, at };
    return this.#end;
  }

  /** Where what the parser has said at `end` begins. */
  placeOf(seen: string): number {
    const start = this.#start;
    const tag = this.#open.at(-1);
    if (seen.startsWith('unclosed tag') && tag !== undefined) return tag.at;
    if (structural.test(seen)) return start;
    const read = this.#xml.slice(start, this.#end);
    if (seen.startsWith('duplicate attribute')) return start + duplicateIn(read);
    // A reference, or the end of a CDATA section, is told of at its last character.
    const from = /entity/.test(seen)
      ? read.lastIndexOf('&')
      : seen.includes(']]>')
        ? read.lastIndexOf(']]>')
        : -1;
    if (from !== -1) return start + from;
    const isPair = /[\ud800-\udbff][\udc00-\udfff]$/.test(read.slice(-2));
    return Math.max(start, this.#end - (isPair ? 2 : 1));
  }
}

/** A name may be as long as the document. */
function shorten(name: string): string {
  return name.length > 50 ? `${name.slice(0, 50)}…` : name;
}

/** The offset of the first attribute whose name has come before. */
function duplicateIn(tag: string): number {
  const names = new Set<string | undefined>();
  for (const { 1: name, index } of tag.matchAll(attribute)) {
    if (names.has(name)) return index;
    names.add(name);
  }
  return 0;
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
