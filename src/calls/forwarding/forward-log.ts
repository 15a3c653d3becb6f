import type { Forward, ForwardQueue } from './forward.ts';

/** Who sends what was appended: this process; another one, to which the queue belongs; or nobody, since there was no room. */
export type Appended = 'ours' | 'theirs' | 'full';

/** Bytes of what waits, at most: for one account, and for one host of an account. */
export interface ForwardBounds {
  readonly account: number;
  readonly host: number;
}

/**
 * What waits to be sent on. A queue belongs to one process at a time, until it is empty. Methods may reject with
 * `StoreFailure`.
 */
export interface ForwardLog {
  append(queue: ForwardQueue, forward: Forward): Promise<Appended>;

  /** The first of a queue; undefined if it is empty or belongs to another process. */
  first(queue: ForwardQueue): Promise<Forward | undefined>;

  /** Removes the first of a queue, if it is this one. Returns whether more of it is for this process to send. */
  remove(queue: ForwardQueue, id: string): Promise<boolean>;

  /**
   * Keeps the queues of this process for a while, and takes over those that nobody keeps any longer. Absent if a log is
   * not shared.
   */
  renew?(queues: readonly ForwardQueue[]): Promise<readonly ForwardQueue[]>;

  /** Leaves the queues to other processes. Returns how many webhooks of them are lost. */
  release(queues: readonly ForwardQueue[]): Promise<number>;
}
