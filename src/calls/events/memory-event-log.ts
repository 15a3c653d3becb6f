import { LRUCache } from 'lru-cache';
import { copyOf, sizeOf } from '../../store/text-size.ts';
import type { CallState, Change, EventLog } from './event-log.ts';
import { EventRing } from './event-ring.ts';
import type { LogEntry, Position } from './log-entry.ts';

/** Bytes of events, and of states. */
const defaultBytes = 16 * 1024 * 1024;
/** Milliseconds that the state of a call is kept after its last change. */
const timeToLive = 24 * 60 * 60 * 1000;
/** Bytes that a state takes besides its text. */
const overhead = 800;

interface KnownCall extends CallState {
  /** The numbers of its events. */
  readonly events: readonly number[];
}

/** The log of one process, in its memory: a restart loses it, and a cursor from before is followed by a gap. */
export class MemoryEventLog implements EventLog {
  readonly ring: EventRing;
  readonly #calls: LRUCache<string, KnownCall>;
  #position: Position;
  #version = 0;

  /** @param now milliseconds since the epoch */
  constructor({ maxEventBytes = defaultBytes, maxStateBytes = defaultBytes, now = Date.now } = {}) {
    this.ring = new EventRing(maxEventBytes);
    this.#position = { number: now() * 1_000, id: '' };
    this.ring.begin(this.#position);
    this.#calls = new LRUCache({
      maxSize: maxStateBytes,
      sizeCalculation: ({ text = '' }) => sizeOf(text) + overhead,
      ttl: timeToLive,
      ttlResolution: 0,
      perf: { now },
    });
  }

  async change({ accountKey, call, from, state, event }: Change): Promise<CallState | undefined> {
    const known = this.#calls.get(call);
    if (known !== undefined && known.version !== from) return known;
    const events = [...(known?.events ?? [])];
    if (event !== undefined) events.push(this.#push({ accountKey, call, text: copyOf(event) }));
    this.#version += 1;
    const text = state === undefined ? undefined : copyOf(state);
    this.#calls.set(copyOf(call), { text, version: String(this.#version), events });
    return undefined;
  }

  async appendGap(): Promise<void> {
    this.#push({ accountKey: '', call: '', text: '' });
  }

  async readAfter({ number }: Position, count: number): Promise<readonly LogEntry[]> {
    return this.ring.entriesAfter(number, count);
  }

  async last(): Promise<Position> {
    return this.#position;
  }

  async entriesOf(call: string): Promise<readonly LogEntry[]> {
    const events = this.#calls.get(call)?.events ?? [];
    // The ring has every entry of this log, so the numbers tell how far from its end each one is.
    return events.flatMap((number) => this.ring.at(this.ring.end - 1 + number - this.#position.number) ?? []);
  }

  textOf({ text }: LogEntry): string {
    return text;
  }

  async close(): Promise<void> {
    this.#calls.clear();
  }

  #push(entry: Omit<LogEntry, 'position'>): number {
    this.#position = { number: this.#position.number + 1, id: '' };
    this.ring.push({ ...entry, position: this.#position });
    return this.#position.number;
  }
}
