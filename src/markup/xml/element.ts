import { matchAt, wholeTag } from './patterns.ts';

/** An element of a parsed document. Names keep their prefix. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Without comments and processing instructions. */
  readonly nodes: readonly (Element | Text)[];
  /** The offset of its `<`. */
  readonly at: number;
  /** The offset behind it. */
  readonly end: number;
}

/** Text between two tags. A CDATA section is a text of its own. */
export interface Text {
  readonly text: string;
  /** The offset of its first character that is not blank. */
  readonly at: number;
}

export function isElement(node: Element | Text): node is Element {
  return 'name' in node;
}

export function elementsOf(element: Element): Element[] {
  return element.nodes.filter(isElement);
}

/** All text of an element but that in elements within. */
export function textOf({ nodes }: Element): string {
  return nodes.map((node) => (isElement(node) ? '' : node.text)).join('');
}

/** The first text of an element that is not blank. */
export function firstText({ nodes }: Element): Text | undefined {
  return nodes.find((node): node is Text => !isElement(node) && node.text.trim() !== '');
}

const attributeShape = /([^\s"'=]+)\s*=\s*(?:"[^"]*"|'[^']*')/g;

/** The offsets of the attributes of an element, by their names. */
export function attributePlaces(xml: string, { at }: Element): ReadonlyMap<string, number> {
  const tag = matchAt(wholeTag, xml, at)?.[0] ?? '';
  return new Map([...tag.matchAll(attributeShape)].map(({ 1: name = '', index }) => [name, at + index]));
}
