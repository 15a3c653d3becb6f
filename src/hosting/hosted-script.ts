import type { CallbackReference } from '../markup/rcml/options.ts';

/** The call that runs a script, as far as it is known. */
export interface HostedCall {
  /** Digest of the identity of the caller who placed or changed it: what it makes this server keep is counted for them. */
  readonly owner: string;
  /** The id of the first script of the call. */
  readonly root: string;
  /** When nothing of it is served any more, in milliseconds since the epoch. */
  readonly until: number;
  /** The provider's id; undefined until the provider has asked for something. */
  readonly callId?: string | undefined;
  /** The number or URI at its other end. */
  readonly remoteParty?: string | undefined;
  /** The provider's id of the call whose leg it is. */
  readonly parentCallId?: string | undefined;
}

/** What is kept of a document: its parts have addresses of their own, by their index. */
export interface HostedScript {
  /** In BXML: the document, or parts of it that are to run later. */
  readonly documents: readonly string[];
  /** The address to which those in the documents are relative; absent if they must be absolute. */
  readonly baseUrl?: string | undefined;
  /** What its callbacks stand for, where the provider asks this server in place of an application. */
  readonly callbacks: readonly CallbackReference[];
  readonly call: HostedCall;
}
