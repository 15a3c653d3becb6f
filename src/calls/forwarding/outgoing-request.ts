import { toBasic } from '../../runtime/to-basic.ts';
import type { StatusTarget } from '../events/status-hook.ts';
import type { ForwardedWebhook } from './forward.ts';

/** A request as it is sent. */
export interface OutgoingRequest {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | undefined;
}

/** The request that repeats a webhook, with the provider's method, body and query, at the URL that the client has given. */
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
      ...(username !== undefined && { authorization: toBasic(username, password) }),
    },
    body: hasBody ? body : undefined,
  };
}
