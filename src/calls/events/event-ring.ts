import { sizeOf } from '../../store/text-size.ts';
import type { CallEvent } from './call-event.ts';
import { type LogEntry, type Position, start } from './log-entry.ts';

/** An entry in a ring. */
export interface RingEntry extends LogEntry {
  /** Where it is in the ring: one more than the entry before it. */
  readonly index: number;
  /** Read once, for all who get it. */
  event?: CallEvent;
}

/** Bytes of an entry besides its text and what is read from it: objects, cursor, slot in the table. */
const overhead = 1_600;

/** Bytes that an entry takes with its event, which repeats its text in parts. */
function bytesOf({ text }: LogEntry): number {
  return 2 * sizeOf(text) + overhead;
}

/** The latest entries of a log, bounded by what they take in memory. The oldest ones are dropped. */
export class EventRing {
  /** Called with each new entry. */
  onPush: (entry: RingEntry) => void = () => undefined;
  readonly #maxBytes: number;
  readonly #entries = new Map<number, RingEntry>();
  #bytes = 0;
  #end = 0;
  /** Of the last entry that was dropped or left out. */
  #base = start;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** The index of the next entry. */
  get end(): number {
    return this.#end;
  }

  /** The index of the oldest entry. */
  get first(): number {
    return this.#end - this.#entries.size;
  }

  /** The position of the last entry, whether it is held or not. */
  get position(): Position {
    return this.#entries.get(this.#end - 1)?.position ?? this.#base;
  }

  /** Bytes that are held. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Begins behind a position of the log, of which it has nothing yet. */
  begin(position: Position): void {
    this.#base = position;
  }

  push(entry: LogEntry): void {
    const pushed: RingEntry = { ...entry, index: this.#end };
    this.#entries.set(this.#end, pushed);
    this.#end += 1;
    this.#bytes += bytesOf(entry);
    while (this.#bytes > this.#maxBytes && this.#entries.size > 1) this.#dropFirst();
    this.onPush(pushed);
  }

  at(index: number): RingEntry | undefined {
    return this.#entries.get(index);
  }

  /** The index of the entry that follows a position; undefined if the ring does not hold what follows it. */
  indexAfter({ number, id }: Position): number | undefined {
    for (let index = this.#end - 1; index >= this.first; index -= 1) {
      const position = this.#entries.get(index)?.position;
      if (position?.number === number && position.id === id) return index + 1;
    }
    return this.#base.number === number && this.#base.id === id ? this.first : undefined;
  }

  /** The oldest entries with a number above this one. */
  entriesAfter(number: number, count: number): RingEntry[] {
    const found: RingEntry[] = [];
    for (const entry of this.#entries.values()) {
      if (found.length === count) break;
      if (entry.position.number > number) found.push(entry);
    }
    return found;
  }

  #dropFirst(): void {
    const index = this.first;
    const entry = this.#entries.get(index);
    if (entry === undefined) return;
    this.#entries.delete(index);
    this.#bytes -= bytesOf(entry);
    this.#base = entry.position;
  }
}
