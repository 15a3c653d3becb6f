import type { OutgoingRequest } from '../calls/forwarding/outgoing-request.ts';
import type { CallbackReference } from '../markup/rcml/options.ts';
import { toBasic } from '../runtime/to-basic.ts';
import type { CallbackEvent } from './callback-event.ts';

/** What an application has answered. */
export interface ApplicationResponse {
  readonly status: number;
  readonly headers: { readonly 'www-authenticate'?: string | undefined };
  readonly body: Buffer;
  /** Where it came from, after redirects. */
  readonly url: string;
}

/** Sends a request to an address that a document has named, and only to an allowed one; rejects without a response. */
export type Fetch = (request: OutgoingRequest, signal: AbortSignal) => Promise<ApplicationResponse>;

/** An address that is asked, with what it asks for. */
export interface Target {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly username: string | undefined;
  readonly password: string | undefined;
}

/** The addresses of a callback, in the order in which they are asked. */
export function targetsOf(reference: CallbackReference): readonly [Target, ...Target[]] {
  const { url, method, username, password } = reference;
  const { fallbackUrl, fallbackMethod = 'POST', fallbackUsername, fallbackPassword } = reference;
  const main = { url, method, username, password };
  if (fallbackUrl === undefined) return [main];
  return [
    main,
    { url: fallbackUrl, method: fallbackMethod, username: fallbackUsername, password: fallbackPassword },
  ];
}

/**
 * Tells an application of an event as Bandwidth does: JSON by POST or the same members in the query by GET, credentials once
 * they are asked for (RFC 7235, section 2.1), and one more attempt if the connection was closed on the way.
 */
export async function tellApplication(
  fetch: Fetch,
  target: Target,
  event: CallbackEvent,
  signal: AbortSignal,
): Promise<ApplicationResponse> {
  const request = toRequest(target, event);
  const send = (sent: OutgoingRequest) =>
    fetch(sent, signal).catch((error: unknown) => {
      if (!isClosed(error)) throw error;
      return fetch(sent, signal);
    });
  const response = await send(request);
  const { username, password } = target;
  const isAsked = /^basic\b/i.test(response.headers['www-authenticate'] ?? '');
  if (response.status !== 401 || username === undefined || !isAsked) return response;
  const headers = { ...request.headers, authorization: toBasic(username, password) };
  return send({ ...request, headers });
}

export function toRequest({ url, method }: Target, event: CallbackEvent): OutgoingRequest {
  if (method === 'POST') {
    const headers = { 'content-type': 'application/json', accept: 'application/xml' };
    return { url, method, headers, body: Buffer.from(JSON.stringify(event)) };
  }
  const target = new URL(url);
  for (const [name, value] of Object.entries(event)) {
    if (value !== undefined) target.searchParams.append(name, String(value));
  }
  return { url: target.href, method, headers: { accept: 'application/xml' }, body: undefined };
}

/** An application may close a connection that is kept open just when it is used again. */
function isClosed(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return code === 'UND_ERR_SOCKET' || code === 'ECONNRESET' || code === 'EPIPE';
}
