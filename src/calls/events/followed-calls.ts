import type { Account } from '../account.ts';
import type { Call } from '../call.ts';
import type { CallKey } from '../call-loader.ts';
import { Refusal } from '../failure.ts';
import { isMatch } from '../filter.ts';
import type { CallFilter } from '../new-call.ts';
import type { CallEvent } from './call-event.ts';
import type { CallEventHub } from './call-event-hub.ts';
import type { EventRequest } from './event-request.ts';
import { isEnded } from './status-rank.ts';

/** Where a stream begins, and what ends it. */
type StreamBounds = Pick<EventRequest, 'after' | 'signal'>;

/** The calls that a caller may see: `Calls`. */
interface VisibleCalls {
  account(key: string): Account | null;
  get(key: CallKey): Promise<Call | null>;
}

/** The events of the calls that one caller may see. */
export class FollowedCalls {
  readonly #hub: CallEventHub;
  readonly #calls: VisibleCalls;

  constructor(hub: CallEventHub, calls: VisibleCalls) {
    this.#hub = hub;
    this.#calls = calls;
  }

  /**
   * The events of the calls of some accounts that match a filter after the change, and all gaps, in the order in which they
   * became known. Accounts that the caller may not see have none.
   *
   * @throws Refusal INVALID_INPUT when `after` is not a cursor
   */
  all(
    { accounts, filter }: { readonly accounts: readonly Account[]; readonly filter: CallFilter },
    bounds: StreamBounds,
  ): AsyncIterableIterator<CallEvent> {
    const accountKeys = accounts.map(({ key }) => key).filter((key) => this.#isVisible(key));
    return filterEvents(this.#hub.subscribe({ ...bounds, accountKeys }), filter);
  }

  /**
   * The events of one call up to its end. Of a call that has ended, those behind `after` that the log still holds.
   *
   * @throws Refusal NOT_FOUND when there is no such call, INVALID_INPUT when `after` is not a cursor
   * @throws ProviderError when the call has to be read, since the log knows nothing of it, and cannot be
   */
  async one(call: CallKey, bounds: StreamBounds): Promise<AsyncIterableIterator<CallEvent>> {
    if (!this.#isVisible(call.accountKey)) throw notFound();
    const request = { ...bounds, accountKeys: [call.accountKey], call };
    // It begins before the call is read: an end in between is not lost.
    const events = this.#hub.subscribe(request);
    let hasEnded: boolean | undefined;
    try {
      hasEnded = await this.#hasEnded(call);
    } finally {
      // Nobody would end it: its account would be polled from now on.
      if (hasEnded !== false) await events.return();
    }
    if (hasEnded === undefined) throw notFound();
    if (!hasEnded) return untilEnd(events);
    return bounds.after === undefined ? untilEnd([]) : this.#hub.subscribe({ ...request, isReplay: true });
  }

  /** The events of one call that are still known, oldest first; none if the caller may not see it. */
  async timeline(call: CallKey): Promise<readonly CallEvent[]> {
    return this.#isVisible(call.accountKey) ? this.#hub.timeline(call) : [];
  }

  #isVisible(accountKey: string): boolean {
    return this.#calls.account(accountKey) !== null;
  }

  /** Undefined if there is no such call. */
  async #hasEnded(key: CallKey): Promise<boolean | undefined> {
    const last = (await this.timeline(key)).at(-1);
    if (last !== undefined) return last.kind === 'ENDED';
    const call = await this.#calls.get(key);
    return call === null ? undefined : isEnded(call.status);
  }
}

async function* filterEvents(
  events: AsyncIterable<CallEvent>,
  filter: CallFilter,
): AsyncGenerator<CallEvent, void> {
  for await (const event of events) {
    if (event.call === null || isMatch(event.call, filter)) yield event;
  }
}

async function* untilEnd(
  events: AsyncIterable<CallEvent> | readonly CallEvent[],
): AsyncGenerator<CallEvent, void> {
  for await (const event of events) {
    yield event;
    if (event.kind === 'ENDED') return;
  }
}

function notFound(): Refusal {
  return new Refusal('NOT_FOUND', 'There is no such call.', { field: ['id'] });
}
