import { SaxesParser } from 'saxes';
import { ProviderError } from '../../calls/failure.ts';
import { isWellFormed } from '../../calls/well-formed-text.ts';
import { firstFault } from './bxml-fault.ts';
import { toPlace } from './text-place.ts';

const maxBytes = 64 * 1024;
const maxDepth = 100;
const roots = ['Bxml', 'Response'];

/**
 * Checks a BXML document before it is sent: well-formed XML 1.0, one root `Bxml` or `Response`, no DTD, at most 64 KB in
 * UTF-8 (Bandwidth, "About BXML"). Verbs and attributes are not checked: new ones appear, unknown ones are accepted.
 *
 * @throws ProviderError INVALID_INPUT with line and column (both from 1) of the first fault
 */
export function checkBxml(bxml: string, field: readonly string[]): void {
  const bytes = Buffer.byteLength(bxml);
  if (bytes > maxBytes) {
    throw new ProviderError(
      'INVALID_INPUT',
      `The document has ${bytes} bytes; at most ${maxBytes} are allowed.`,
      {
        field,
      },
    );
  }
  const parser = new SaxesParser({ defaultXMLVersion: '1.0', forceXMLVersion: true });
  const fail = (seen: string, read = parser.position): never => {
    const { what, at } = firstFault(bxml, { what: seen, at: read });
    const { line, column } = toPlace(bxml, at);
    // A name in it may be as long as the document.
    const told = what.length > 200 ? `${what.slice(0, 200)}…` : what;
    const message = `The document is not BXML: ${told} (line ${line}, column ${column}).`;
    throw new ProviderError('INVALID_INPUT', message, { field });
  };
  let depth = 0;
  parser.on('error', (error) => fail(error.message.replace(/^\d+:\d+: /, '').replace(/\.$/, '')));
  parser.on('doctype', () => fail('a DTD is not allowed'));
  parser.on('xmldecl', ({ encoding }) => {
    if (encoding !== undefined && !/^utf-?8$/i.test(encoding)) fail('its encoding must be UTF-8');
  });
  parser.on('opentag', ({ name }) => {
    if (depth === 0 && !roots.includes(name)) fail(`its root must be ${roots.join(' or ')}`);
    depth += 1;
    if (depth > maxDepth) fail(`it is nested more than ${maxDepth} deep`);
  });
  parser.on('closetag', () => {
    depth -= 1;
  });
  parser.write(bxml).close();
  // Half a surrogate pair leaves as U+FFFD, but the parser takes it, and the next character with it, even a `<`.
  if (!isWellFormed(bxml)) fail('it holds half a character', bxml.length);
}
