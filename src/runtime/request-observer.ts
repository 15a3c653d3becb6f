/** A request to a provider as metrics and traces show it: nothing in it is an id, a phone number or a caller's choice. */
export interface ObservedRequest {
  readonly method: string;
  /** The provider's server. */
  readonly server: ServerAddress;
  /** The path below the base URL with names in place of ids, such as `/accounts/{accountId}/calls/{callId}`. */
  readonly template: string;
  /** How many times the request was sent before. */
  readonly resends: number;
}

/** Host name and port of a server. */
export interface ServerAddress {
  readonly address: string;
  readonly port: number;
}

/** The status of a response, or why there is none: the kind of an `HttpFailure`. */
export type RequestResult = number | string;

/** What a request waits for before it is sent: a turn under the account's calls per second, or a free connection. */
export type WaitReason = 'turn' | 'connection';

/** The state of an account's HTTP client at one moment. */
export interface ClientState {
  readonly breaker: 'closed' | 'half-open' | 'open';
  /** How many requests wait. */
  readonly waiting: Readonly<Record<WaitReason, number>>;
  /** How many retries the retry budget still allows. */
  readonly retriesLeft: number;
}

/** Is told what becomes of the requests to one account. There is none if nobody asks for metrics. */
export interface AccountObserver {
  /** Called once for each HTTP client that limits its requests, with what reads its state. */
  watch(read: () => ClientState): void;
  /** Called when an attempt at a request has ended. */
  requested(request: ObservedRequest, result: RequestResult, milliseconds: number): void;
  /** Called when a request need not wait any longer. */
  waited(reason: WaitReason, milliseconds: number): void;
  /** Called when it is unknown whether a change has taken effect. */
  lost(): void;
}
