import type { Account } from '../../calls/account.ts';
import type { Call, Instant } from '../../calls/call.ts';
import type { WebhookFields } from '../../calls/events/webhook.ts';

/** The texts of a webhook by name; null for those that are absent or empty. */
export type Texts<Name extends string> = Readonly<Record<Name, string | null>>;

/**
 * The known fields of a webhook, which are all texts.
 *
 * @param accountId the one of them that names the account, where the webhook has it
 * @throws TypeError if one has another type, or the account is another one
 */
export function readTexts<Name extends string>(
  fields: WebhookFields,
  names: readonly Name[],
  accountId: Name,
  account: Account,
): Texts<Name> {
  const texts = Object.fromEntries(names.map((name) => [name, toTextOf(fields, name)])) as Texts<Name>;
  if (texts[accountId] !== null && texts[accountId] !== account.providerAccountId) {
    throw new TypeError('a webhook of another account');
  }
  return texts;
}

/** When a call came into its state, as far as its own times tell. */
export function timeOfState({ status, startedAt, answeredAt, endedAt, endReason }: Call): Instant | null {
  if (endReason !== null) return endedAt;
  return status === 'IN_PROGRESS' ? answeredAt : status === 'INITIATED' ? startedAt : null;
}

function toTextOf(fields: WebhookFields, name: string): string | null {
  const value = Object.hasOwn(fields, name) ? (fields[name] ?? null) : null;
  if (value !== null && typeof value !== 'string') throw new TypeError(`${name} is no text`);
  return value === '' ? null : value;
}

/** The text of a field; null if it has none. */
export function textIn(fields: WebhookFields, name: string): string | null {
  const value = Object.hasOwn(fields, name) ? fields[name] : null;
  return typeof value === 'string' && value !== '' ? value : null;
}
