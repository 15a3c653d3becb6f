/** Where an entry stands in a log. */
export interface Position {
  /**
   * Counts the entries of a log, beginning with the time in microseconds at which the log did: two logs have no number in
   * common, and a number that is left out tells of a lost entry.
   */
  readonly number: number;
  /** By which the log finds what follows; empty where it needs none. */
  readonly id: string;
}

/** The position in a log that has no entry, which no entry follows without a gap. */
export const start: Position = { number: 0, id: '' };

/** An event as a log holds it, or a gap. */
export interface LogEntry {
  readonly position: Position;
  /** Empty in a gap, which concerns all accounts. */
  readonly accountKey: string;
  /** The digest of the call: see `digestOf`. */
  readonly call: string;
  /** As the log keeps it: see `EventLog.textOf`. */
  readonly text: string;
}
