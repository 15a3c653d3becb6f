import type { StatusTarget } from '../events/status-hook.ts';

/** A webhook as it came. */
export interface ForwardedWebhook {
  readonly method: 'GET' | 'POST';
  readonly contentType: string | undefined;
  readonly body: Buffer;
  /** Without the question mark. */
  readonly query: string;
}

/** A webhook to send on. */
export interface Forward extends ForwardedWebhook {
  /** Differs from that of all others. */
  readonly id: string;
  readonly target: StatusTarget;
}

/** What waits to be sent on for one call, in order. */
export interface ForwardQueue {
  readonly accountKey: string;
  /** The id of the call's hook. */
  readonly id: string;
  /** Digest of the host that all of it goes to. */
  readonly host: string;
}
