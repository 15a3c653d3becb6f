import type { Account } from '../../calls/account.ts';
import type { Call, Instant } from '../../calls/call.ts';
import type { WebhookFields } from '../../calls/events/webhook.ts';
import { toText } from './rest/json.ts';

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
  const wrong = names.find((name) => typeof (fields[name] ?? '') !== 'string');
  if (wrong !== undefined) throw new TypeError(`${wrong} is no text`);
  const texts = Object.fromEntries(names.map((name) => [name, toText(fields[name])])) as Texts<Name>;
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
