import { sleep } from '../../runtime/sleep.ts';
import type { Account } from '../account.ts';
import type { Call } from '../call.ts';
import type { CallKey } from '../call-loader.ts';
import type { AccountPoller } from './account-poller.ts';
import type { CallEvent } from './call-event.ts';
import { decodeCursor } from './event-cursor.ts';
import type { EventLog } from './event-log.ts';
import { EventReader } from './event-reader.ts';
import { EventRecorder, type EventRecorderOptions } from './event-recorder.ts';
import { type EventRequest, wantedBy } from './event-request.ts';
import { EventStream } from './event-stream.ts';
import type { LiveCall } from './live-calls.ts';
import type { Observation } from './observation.ts';
import { isEnded } from './status-rank.ts';
import { digestOf } from './to-change.ts';

/** Milliseconds between two attempts at a store that fails. */
const retryInterval = 1_000;

/** What a `CallEventHub` is made from. */
export interface CallEventHubOptions extends Pick<EventRecorderOptions, 'onFailure' | 'onRecovery'> {
  readonly log: EventLog;
  /** Creates what polls an account; absent if none is polled. */
  readonly createPoller?: (accountKey: string, hub: CallEventHub) => AccountPoller | undefined;
  /** By key. */
  readonly accounts: ReadonlyMap<string, Account>;
  /** Called when a call is seen to have ended, once or several times. */
  readonly onEnd?: (call: CallKey) => void;
  /** Whether to call `onEnd` also where another process has seen the end of a call, by its digest. */
  readonly awaitsEnd?: (call: string) => boolean;
  readonly pause?: typeof sleep;
}

/**
 * The changes of all calls: observations in, events out, to all subscribers of this process. All sources (webhooks, polls,
 * changes made through this API) meet here. An observation becomes an event if and only if it takes the call forward, for
 * all processes that share the store together.
 */
export class CallEventHub {
  readonly #options: CallEventHubOptions;
  readonly #events: EventReader;
  readonly #recorder: EventRecorder;
  /** By account key. An account that is not polled has none. */
  readonly #pollers = new Map<string, AccountPoller>();
  /** With the accounts that are polled for each. */
  readonly #streams = new Map<EventStream, ReadonlySet<string>>();
  readonly #closing = new AbortController();

  constructor(options: CallEventHubOptions) {
    this.#options = options;
    const { log, accounts } = options;
    this.#events = new EventReader(log);
    this.#recorder = new EventRecorder({ ...options, pause: () => this.#pause() });
    this.setAccounts(accounts, accounts.keys());
    log.ring.onPush = (entry) => {
      for (const stream of this.#streams.keys()) stream.offer(entry);
      const poller = this.#pollers.get(entry.accountKey);
      const isAwaited = options.awaitsEnd?.(entry.call) ?? false;
      const call = poller?.isActive || isAwaited ? this.#events.toEvent(entry).call : null;
      if (call !== null && poller?.isActive) poller.note(call);
      if (call !== null && isAwaited) this.#noteEnd(call);
    };
  }

  /**
   * Takes other accounts in place of those before. Streams go on, and what is polled for them is polled by the new
   * pollers.
   *
   * @param changed the keys of accounts that came, went, or need another poller
   */
  setAccounts(accounts: ReadonlyMap<string, Account>, changed: Iterable<string>): void {
    this.#events.accounts = accounts;
    for (const key of changed) {
      this.#pollers.get(key)?.stop();
      this.#pollers.delete(key);
      const poller = accounts.has(key) ? this.#options.createPoller?.(key, this) : undefined;
      if (poller === undefined) continue;
      this.#pollers.set(key, poller);
      for (const polled of this.#streams.values()) if (polled.has(key)) poller.retain();
    }
  }

  /**
   * Resolves once the event, if it is one, is in the log. Never rejects: what cannot be told becomes a GAP.
   *
   * @param isNews whether it is told of a call that is first seen when it has ended
   */
  observe(observation: Observation, isNews = true): Promise<void> {
    this.#noteEnd(observation.call);
    return this.#recorder.record(observation, isNews);
  }

  /** Reads a call that was changed through this API soon, if somebody subscribes to its account. Never rejects. */
  async readSoon({ accountKey, providerCallId }: CallKey): Promise<void> {
    await this.#pollers.get(accountKey)?.readSoon(providerCallId);
  }

  /**
   * The events after a cursor, one by one: the next one is read from the log when it is asked for, and none is queued for
   * the subscriber. A stream without `after` begins at the time of this call, not of the first `next`. Accounts without
   * webhooks are polled while somebody subscribes to them.
   *
   * @throws Refusal INVALID_INPUT when `after` is not a cursor
   */
  subscribe(request: EventRequest): EventStream {
    const { accountKeys, after, isReplay = false, signal } = request;
    const polled = new Set(isReplay ? [] : accountKeys);
    const stream = new EventStream({
      log: this.#options.log,
      events: this.#events,
      after: after === undefined ? undefined : decodeCursor(after),
      isReplay,
      wants: wantedBy(request),
      pause: () => this.#pause(),
      onEnd: () => {
        this.#streams.delete(stream);
        signal.removeEventListener('abort', end);
        for (const key of polled) this.#pollers.get(key)?.release();
      },
    });
    const end = () => stream.end();
    this.#streams.set(stream, polled);
    signal.addEventListener('abort', end, { once: true });
    for (const key of polled) this.#pollers.get(key)?.retain();
    if (signal.aborted || this.#closing.signal.aborted) stream.end();
    return stream;
  }

  /** The events of one call that the log still holds, oldest first. */
  async timeline(key: CallKey): Promise<readonly CallEvent[]> {
    const entries = await this.#options.log.entriesOf(digestOf(key));
    return entries.map((entry) => this.#events.toEvent(entry)).filter(({ kind }) => kind !== 'GAP');
  }

  /** The calls of an account that the latest events tell of. */
  knownCalls(accountKey: string): readonly LiveCall[] {
    const entries = this.#options.log.ring.entriesAfter(0, Number.POSITIVE_INFINITY);
    const own = entries.filter((entry) => entry.accountKey === accountKey);
    return own.flatMap((entry) => this.#events.toEvent(entry).call ?? []);
  }

  /** Ends all streams, and waits for what has been observed: other processes may tell of it. */
  async close(): Promise<void> {
    this.#closing.abort();
    for (const stream of [...this.#streams.keys()]) stream.end();
    await this.#recorder.settle();
    await this.#options.log.close();
  }

  #noteEnd({ account, providerCallId, status }: Call): void {
    if (isEnded(status)) this.#options.onEnd?.({ accountKey: account.key, providerCallId });
  }

  #pause(): Promise<boolean> {
    return (this.#options.pause ?? sleep)(retryInterval, this.#closing.signal);
  }
}
