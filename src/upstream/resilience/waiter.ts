import type { Abortable } from '../../runtime/cancellation.ts';

/** On whose behalf a request is made: when it gives up, and where its requests and waiting are counted. */
export interface Waiter {
  readonly signal: Abortable;
  /** Written to a socket so far, or about to be. */
  requests: number;
  /** Spent waiting for answers. */
  milliseconds: number;
  /** Told just before the first byte is written. Who gives up before it has sent nothing. */
  onSend?(): void;
}
