import { createHash, timingSafeEqual } from 'node:crypto';
import { LossLog } from '../../api/loss-log.ts';
import type { CallsAdapter } from '../../calls/calls-adapter.ts';
import type { CallEventHub } from '../../calls/events/call-event-hub.ts';
import type { CallHint, WebhookFields } from '../../calls/events/webhook.ts';
import { WebhookObserver } from '../../calls/events/webhook-observer.ts';
import { isProviderCallId } from '../../calls/provider-call-id.ts';
import type { ConfiguredAccount } from '../../config/accounts.ts';
import type { Logger } from '../../runtime/logger.ts';
import { type ReceivedWebhook, toWebhookFields } from './webhook-fields.ts';

export interface ReceiverOptions {
  readonly adapter: CallsAdapter;
  readonly events: Pick<CallEventHub, 'observe'>;
  readonly account: Pick<ConfiguredAccount, 'webhookSecret' | 'webhookCredentials'>;
  /** See `WebhookObserverOptions`. */
  readonly readDelays?: readonly number[] | undefined;
}

/** What takes the webhooks of one account. */
export class Receiver {
  readonly #adapter: CallsAdapter;
  readonly #observer: WebhookObserver;
  readonly #dropped: LossLog;
  readonly #unreadable: LossLog;
  readonly #secret: Buffer | undefined;
  readonly #credentials: Buffer | undefined;

  constructor(log: Logger, { adapter, events, account, readDelays }: ReceiverOptions) {
    const key = { account: adapter.account.key };
    this.#dropped = new LossLog(log, 'dropped', 'webhooks were dropped: too many are pending', key);
    const { webhookSecret, webhookCredentials } = account;
    this.#unreadable = new LossLog(log, 'unreadable', 'webhooks could not be read', key);
    this.#adapter = adapter;
    const onDrop = () => this.#dropped.add();
    this.#observer = new WebhookObserver({ adapter, events, onDrop, readDelays });
    this.#secret = webhookSecret === undefined ? undefined : digestOf(webhookSecret);
    if (webhookCredentials === undefined) return;
    const { username, password } = webhookCredentials;
    this.#credentials = digestOf(`${username}:${password}`);
  }

  isSecret(text: string): boolean {
    // Digests have one length, which is what the comparison requires.
    return this.#secret !== undefined && timingSafeEqual(digestOf(text), this.#secret);
  }

  /** What an `Authorization` header proves at the address of the account; `challenge` if there is none (RFC 7617). */
  authorize(authorization: string | undefined): 'ok' | 'challenge' | 'wrong' {
    if (this.#credentials === undefined) return 'ok';
    if (authorization === undefined) return 'challenge';
    const [, encoded = ''] = /^basic +(\S+)$/i.exec(authorization) ?? [];
    const given = Buffer.from(encoded, 'base64').toString();
    return timingSafeEqual(digestOf(given), this.#credentials) ? 'ok' : 'wrong';
  }

  /** The fields of a webhook; undefined for what cannot be read, which is counted. */
  read(webhook: ReceivedWebhook): WebhookFields | undefined {
    return this.#try(() => toWebhookFields(webhook));
  }

  /** What a webhook proves, null for nothing; undefined for what cannot be read, which is counted. */
  hintOf(fields: WebhookFields): CallHint | null | undefined {
    return this.#try(() => {
      const hint = this.#adapter.readWebhook?.(fields) ?? null;
      if (hint !== null && !isProviderCallId(hint.call.providerCallId))
        throw new TypeError('no id of a call');
      return hint;
    });
  }

  callIdOf(fields: WebhookFields): string | undefined {
    return this.#adapter.callIdOf?.(fields) ?? undefined;
  }

  observe(hint: CallHint): void {
    this.#observer.accept(hint);
  }

  /** Reads no more calls, and logs what was lost. */
  close(): void {
    this.#observer.close();
    this.#dropped.end();
    this.#unreadable.end();
  }

  #try<T>(read: () => T): T | undefined {
    try {
      return read();
    } catch {
      this.#unreadable.add();
      return undefined;
    }
  }
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
