/** A callback of a BXML document. Restcomm requests it from this server, which requests it from the application. */
export interface CallbackReference {
  /** The verb that has it, such as `Gather`. */
  readonly verb: string;
  /** The attribute that has it, such as `gatherUrl`, by which the event is known. */
  readonly attribute: string;
  /** Absolute. */
  readonly url: string;
  readonly method: CallbackMethod;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** Absolute. */
  readonly fallbackUrl?: string | undefined;
  readonly fallbackMethod?: CallbackMethod | undefined;
  readonly fallbackUsername?: string | undefined;
  readonly fallbackPassword?: string | undefined;
  /** The tag that the event carries; absent if there is none. */
  readonly tag?: string | undefined;
  /** Of a Transfer to a single number or URI: that. */
  readonly transferTo?: string | undefined;
  readonly transferCallerId?: string | undefined;
  /** Of a Record: the address to tell when the recording is available, which Restcomm does not do. */
  readonly available?: CallbackReference | undefined;
}

export type CallbackMethod = 'GET' | 'POST';

/** An audio file that Restcomm cannot fetch itself: it needs credentials, or its path does not end in `.wav`. */
export interface MediaReference {
  readonly url: string;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
}

/** The speech engines of Restcomm. Which one a server uses cannot be asked. */
export type SpeechEngine = 'VOICERSS' | 'POLLY' | 'ACAPELA';

export interface RcmlOptions {
  /** VOICERSS by default, as Restcomm is shipped. */
  readonly speech?: SpeechEngine | undefined;
  /** The address that the document came from, against which its own are resolved. Without it they must be absolute, or the root must have `xml:base`. */
  readonly baseUrl?: string | undefined;
  /** The tag that was set before this document. */
  readonly tag?: string | undefined;
  /** Whether the document is the first one of an inbound call that nobody has answered. */
  readonly isRinging?: boolean | undefined;
  /** The number or URI of the other party, which is what the callee of a Transfer sees; without it Restcomm decides. */
  readonly remoteParty?: string | undefined;
  /** The address of a wav file of a short silence; without it music is heard by whoever is alone in a conference. */
  readonly silenceUrl?: string | undefined;
  /**
   * Whether the call is the leg of a Transfer that nobody was connected to yet: a document that answers
   * `transferAnswerUrl`, or follows one.
   */
  readonly isScreening?: boolean | undefined;
  /** Called for each callback of the document, those of the rest of it included. */
  readonly onCallback?: ((reference: CallbackReference) => void) | undefined;
  /** Returns the address of this server for a callback. It is used only if the translation returns a document. */
  toCallbackUrl(reference: CallbackReference): string;
  /**
   * Returns the address of this server for the rest of the document, which is translated when it is fetched. Called at most
   * once.
   *
   * @param bxml a whole document, which begins with the tag that holds, and has the `baseUrl` as its `xml:base` (W3C, XML Base)
   */
  toContinuationUrl(bxml: string): string;
  /** Returns the address, ending in `.wav`, of an audio file that this server fetches; if absent, such files are refused. */
  readonly toMediaUrl?: ((reference: MediaReference) => string) | undefined;
}
