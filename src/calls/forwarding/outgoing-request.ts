import type { StatusTarget } from '../events/status-hooks.ts';
import type { ForwardedWebhook } from './forward.ts';

/** A request as it is sent. */
export interface OutgoingRequest {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | undefined;
}

/** The provider's own method, body and query, to the URL of the client, with its credentials. */
export function toOutgoingRequest(
  { url, username, password }: StatusTarget,
  { method, contentType, body, query }: ForwardedWebhook,
): OutgoingRequest {
  const target = new URL(url);
  if (query !== '') target.search = target.search === '' ? query : `${target.search}&${query}`;
  target.hash = '';
  const hasBody = method === 'POST';
  return {
    url: target.href,
    method,
    headers: {
      ...(hasBody && contentType !== undefined && { 'content-type': contentType }),
      ...(username !== undefined && {
        authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
      }),
    },
    body: hasBody ? body : undefined,
  };
}
