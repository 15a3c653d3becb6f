import { Cancellation } from '../../runtime/cancellation.ts';
import { sleep } from '../../runtime/sleep.ts';
import type { Call } from '../call.ts';
import type { CallsAdapter } from '../calls-adapter.ts';
import { createOperation } from '../create-operation.ts';
import type { CallEventHub } from './call-event-hub.ts';
import type { CallHint } from './webhook.ts';

/** Observations of one account that wait for the log or for the provider. */
const maxPending = 500;
/** Calls of one account that are read at a time. Others wait, so that a burst takes little of the account's budget. */
const maxReads = 4;
/** Milliseconds to wait before each read of a call that has ended: its record may be written after the webhook is sent. */
const defaultReadDelays = [0, 250, 1_000];
/** Milliseconds for a read. */
const readTimeout = 10_000;

export interface WebhookObserverOptions {
  readonly adapter: CallsAdapter;
  readonly events: Pick<CallEventHub, 'observe'>;
  /** Called for each webhook that is dropped. */
  readonly onDrop: () => void;
  /** The waits before each read of a call that has ended, in milliseconds. */
  readonly readDelays?: readonly number[] | undefined;
}

/**
 * Turns the webhooks of one account into observations. What comes while too many are pending is dropped: a poll finds what
 * it told of.
 */
export class WebhookObserver {
  readonly #options: WebhookObserverOptions;
  readonly #stop = new Cancellation();
  readonly #waiting: (() => void)[] = [];
  #reads = 0;
  #pending = 0;

  constructor(options: WebhookObserverOptions) {
    this.#options = options;
  }

  /** The observation is made later. */
  accept(hint: CallHint): void {
    if (this.#pending < maxPending) void this.#observe(hint);
    else this.#options.onDrop();
  }

  /** Reads no more calls: those that wait for it are observed as their webhooks show them. */
  close(): void {
    this.#stop.abort(new Error('the server closes'));
  }

  async #observe({ call, occurredAt, isPartial = false }: CallHint): Promise<void> {
    this.#pending += 1;
    const known = isPartial ? await this.#readEnded(call) : call;
    await this.#options.events.observe({ call: known, source: 'WEBHOOK', occurredAt });
    this.#pending -= 1;
  }

  /** The call as the provider has it once it has ended; what is known already if the provider does not show that. */
  async #readEnded(known: Call): Promise<Call> {
    if (this.#reads >= maxReads) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#reads += 1;
    try {
      for (const delay of this.#options.readDelays ?? defaultReadDelays) {
        if (!(await sleep(delay, this.#stop))) break;
        const read = await this.#read(known.providerCallId);
        if (read !== null && read.endReason !== null) return read;
      }
      return known;
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#reads -= 1;
      else next();
    }
  }

  async #read(providerCallId: string): Promise<Call | null> {
    const operation = createOperation(readTimeout, this.#stop);
    try {
      return await this.#options.adapter.get(providerCallId, operation).catch(() => null);
    } finally {
      operation.end();
    }
  }
}
