import { sleep } from '../../runtime/sleep.ts';
import type { Account } from '../account.ts';
import type { Instant } from '../call.ts';
import type { CallKey } from '../call-loader.ts';
import type { AccountPoller } from './account-poller.ts';
import { AccountPollers } from './account-pollers.ts';
import type { CallEvent } from './call-event.ts';
import type { CallEvents, EventRequest, Observation } from './call-events.ts';
import { decodeCursor, encodeCursor } from './event-cursor.ts';
import type { EventLog } from './event-log.ts';
import type { RingEntry } from './event-ring.ts';
import { EventStream } from './event-stream.ts';
import { GapAppender } from './gap-appender.ts';
import type { LiveCall } from './live-calls.ts';
import type { LogEntry, Position } from './log-entry.ts';
import { isEnded } from './status-rank.ts';
import { digestOf, type EventRecord, toChange } from './to-change.ts';

/** Milliseconds between two attempts at a store that fails. */
const retryInterval = 1_000;
/** Observations that wait for the store at the same time. What comes beyond is lost. */
const maxPending = 1_000;

/** What a `CallEventHub` is made from. */
export interface CallEventHubOptions {
  readonly log: EventLog;
  /** Creates what polls an account; absent if none is polled. */
  readonly createPoller?: ((accountKey: string, hub: CallEventHub) => AccountPoller | undefined) | undefined;
  /** By key. */
  readonly accounts: ReadonlyMap<string, Account>;
  /** Called when a call is seen to have ended, once or several times. */
  readonly onEnd?: ((call: CallKey) => void) | undefined;
  /** Called when changes can no longer be told, and when they can again. */
  readonly onFailure?: ((cause: unknown) => void) | undefined;
  readonly onRecovery?: (() => void) | undefined;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  readonly pause?: typeof sleep;
}

/** The events of all calls, from all sources to all subscribers of this process. */
export class CallEventHub implements CallEvents {
  readonly #options: CallEventHubOptions;
  readonly #now: () => Instant;
  #accounts: ReadonlyMap<string, Account>;
  /** With the accounts that are polled for each. */
  readonly #streams = new Map<EventStream, ReadonlySet<string>>();
  readonly #pollers: AccountPollers;
  readonly #gaps: GapAppender;
  readonly #closing = new AbortController();
  readonly #pending = new Set<Promise<void>>();

