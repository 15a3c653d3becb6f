import type { Account } from '../account.ts';
import type { CallEvent } from './call-event.ts';
import { encodeCursor } from './event-cursor.ts';
import type { EventLog } from './event-log.ts';
import type { RingEntry } from './event-ring.ts';
import type { LogEntry, Position } from './log-entry.ts';
import type { EventRecord } from './to-change.ts';

/** Reads the entries of a log as events. */
export class EventReader {
  /** By key. The events of other accounts are gaps. */
  accounts: ReadonlyMap<string, Account> = new Map();
  readonly #log: Pick<EventLog, 'textOf'>;

  constructor(log: Pick<EventLog, 'textOf'>) {
    this.#log = log;
  }

  /** The event of an entry; a gap's if it cannot be read. An entry in the ring is read once, for all who get it. */
  toEvent(entry: LogEntry | RingEntry): CallEvent {
    if ('event' in entry && entry.event !== undefined) return entry.event;
    const event = this.#read(entry) ?? this.toGap(entry.position);
    if ('index' in entry) entry.event = event;
    return event;
  }

  toGap(position: Position): CallEvent {
    return {
      cursor: encodeCursor(position),
      kind: 'GAP',
      call: null,
      previousStatus: null,
      occurredAt: new Date().toISOString(),
      source: 'POLL',
    };
  }

  #read(entry: LogEntry): CallEvent | undefined {
    const account = this.accounts.get(entry.accountKey);
    const text = account && this.#log.textOf(entry);
    if (account === undefined || text === undefined) return undefined;
    const record: EventRecord = JSON.parse(text);
    return { ...record, cursor: encodeCursor(entry.position), call: { ...record.call, account } };
  }
}
