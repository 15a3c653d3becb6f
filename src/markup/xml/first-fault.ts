import { type Fault, XmlScan } from './xml-scan.ts';

/**
 * The first fault of a document that a streaming parser has refused. Such a parser tells of a reference, a comment
 * or a tag only when it has come to its end, which for an unescaped `&` may be that of the document; here the fault
 * is where the construct begins. Whether there is one is for the parser alone to say: as far as it has come, it has
 * read the same constructs.
 *
 * @param seen what the parser has said, and how many characters it had read by then
 */
export function firstFault(xml: string, seen: Fault): Fault {
  const scan = new XmlScan(xml, Math.min(seen.at, xml.length));
  const half = { what: 'it holds half a character', at: xml.search(/\p{Surrogate}/u) };
  const faults = [scan.run(), half].filter((each) => each !== undefined && each.at >= 0) as Fault[];
  const told = { what: seen.what, at: scan.placeOf(seen.what) };
  // That a tag is not closed shows at the end of the document, behind whatever else is wrong.
  const all = told.what.startsWith('unclosed tag') && faults.length > 0 ? faults : [...faults, told];
  return all.reduce((first, each) => (each.at < first.at ? each : first));
}
