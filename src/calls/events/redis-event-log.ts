import type { Cipher } from '../../store/cipher.ts';
import { toKeyName } from '../../store/key-name.ts';
import type { Store, LogEntry as StoredEntry } from '../../store/store.ts';
import type { CallState, Change, EventLog } from './event-log.ts';
import { EventRing } from './event-ring.ts';
import { type LogEntry, type Position, start } from './log-entry.ts';
import { changeScript, entriesScript, lastScript } from './log-scripts.ts';

/** Bytes of the latest entries that each process keeps. */
const maxRingBytes = 16 * 1024 * 1024;

const logKey = toKeyName('events', 'log');
/** The log, its last number, and the states of calls: see `changeScript`. */
const keys = [logKey, ...['number', 'calls', 'earlier-calls'].map((part) => toKeyName('events', part))];

/** Where a stream begins. */
const firstId = '0-0';

/**
 * The log of all processes that share a Redis, as a stream. Each process reads it once for all of its subscribers. What
 * tells of a call is encrypted, and kept for 24 hours at most.
 *
 * A stream may lose entries: Redis was restarted without persistence, or a replica that lacks the last entries has become
 * the primary. The numbers of the entries tell.
 */
export class RedisEventLog implements EventLog {
  readonly ring = new EventRing(maxRingBytes);
  readonly #store: Store;
  readonly #cipherOf: (accountKey: string) => Cipher | undefined;
  readonly #reader: { close(): void } | undefined;
  /** What was read last; undefined before the first connection. */
  #read: Position | undefined;

  /** @param store one that several processes share */
  constructor(store: Store, cipherOf: (accountKey: string) => Cipher | undefined) {
    this.#store = store;
    this.#cipherOf = cipherOf;
    this.#reader = store.follow?.(logKey, {
      onConnect: (last) => this.#connect(last && toEntry(last).position),
      onEntries: (entries) => {
        for (const entry of entries) this.#add(toEntry(entry));
      },
      onFailure: () => undefined,
    });
  }

  async change({ accountKey, call, from = '', state, event }: Change): Promise<CallState | undefined> {
    const cipher = this.#cipherOf(accountKey);
    if (cipher === undefined) return undefined;
    const next = state === undefined ? '' : cipher.encrypt(state, call);
    const entry = event === undefined ? '' : `${accountKey} ${call} ${cipher.encrypt(event, logKey)}`;
    const answer = await this.#run(changeScript, call, from, next, entry);
    if (typeof answer !== 'string') return undefined;
    const [, encrypted = ''] = answer.split(' ');
    if (encrypted === '') return { text: undefined, version: answer };
    return { text: cipher.decrypt(encrypted, call) ?? unreadable, version: answer };
  }

  async appendGap(): Promise<void> {
    await this.#run(changeScript, '', '', '', '  ');
  }

  async readAfter({ id }: Position, count: number): Promise<readonly LogEntry[]> {
    return ((await this.#store.readLog?.(logKey, id || firstId, count)) ?? []).map(toEntry);
  }

  async last(): Promise<Position | undefined> {
    const [entry] = toStored(await this.#run(lastScript));
    return entry && toEntry(entry).position;
  }

  async entriesOf(call: string): Promise<readonly LogEntry[]> {
    return toStored(await this.#run(entriesScript, call)).map(toEntry);
  }

  textOf({ accountKey, text }: LogEntry): string | undefined {
    return this.#cipherOf(accountKey)?.decrypt(text, logKey);
  }

  async close(): Promise<void> {
    this.#reader?.close();
  }

  #run(script: string, ...values: string[]): Promise<unknown> {
    return this.#store.run?.(script, keys, values) ?? Promise.resolve(undefined);
  }

  /** Where to read on: behind what was read last, unless the log has lost it. */
  #connect(last: Position | undefined): string {
    const isEmpty = last === undefined && this.#read === start;
    const isBehind = last === undefined || isBefore(last.id, this.#read?.id ?? '');
    if (this.#read === undefined || (isBehind && !isEmpty)) {
      // Who subscribed before the first connection may have missed something.
      this.#read = last ?? start;
      this.#addGap(this.#read);
    }
    return this.#read.id || firstId;
  }

  #add(entry: LogEntry): void {
    const before = this.#read ?? start;
    const { number } = entry.position;
    // The first entry of an empty log may have any number.
    if (before !== start && number !== before.number + 1) this.#addGap({ number: number - 1, id: before.id });
    this.#read = entry.position;
    this.ring.push(entry);
  }

  #addGap(position: Position): void {
    this.ring.push({ position, accountKey: '', call: '', text: '' });
  }
}

/** The state of a call that was encrypted with another secret: what is seen of it is taken for all that is known. */
const unreadable = '{"status":"UNKNOWN","details":{}}';

/** An entry is its number, the account, the digest of the call and the encrypted event. */
function toEntry({ id, value }: StoredEntry): LogEntry {
  const [number, accountKey = '', call = '', text = ''] = value.split(' ');
  return { position: { number: Number(number), id }, accountKey, call, text };
}

/** Entries as Redis gives them to a script. */
function toStored(answer: unknown): StoredEntry[] {
  return (answer as [string, [string, string]][]).map(([id, [, value]]) => ({ id, value }));
}

/** Whether one id of a stream is smaller than another. */
function isBefore(one: string, other: string): boolean {
  const [time = 0, sequence = 0] = one.split('-').map(Number);
  const [otherTime = 0, otherSequence = 0] = other.split('-').map(Number);
  return time < otherTime || (time === otherTime && sequence < otherSequence);
}
