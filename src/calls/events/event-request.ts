import type { CallKey } from '../call-loader.ts';
import type { LogEntry } from './log-entry.ts';
import { digestOf } from './to-change.ts';

/** Which events a subscriber gets. */
export interface EventRequest {
  /** The accounts whose calls are followed. */
  readonly accountKeys: readonly string[];
  /** Only this call. */
  readonly call?: CallKey | undefined;
  /** The cursor of the event before the first one; absent to begin now. */
  readonly after?: string | undefined;
  /** Ends the stream where the log ends at the time, in place of waiting for more: for a call that has ended. */
  readonly isReplay?: boolean | undefined;
  /** Ends the stream. */
  readonly signal: AbortSignal;
}

/** Whether the subscriber gets an entry: an event of the calls that it follows, or a gap, which concerns all. */
export function wantedBy({ accountKeys, call }: EventRequest): (entry: LogEntry) => boolean {
  const accounts = new Set(accountKeys);
  const digest = call && digestOf(call);
  return (entry) =>
    entry.accountKey === '' ||
    (accounts.has(entry.accountKey) && (digest === undefined || digest === entry.call));
}
