/** A request that a carrier sends to an application. */
export interface Webhook {
  /** What it tells, in the carrier's own word, such as `disconnect` or `answered`. */
  readonly event: string;
  readonly callId: string;
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Empty with GET. */
  readonly body: string;
  /** How long the carrier waits for the whole response, in milliseconds of its clock. */
  readonly timeout: number;
  /** Sent only after a 401 with a Basic challenge. RFC 7617 */
  readonly credentials?: Credentials | undefined;
  /** Whether it is sent once more after a connection error. */
  readonly retries?: boolean;
  /** The request that follows a redirect; undefined if the carrier does not follow it. */
  readonly redirect?: (status: number, location: string) => Webhook | undefined;
}

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** The response to a webhook, or why there is none. */
export type WebhookResult = WebhookResponse | { readonly kind: Unanswered };

export interface WebhookResponse {
  readonly kind: 'response';
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * - `unreachable`: no connection, or it broke
 * - `timeout`: no complete response in time
 * - `refused`: the address is not a loopback address, so nothing was sent
 * - `dropped`, `held`: a fault that a test has ordered
 */
export type Unanswered = 'unreachable' | 'timeout' | 'refused' | 'dropped' | 'held';

/** One request of a webhook, for tests. A challenge, a retry, a redirect and a fallback are requests of their own. */
export interface Delivery {
  readonly event: string;
  readonly callId: string;
  readonly method: 'GET' | 'POST';
  readonly url: string;
  /** When it was sent, in milliseconds since the epoch. */
  readonly at: number;
  /** The status of the response, or why there is none. */
  readonly result: number | Unanswered;
}
