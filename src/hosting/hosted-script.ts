import type { CallbackReference } from '../markup/rcml/options.ts';

/** The call that runs a script, as far as it is known. */
export interface HostedCall {
  /** Digest of the identity of the caller who placed or changed it: what it makes this server keep is counted for them. */
  readonly owner: string;
  /** The id of the first script of the call. */
  readonly root: string;
  /** Until when its documents and callbacks are served, in milliseconds since the epoch. */
  readonly until: number;
  /** The provider's id; undefined until the provider has asked for something. */
  readonly callId?: string | undefined;
  /** The number or URI at its other end. */
  readonly remoteParty?: string | undefined;
  /** The provider's id of the call whose leg it is. */
  readonly parentCallId?: string | undefined;
}

/** A stored document. Each of its parts and callbacks has an address of its own, by its index. */
export interface HostedScript {
  /** In BXML: the document, or parts of it that are to run later. */
  readonly documents: readonly string[];
  /** The address to which those in the documents are relative; absent if they must be absolute. */
  readonly baseUrl?: string | undefined;
  /** The callbacks of applications for which the provider asks this server. */
  readonly callbacks: readonly CallbackReference[];
  readonly call: HostedCall;
}

/** A script that was found by one of its addresses. */
export interface FoundScript {
  readonly accountKey: string;
  readonly script: HostedScript;
  readonly index: number;
  /** The address. */
  readonly url: string;
}
