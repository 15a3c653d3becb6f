import type { Element } from './element.ts';
import { Fault } from './fault.ts';
import { noCharacter } from './patterns.ts';
import { XmlReader } from './xml-reader.ts';

const maxDepth = 100;
/** Far more than an application writes; as many as 64 KB can hold take several times as long. */
const maxElements = 5_000;
const roots = ['Bxml', 'Response'];

/**
 * Parses a BXML document: well-formed XML 1.0 with one root `Bxml` or `Response`, no DTD, so no entities but the five of
 * XML, nested at most 100 deep, with at most 5,000 elements. Takes time in proportion to its length.
 *
 * saxes was used before. It took three times as long, eight times in a process that has just started, and tells of some
 * faults at a later place than where they begin, so that a second walk had to find that.
 *
 * @returns the root, or the first fault
 */
export function parseBxml(bxml: string): { readonly root: Element } | { readonly fault: Place } {
  const wrong = bxml.search(noCharacter);
  const bad = wrong === -1 ? undefined : { what: toReason(bxml, wrong), at: wrong };
  try {
    const root = new XmlReader(bxml, createLimits()).read();
    return bad === undefined ? { root } : { fault: bad };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const { message: what, at } = error;
    // That a tag is not closed shows at the end of the document, behind whatever else is wrong.
    if (bad !== undefined && (bad.at < at || what.startsWith('unclosed tag'))) return { fault: bad };
    return { fault: { what, at } };
  }
}

interface Place {
  readonly what: string;
  /** An offset. */
  readonly at: number;
}

function toReason(bxml: string, at: number): string {
  return (bxml.charCodeAt(at) & 0xf800) === 0xd800 ? 'it holds half a character' : 'disallowed character';
}

/** Stops at an element that is no root of BXML, or too many. */
function createLimits(): (element: Element, depth: number) => void {
  let elements = 0;
  return ({ name, at }, depth) => {
    elements += 1;
    if (depth === 1 && !roots.includes(name)) throw new Fault(`its root must be ${roots.join(' or ')}`, at);
    if (depth > maxDepth) throw new Fault(`it is nested more than ${maxDepth} deep`, at);
    if (elements > maxElements) throw new Fault(`it has more than ${maxElements} elements`, at);
  };
}
