import { BXML_LIMIT_BYTES } from '../../assumptions.ts';
import { type Markup, readMarkup } from '../../voice/read-markup.ts';

/**
 * Parses a BXML document as leniently as PUT does: well-formed, root Bxml or Response, no DTD, not too large. Unknown
 * verbs are accepted. Undefined means 400. Source: Bandwidth spec, updateCallBxml; node-sdk BXML smoke tests.
 */
export function readBxml(text: string): Markup | undefined {
  if (Buffer.byteLength(text) > BXML_LIMIT_BYTES) return undefined;
  const root = readMarkup(text);
  return root?.name === 'Bxml' || root?.name === 'Response' ? root : undefined;
}
