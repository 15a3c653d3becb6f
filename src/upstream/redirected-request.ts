/** A request to an address that somebody else has chosen. */
export interface GuardedRequest {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | undefined;
}

/**
 * The request that follows a redirect. What becomes of method and body is as the Fetch standard has it (HTTP-redirect fetch),
 * and credentials stay with their origin.
 */
export function toRedirected(
  { url, method, headers, body }: GuardedRequest,
  status: number,
  to: URL,
): GuardedRequest {
  const keeps = status === 307 || status === 308 || (status !== 303 && method === 'GET');
  const isForeign = to.origin !== new URL(url).origin;
  const left = Object.entries(headers).filter(([name]) => {
    if (name === 'authorization') return !isForeign;
    return keeps || name !== 'content-type';
  });
  return {
    url: to.href,
    method: keeps ? method : 'GET',
    headers: Object.fromEntries(left),
    body: keeps ? body : undefined,
  };
}
