import { checkRoot } from './check/check-element.ts';
import type { Finding } from './finding.ts';
import { Remarks } from './remarks.ts';
import type { Element } from './xml/element.ts';
import { parseBxml } from './xml/parse-bxml.ts';

const maxBytes = 64 * 1024;

/**
 * Checks one BXML document: its size, that it is well-formed, and its verbs, attributes and values by the table of the
 * language. It must not be sent if there is an ERROR. Never throws.
 *
 * @returns the findings in the order of the document; none if all is well
 */
export function checkBxml(bxml: string): readonly Finding[] {
  const bytes = Buffer.byteLength(bxml);
  if (bytes <= maxBytes) return checkDocument(bxml).remarks.toFindings();
  const message = `The document has ${bytes} bytes; at most ${maxBytes} are allowed.`;
  return [{ level: 'ERROR', rule: 'size', message, line: 1, column: 1 }];
}

/** Checks all of a document but its size. Without a root it is not well-formed, and the remarks say where. */
export function checkDocument(bxml: string): { readonly root?: Element; readonly remarks: Remarks } {
  const remarks = new Remarks(bxml);
  const parsed = parseBxml(bxml);
  if ('fault' in parsed) {
    remarks.add('ERROR', 'xml', `The document is not BXML: ${parsed.fault.what}.`, parsed.fault.at);
    return { remarks };
  }
  checkRoot(parsed.root, remarks);
  return { root: parsed.root, remarks };
}
