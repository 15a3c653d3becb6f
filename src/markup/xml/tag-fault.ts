import { Fault } from './fault.ts';
import { blanks, matchAt, names, skip, wholeTag } from './patterns.ts';

/**
 * Why an opening tag is none.
 *
 * @param tag the offset of its `<`
 * @param at the offset behind its name and the attributes that are well-formed
 */
export function toTagFault(xml: string, tag: number, at: number): Fault {
  if (matchAt(wholeTag, xml, tag) === null) {
    return new Fault('a tag that does not end: a quotation mark may be missing', tag);
  }
  const start = skip(blanks, xml, at);
  const end = skip(names, xml, start);
  if (end === start) return new Fault('disallowed character in a tag', start);
  if (start === at) return new Fault('no whitespace between attributes', start);
  const equals = skip(blanks, xml, end);
  if (xml[equals] !== '=') return new Fault('attribute without value', equals);
  const quote = skip(blanks, xml, equals + 1);
  if (xml[quote] !== '"' && xml[quote] !== "'") return new Fault('unquoted attribute value', quote);
  return new Fault('disallowed character in an attribute', xml.indexOf('<', quote));
}
