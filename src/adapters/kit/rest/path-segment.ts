import { isProviderCallId } from '../../../calls/provider-call-id.ts';

/**
 * A segment that leads out of its place in a path. Some servers, and proxies in front of them, decode a path once
 * more than the sender has encoded it, take a backslash for a slash, or cut off what follows a semicolon: so `.` and
 * `..` are looked for after all of these are undone.
 */
const dotSegment = /(?:^|[/\\])\.{1,2}(?:$|[/\\;])/;

/** An id that is its own encoding. */
const plain = /^[\w-]{1,512}$/;

/** What such a server might make of `%2e`, `%2F`, `%5c` and `%3b`, however often they are encoded. */
const encoded = /%(?:25)*(2e|2f|5c|3b)/gi;

/**
 * The id of a call as one segment of a path (RFC 3986, section 3.3), percent-encoded; undefined for what cannot
 * stand there, and so is the id of no call. No provider promises a form for its ids.
 */
export function toPathSegment(id: string): string | undefined {
  // Nearly every id; a list checks thousands of them.
  if (plain.test(id)) return id;
  if (!isProviderCallId(id)) return undefined;
  const decoded = id.replace(encoded, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  return dotSegment.test(decoded) ? undefined : encodeURIComponent(id);
}
