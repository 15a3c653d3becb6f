import type { WebhookFields } from '../../calls/events/webhook.ts';
import { isObject } from '../../runtime/is-object.ts';

/** A webhook as it came. */
export interface ReceivedWebhook {
  readonly contentType: string | undefined;
  /** Empty with GET. */
  readonly body: Buffer;
  /** Without the question mark. */
  readonly query: string;
}

/**
 * The fields of a webhook: the members of a JSON object, or the pairs of a form and of the query. Where a name comes
 * twice, the first value counts.
 *
 * @throws Error for JSON that is no object
 */
export function toWebhookFields({ contentType = '', body, query }: ReceivedWebhook): WebhookFields {
  const text = body.toString();
  if (/^application\/(?:[\w.-]+\+)?json\b/i.test(contentType) || text.trimStart().startsWith('{')) {
    const parsed: unknown = JSON.parse(text);
    if (!isObject(parsed)) throw new TypeError('no object');
    return parsed;
  }
  return toPairs(text, query);
}

/** The pairs of a form and of a query by name, of which the first value counts. */
export function toPairs(...texts: readonly string[]): Readonly<Record<string, string>> {
  const fields = new Map<string, string>();
  for (const text of texts) {
    for (const [name, value] of new URLSearchParams(text)) {
      if (!fields.has(name)) fields.set(name, value);
    }
  }
  return Object.fromEntries(fields);
}