  constructor(options: CallEventHubOptions) {
    this.#options = options;
    const { log, accounts, now = Date.now, createPoller, onFailure, onRecovery } = options;
    this.#accounts = accounts;
    this.#pollers = new AccountPollers({
      create: (key) => createPoller?.(key, this),
      knownCalls: (key) => this.#knownCalls(key),
    });
    this.#gaps = new GapAppender({ log, pause: () => this.#pause(), onFailure, onRecovery });
    for (const key of accounts.keys()) this.#pollers.add(key);
    this.#now = () => new Date(now()).toISOString();
    log.ring.onPush = (entry) => {
      for (const stream of this.#streams.keys()) stream.offer(entry);
      const call = this.#pollers.isActive(entry.accountKey) ? this.#toEvent(entry).call : null;
      if (call !== null) this.#pollers.note(entry.accountKey, call);
    };
  }

  /**
   * Takes other accounts in place of those before. Streams go on, and what is polled for them is polled by the new
   * pollers.
   *
   * @param changed the keys of accounts that came, went, or need another poller
   */
  setAccounts(accounts: ReadonlyMap<string, Account>, changed: Iterable<string>): void {
    this.#accounts = accounts;
    for (const key of changed) {
      this.#pollers.remove(key);
      if (!accounts.has(key)) continue;
      this.#pollers.add(key);
      for (const polled of this.#streams.values()) if (polled.has(key)) this.#pollers.retain(key);
    }
  }

  observe(observation: Observation): Promise<void> {
    return this.#observe(observation, true);
  }

  readSoon({ accountKey, providerCallId }: CallKey): Promise<void> {
    return this.#pollers.readSoon(accountKey, providerCallId);
  }

  /** Takes what is known of a call for known, without telling of it if it has ended: see `observe`. */
  learn(observation: Observation): Promise<void> {
    return this.#observe(observation, false);
  }

  subscribe({ accountKeys, call, after, isReplay = false, signal }: EventRequest): EventStream {
    const accounts = new Set(accountKeys);
    const digest = call && digestOf(call);
    const polled = isReplay ? new Set<string>() : accounts;
    const stream = new EventStream({
      log: this.#options.log,
      after: after === undefined ? undefined : decodeCursor(after),
      isReplay,
      wants: (entry) =>
        entry.accountKey === '' ||
        (accounts.has(entry.accountKey) && (digest === undefined || digest === entry.call)),
      toEvent: (entry) => this.#toEvent(entry),
      toGap: (position) => this.#toGap(position),
      pause: () => this.#pause(),
      onEnd: () => {
        this.#streams.delete(stream);
        signal.removeEventListener('abort', end);
        for (const key of polled) this.#pollers.release(key);
      },
    });
    const end = () => stream.end();
    this.#streams.set(stream, polled);
    signal.addEventListener('abort', end, { once: true });
    for (const key of polled) this.#pollers.retain(key);
    if (signal.aborted || this.#closing.signal.aborted) stream.end();
    return stream;
  }

  async timeline(key: CallKey): Promise<readonly CallEvent[]> {
    const entries = await this.#options.log.entriesOf(digestOf(key));
    return entries.map((entry) => this.#toEvent(entry)).filter(({ kind }) => kind !== 'GAP');
  }

  /** Ends all streams, and waits for what has been observed: other processes may tell of it. */
  async close(): Promise<void> {
    this.#closing.abort();
    for (const stream of [...this.#streams.keys()]) stream.end();
    await Promise.all(this.#pending);
    await this.#options.log.close();
  }

  *#knownCalls(accountKey: string): Generator<LiveCall> {
    for (const entry of this.#options.log.ring.entriesAfter(0, Number.POSITIVE_INFINITY)) {
      const call = entry.accountKey === accountKey ? this.#toEvent(entry).call : null;
      if (call !== null) yield call;
    }
  }

  async #observe(observation: Observation, isNews: boolean): Promise<void> {
    const { account, providerCallId, status } = observation.call;
    if (isEnded(status)) this.#options.onEnd?.({ accountKey: account.key, providerCallId });
    if (this.#pending.size >= maxPending) return this.#gaps.lose(new Error('too many changes at once'));
    const written = this.#write(observation, isNews);
    this.#pending.add(written);
    await written;
    this.#pending.delete(written);
  }

  async #write(observation: Observation, isNews: boolean): Promise<void> {
    try {
      let change = toChange(undefined, observation, isNews, this.#now);
      while (change !== undefined) {
        const state = await this.#options.log.change(change);
        change = state && toChange(state, observation, isNews, this.#now);
      }
    } catch (error) {
      this.#gaps.lose(error);
    }
  }

  #pause(): Promise<boolean> {
    return (this.#options.pause ?? sleep)(retryInterval, this.#closing.signal);
  }

  #toEvent(entry: LogEntry | RingEntry): CallEvent {
    if ('event' in entry && entry.event !== undefined) return entry.event;
    const event = this.#readEvent(entry) ?? this.#toGap(entry.position);
    if ('index' in entry) entry.event = event;
    return event;
  }

  #readEvent(entry: LogEntry): CallEvent | undefined {
    const account = this.#accounts.get(entry.accountKey);
    const text = account && this.#options.log.textOf(entry);
    if (account === undefined || text === undefined) return undefined;
    const record: EventRecord = JSON.parse(text);
    return { ...record, cursor: encodeCursor(entry.position), call: { ...record.call, account } };
  }

  #toGap(position: Position): CallEvent {
    return {
      cursor: encodeCursor(position),
      kind: 'GAP',
      call: null,
      previousStatus: null,
      occurredAt: this.#now(),
      source: 'POLL',
    };
  }
}
