import type { EventRing } from './event-ring.ts';
import type { LogEntry, Position } from './log-entry.ts';

/** What a log knows of a call. */
export interface CallState {
  /** The call, serialized; undefined once it has ended. */
  readonly text: string | undefined;
  /** Opaque: differs from that of every other state of the call. */
  readonly version: string;
}

/** A step of a call. */
export interface Change {
  readonly accountKey: string;
  /** The digest of the call. */
  readonly call: string;
  /** The version of the state that the change is made from; undefined if nothing was known of the call. */
  readonly from: string | undefined;
  /** The text of the state after it; undefined once the call has ended. */
  readonly state: string | undefined;
  /** The event that tells of it; undefined if it is not told. */
  readonly event: string | undefined;
}

/**
 * The log of events, and what the events so far have told of each call. State and event change together, so that of two
 * processes that have seen the same change one tells of it. Methods reject with `StoreFailure`.
 */
export interface EventLog {
  /** The latest entries, as they arrive. */
  readonly ring: EventRing;

  /**
   * Makes a change if the call is in the state that it is made from, or none is known. Otherwise changes nothing.
   *
   * @returns undefined once it is made; else the present state
   */
  change(change: Change): Promise<CallState | undefined>;

  /** Appends a gap: what happened before it is not in the log. */
  appendGap(): Promise<void>;

  /** The first entries behind a position, at most `count`. */
  readAfter(position: Position, count: number): Promise<readonly LogEntry[]>;

  /** The position of the last entry; undefined while there is none. */
  last(): Promise<Position | undefined>;

  /** The entries of one call, oldest first. */
  entriesOf(call: string): Promise<readonly LogEntry[]>;

  /** The event of an entry as it was given to `change`; undefined if it cannot be read. */
  textOf(entry: LogEntry): string | undefined;

  close(): Promise<void>;
}
