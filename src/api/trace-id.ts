import type { RequestHeaders } from '../access/authenticate.ts';

/** The trace that a request belongs to, from `traceparent` (W3C Trace Context, section 3.2.2); undefined if invalid. */
export function toTraceId({ traceparent: parent }: RequestHeaders): string | undefined {
  if (typeof parent !== 'string' || parent.length > 512) return undefined;
  const id = /^(?!ff)[\da-f]{2}-([\da-f]{32})-(?!0{16})[\da-f]{16}-[\da-f]{2}(?:-|$)/.exec(parent)?.[1];
  return id === undefined || /^0+$/.test(id) ? undefined : id;
}
