import { LRUCache } from 'lru-cache';
import Negotiator from 'negotiator';

/** In the order of Apollo Server, which decides where the client does not. */
export const responseTypes = [
  'application/json; charset=utf-8',
  'application/graphql-response+json; charset=utf-8',
];

/** By `Accept`; empty for a header that accepts neither. Bounded in characters, since clients choose the header. */
const known = new LRUCache<string, string>({
  maxSize: 50_000,
  maxEntrySize: 500,
  sizeCalculation: (type, accept) => type.length + accept.length + 1,
});

/**
 * The media type of a single result by `Accept`, with its weights (RFC 9110, section 12.5.1; GraphQL over HTTP, section
 * 6.3). Undefined if the client accepts neither type.
 */
export function responseTypeOf(accept: string | undefined): string | undefined {
  if (accept === undefined || accept === '') return responseTypes[0];
  const type = known.get(accept) ?? new Negotiator({ headers: { accept } }).mediaType(responseTypes) ?? '';
  known.set(accept, type);
  return type || undefined;
}
