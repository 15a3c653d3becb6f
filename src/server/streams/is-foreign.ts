import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a browser sends a request for a page of another origin that is not among those that are allowed. CORS does not
 * keep such a page from opening a WebSocket or from having a stream begin, which the server would then serve. Browsers
 * name the page's origin in `Origin`, and tell in `Sec-Fetch-Site` whether it is the server's own (Fetch Metadata,
 * section 2.3); others than browsers send neither.
 */
export function isForeign(
  { origin, host, 'sec-fetch-site': site }: IncomingHttpHeaders,
  allowed: readonly string[],
): boolean {
  if (site === 'same-origin' || site === 'none') return false;
  if (origin === undefined) return site !== undefined;
  return !allowed.includes(origin) && !(URL.canParse(origin) && new URL(origin).host === host);
}
