import { setImmediate as endOfTurn } from 'node:timers/promises';
import type { CallEvent } from './call-event.ts';
import type { EventLog } from './event-log.ts';
import type { EventReader } from './event-reader.ts';
import type { RingEntry } from './event-ring.ts';
import { type LogEntry, type Position, start } from './log-entry.ts';

/** Entries that are read from the log at once for who is behind the ring, and that a stream passes in one turn. */
const pageSize = 32;

/** What a stream follows, and by what it is woken. */
export interface EventStreamOptions {
  readonly log: EventLog;
  /** The position before the first event; undefined to begin now. */
  readonly after: Position | undefined;
  /** Whether it ends with the log, in place of waiting for more. */
  readonly isReplay: boolean;
  /** Whether the subscriber gets the entry. */
  readonly wants: (entry: LogEntry) => boolean;
  readonly events: Pick<EventReader, 'toEvent' | 'toGap'>;
  /** Resolves after a while, or when the stream ends. */
  readonly pause: () => Promise<unknown>;
  /** Called once when it ends. */
  readonly onEnd: () => void;
}

/**
 * The events of one subscriber: a place in the ring, or in the log behind it, and no queue. An event is read when it is
 * asked for. One call of `next` at a time.
 */
export class EventStream implements AsyncIterableIterator<CallEvent> {
  readonly #options: EventStreamOptions;
  /** The next entry in the ring; undefined while the subscriber is behind the ring. */
  #index: number | undefined;
  /** What was passed last. */
  #position: Position;
  /** What was read of the log, and is not passed yet. */
  #page: readonly LogEntry[] = [];
  /** Set while it waits: takes an entry, or ends the waiting without one. */
  #wake: ((entry: RingEntry | undefined) => void) | undefined;
  #passed = 0;
  #hasEnded = false;

  constructor(options: EventStreamOptions) {
    this.#options = options;
    const { ring } = options.log;
    this.#position = options.after ?? ring.position;
    if (options.after === undefined) this.#index = ring.end;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<CallEvent, undefined>> {
    while (!this.#hasEnded) {
      this.#passed += 1;
      // The whole ring may be passed without one that is wanted, here or by a filter behind.
      if (this.#passed % pageSize === 0) await endOfTurn();
      const event = this.#index === undefined ? await this.#readLog() : await this.#readRing(this.#index);
      if (event !== undefined && !this.#hasEnded) return { value: event, done: false };
    }
    return { value: undefined, done: true };
  }

  async return(): Promise<IteratorResult<CallEvent, undefined>> {
    this.end();
    return { value: undefined, done: true };
  }

  /** Ends the stream: what it waits for is not waited for any longer. */
  end(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#wake?.(undefined);
    this.#options.onEnd();
  }

  /** Takes a new entry of the ring, if the stream waits for it. */
  offer(entry: RingEntry): void {
    this.#wake?.(entry);
  }

  async #readRing(index: number): Promise<CallEvent | undefined> {
    const { log, wants, events } = this.#options;
    // Waits at the end of the ring: what came in between was not wanted.
    const entry = index === log.ring.end ? await this.#wait(wants) : log.ring.at(index);
    this.#index = entry && entry.index + 1;
    if (entry === undefined) return undefined;
    this.#position = entry.position;
    return wants(entry) ? events.toEvent(entry) : undefined;
  }

  async #readLog(): Promise<CallEvent | undefined> {
    const { log, wants, events } = this.#options;
    const position = this.#position;
    if (this.#page.length === 0) {
      this.#index = log.ring.indexAfter(position);
      if (this.#index !== undefined) return undefined;
      try {
        this.#page = await log.readAfter(position, pageSize);
        if (this.#page.length === 0) return await this.#joinAtEnd(position);
      } catch {
        await this.#options.pause();
        return undefined;
      }
    }
    const [entry, ...rest] = this.#page as [LogEntry, ...LogEntry[]];
    const number = entry.position.number - 1;
    if (number !== position.number) return this.#skipTo({ number, id: position.id });
    this.#page = rest;
    this.#position = entry.position;
    return wants(entry) ? events.toEvent(entry) : undefined;
  }

  /** Nothing follows in the log: the ring goes on from here, unless it was another log. */
  async #joinAtEnd(position: Position): Promise<CallEvent | undefined> {
    const { log, pause } = this.#options;
    const last = await log.last();
    if (last?.number === position.number) {
      // The ring has not got here yet, or it has begun behind.
      if (log.ring.indexAfter(position) === undefined) await Promise.race([this.#wait(() => true), pause()]);
      this.#wake?.(undefined);
      return undefined;
    }
    // What was appended meanwhile follows; in another log nothing does.
    this.#page = await log.readAfter(position, pageSize);
    if (this.#page.length > 0) return undefined;
    if (last === undefined) this.#index = log.ring.end;
    return this.#skipTo(last ?? start);
  }

  #skipTo(position: Position): CallEvent {
    this.#position = position;
    return this.#options.events.toGap(position);
  }

  /** @param ends whether an entry ends the waiting */
  async #wait(ends: (entry: RingEntry) => boolean): Promise<RingEntry | undefined> {
    if (this.#options.isReplay) this.end();
    if (this.#hasEnded) return undefined;
    return new Promise((resolve) => {
      this.#wake = (entry) => {
        if (entry !== undefined && !ends(entry)) return;
        this.#wake = undefined;
        resolve(entry);
      };
    });
  }
}
