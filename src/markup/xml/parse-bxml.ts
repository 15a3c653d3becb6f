import { SaxesParser } from 'saxes';
import type { Element, Text } from './element.ts';
import { firstFault } from './first-fault.ts';
import type { Fault } from './xml-scan.ts';

const maxDepth = 100;
/** Far more than an application writes; as many as 64 KB can hold take a parser several times as long. */
const maxElements = 5_000;
const roots = ['Bxml', 'Response'];

interface OpenElement extends Element {
  readonly nodes: (Element | Text)[];
  end: number;
}

/** Stops the parser: it would go on after a fault, and throw an error for each further one. */
class Stop extends Error {
  readonly fault: Fault;

  constructor(fault: Fault) {
    super(fault.what);
    this.fault = fault;
  }
}

/**
 * Parses a BXML document: well-formed XML 1.0 with one root `Bxml` or `Response`, no DTD, so no entities but the five of
 * XML, nested at most 100 deep, with at most 5,000 elements. Takes time in proportion to its length.
 *
 * @returns the root, or the first fault
 */
export function parseBxml(bxml: string): { readonly root: Element } | { readonly fault: Fault } {
  try {
    return { root: parse(bxml) };
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    const { what, at } = firstFault(bxml, error.fault);
    // A name in it may be as long as the document.
    return { fault: { what: what.length > 200 ? `${what.slice(0, 200)}…` : what, at } };
  }
}

function parse(bxml: string): Element {
  const parser = new SaxesParser({
    xmlns: false as const,
    defaultXMLVersion: '1.0',
    forceXMLVersion: true,
  });
  const fail = (what: string, at = parser.position): never => {
    throw new Stop({ what, at });
  };
  const document: OpenElement = { name: '', attributes: {}, nodes: [], at: 0, end: 0 };
  const open = [document];
  let [start, end] = [0, 0];
  let elements = 0;
  const addText = (text: string): void => {
    let at = end;
    while (bxml.charCodeAt(at) <= 32) at += 1;
    open.at(-1)?.nodes.push({ text, at });
  };
  parser.on('error', (error) => fail(error.message.replace(/^\d+:\d+: /, '').replace(/\.$/, '')));
  parser.on('doctype', () => fail('a DTD is not allowed'));
  parser.on('xmldecl', ({ encoding }) => {
    if (encoding !== undefined && !/^utf-?8$/i.test(encoding)) fail('its encoding must be UTF-8');
  });
  parser.on('opentagstart', () => {
    start = bxml.lastIndexOf('<', parser.position - 1);
  });
  parser.on('opentag', ({ name, attributes }) => {
    if (open.length === 1 && !roots.includes(name)) fail(`its root must be ${roots.join(' or ')}`);
    if (open.length > maxDepth) fail(`it is nested more than ${maxDepth} deep`);
    elements += 1;
    if (elements > maxElements) fail(`it has more than ${maxElements} elements`);
    const element: OpenElement = { name, attributes, nodes: [], at: start, end: 0 };
    open.at(-1)?.nodes.push(element);
    open.push(element);
    end = parser.position;
  });
  parser.on('closetag', () => {
    end = parser.position;
    const element = open.pop();
    if (element !== undefined) element.end = end;
  });
  parser.on('text', addText);
  parser.on('cdata', (text) => {
    addText(text);
    end = parser.position;
  });
  parser.on('comment', () => {
    end = parser.position;
  });
  parser.on('processinginstruction', () => {
    end = parser.position;
  });
  parser.write(bxml).close();
  // Half a surrogate pair leaves as U+FFFD, but the parser takes it, and the next character with it, even a `<`.
  if (/\p{Surrogate}/u.test(bxml)) fail('it holds half a character', bxml.length);
  return document.nodes.find((node) => 'name' in node) as Element;
}
