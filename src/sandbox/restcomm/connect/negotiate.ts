import type { Received } from '../../journal.ts';
import type { Form } from '../replies.ts';

/**
 * Returns the format of the response: `.json` anywhere in the path overrides Accept; else JSON if the header contains
 * the word, whatever the q-values say; else XML if that is acceptable. Undefined means 406. AcceptFilter.java
 */
export function negotiate(request: Received): Form | undefined {
  if (request.path.includes('.json')) return 'json';
  const accept = request.headers.accept ?? '*/*';
  if (accept.includes('json')) return 'json';
  const ranges = accept.split(',').map((range) => range.split(';')[0]?.trim().toLowerCase());
  return ranges.some((range) => range === '*/*' || range === 'application/*' || range === 'application/xml')
    ? 'xml'
    : undefined;
}

/**
 * Returns the query as the filter passes it on: for `.json` requests values that still contain `%hh` are decoded a
 * second time.
 */
export function rewriteQuery(request: Received): Received['query'] {
  if (!request.path.includes('.json')) return request.query;
  return Object.fromEntries(Object.entries(request.query).map(([name, value]) => [name, decodeAgain(value)]));
}

function decodeAgain(value: string): string {
  if (!/%[0-9a-fA-F]{2}/.test(value)) return value;
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
