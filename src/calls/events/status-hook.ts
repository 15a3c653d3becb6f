import type { NewCall } from '../new-call.ts';

/** Where the webhooks of a call go on to. */
export interface StatusTarget {
  /** The `statusUrl` of its input. */
  readonly url: string;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
}

/** The address of one call for webhooks. */
export interface StatusHook {
  readonly accountKey: string;
  /** Digest of its secret. */
  readonly id: string;
  /** Undefined if its webhooks go no further. */
  readonly target: StatusTarget | undefined;
}

/** An address that was found, with what is known of its calls. */
export interface FoundHook extends StatusHook {
  /** How many calls may have been placed for it: see `CallsAdapter.mayFork`. */
  readonly maxCalls: number;
  /** Digest of the call that the provider has answered with; undefined until it has. */
  readonly placed: string | undefined;
  /** Digests of the calls whose webhooks have come. */
  readonly seen: ReadonlySet<string>;
}

/** A call with an address for its webhooks. */
export interface InterposedCall {
  readonly call: NewCall;
  /** Removes the address. Call it if no call was placed. */
  discard(): Promise<void>;
  /** Reserves the address for the call that was placed. Never rejects. */
  bind(providerCallId: string): Promise<void>;
}
