import { SaxesParser } from 'saxes';

/** An element of a document, with its children in order: elements and chunks of text. */
export interface Markup {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (Markup | string)[];
}

/** Parses a document; undefined if it is not well-formed or has a DTD. */
export function readMarkup(text: string): Markup | undefined {
  const parser = new SaxesParser();
  const open: { name: string; attributes: Record<string, string>; children: (Markup | string)[] }[] = [];
  let root: Markup | undefined;
  let isWrong = false;
  const refuse = () => {
    isWrong = true;
  };
  parser.on('error', refuse);
  parser.on('doctype', refuse);
  parser.on('opentag', ({ name, attributes }) => {
    const element = { name, attributes, children: [] };
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  parser.on('text', (chunk) => void open.at(-1)?.children.push(chunk));
  parser.on('cdata', (chunk) => void open.at(-1)?.children.push(chunk));
  parser.on('closetag', () => void open.pop());
  parser.write(text).close();
  return isWrong ? undefined : root;
}

/** The elements directly within another. */
export function elementsOf(element: Markup): readonly Markup[] {
  return element.children.filter((child) => typeof child !== 'string');
}

/** All text within an element, that of nested elements too, with single blanks. */
export function textOf(element: Markup): string {
  const text = element.children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('');
  return text.replace(/\s+/g, ' ').trim();
}
