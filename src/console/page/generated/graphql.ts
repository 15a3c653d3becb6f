/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** How an account responds. A request that the provider refuses for what it asks changes nothing. */
export type AccountState =
  /** The latest request failed, and the next one is sent all the same. */
  | 'DEGRADED'
  /** The latest request succeeded. */
  | 'OK'
  /** Several requests in a row have failed, so that few are sent until one succeeds. */
  | 'UNAVAILABLE'
  /** No request has been sent since the server started. */
  | 'UNKNOWN';

/** The options of `createCall` that only Bandwidth has. */
export type BandwidthCreateCallInput = {
  /**
   * The identifier of the voice application, a UUID. By default the one in the account's configuration;
   * required if that has none.
   */
  readonly applicationId?: string | null | undefined;
  /**
   * Credentials for the answer and status URLs; `answerUrl` must then be `https`.
   *
   * Bandwidth sends them only after your application has answered a first request, which has none, with
   * HTTP status 401 and a `WWW-Authenticate` header.
   */
  readonly callbackCredentials?: CredentialsInput | null | undefined;
  /**
   * How long Bandwidth waits for your application's response, in seconds: 1 to 25, decimals allowed, by
   * default 15.
   */
  readonly callbackTimeout?: number | null | undefined;
  /**
   * The caller's name to display, at most 256 characters, without control characters. With `privacy`,
   * only `Restricted`, `Anonymous`, `Private` or `Unavailable`.
   */
  readonly displayName?: string | null | undefined;
  /**
   * Credentials for `fallbackUrl`, which must then be `https`. Bandwidth sends them only when asked to, as
   * with `callbackCredentials`.
   */
  readonly fallbackCredentials?: CredentialsInput | null | undefined;
  /** Detects whether a person or a machine answers. Off by default. */
  readonly machineDetection?: MachineDetectionInput | null | undefined;
  /**
   * The priority in the queue: from 1, dialled first, to 5, dialled last. By default 5. The order in the queue
   * is approximate.
   */
  readonly priority?: number | null | undefined;
  /**
   * True hides the caller's number from the called party. By default false. `from` must be a number of
   * the account all the same.
   */
  readonly privacy?: boolean | null | undefined;
  /**
   * A text of your choice, at most 4096 characters, that Bandwidth includes in its requests to your
   * application. It cannot be read back through this API.
   */
  readonly tag?: string | null | undefined;
  /**
   * User-to-User values for a call to a SIP URI, separated by commas, at most 350 characters in all, without
   * control characters. Each value ends with its encoding: `;encoding=jwt`, `;encoding=base64` or `;encoding=hex`.
   */
  readonly uui?: string | null | undefined;
};

/** The options of a redirect that only Bandwidth has. */
export type BandwidthRedirectInput = {
  /**
   * Credentials for the `url` of the redirect. Bandwidth sends them only after your application has
   * answered a first request, which has none, with HTTP status 401 and a `WWW-Authenticate` header.
   */
  readonly callbackCredentials?: CredentialsInput | null | undefined;
  /** Credentials for the `fallbackUrl` of the redirect. */
  readonly fallbackCredentials?: CredentialsInput | null | undefined;
  /** A new tag for the call, at most 4096 characters. An empty text removes the tag. */
  readonly tag?: string | null | undefined;
};

/** How much a finding matters. */
export type BxmlFindingLevel =
  /** The document is refused: it is no BXML, or asks for something that cannot be done. */
  | 'ERROR'
  /** Unknown to this server, or without effect. The document is sent as it is. */
  | 'HINT'
  /**
   * The provider of the account cannot do it as written, but something close to it. The document is refused
   * unless the input says `onLoss: ACCEPT`.
   */
  | 'LOSS';

/** One change of a live call. Exactly one of the fields must be given. */
export type CallChange =
  {   /** End the call. Bandwidth and Restcomm Connect. */
  readonly end: CallEnd; readonly muted?: never; readonly redirect?: never; }
  |  { readonly end?: never;   /**
   * True mutes the call, false unmutes it. Restcomm Connect only, and only while the call is in progress.
   * Whether a call is muted cannot be read back.
   */
  readonly muted: boolean; readonly redirect?: never; }
  |  { readonly end?: never; readonly muted?: never;   /**
   * Make the call run another document. Bandwidth and Restcomm Connect.
   *
   * Bandwidth: an outbound call must have been answered, else it is a `CONFLICT`. Restcomm Connect: the
   * other leg of the call is hung up unless the input says to move it as well. Restcomm Connect
   * unmutes a call with every change that does not mute it, so this API sends the mute again for a call that
   * it muted; a call muted by other means is unmuted.
   */
  readonly redirect: RedirectCallInput; };

/** Whether a call came in or went out, as seen from the provider. */
export type CallDirection =
  /** Somebody called the account. The provider's word is `inbound`. */
  | 'INBOUND'
  /**
   * The account called somebody, through this API or from a document that dials.
   *
   * Bandwidth: `outbound`. Restcomm: `outbound`, `outbound-api` and `outbound-dial`; Restcomm Connect
   * records every outbound leg as `outbound-api`, those that a document dials included.
   */
  | 'OUTBOUND'
  /**
   * The provider gave no direction, or one that is neither: `Client-To-Client` of calls that Restcomm
   * Connect proxies between its clients.
   */
  | 'UNKNOWN';

/** How to end a call. */
export type CallEnd =
  /**
   * End the call only if nobody has answered it yet. A call that has been answered goes on; that, like a
   * call that has ended, is a `CONFLICT`.
   *
   * Restcomm Connect checks the condition itself. Bandwidth has no such condition: the state is read first and
   * the call ended then, so a call that is answered in between is hung up.
   */
  | 'CANCEL'
  /**
   * End the call, whether it is queued, ringing or answered. A call that has ended already is a
   * `CONFLICT`.
   *
   * Bandwidth takes a queued call out of the queue, cancels an outbound call that nobody has answered,
   * rejects such an inbound call, and hangs up an answered one. At Restcomm Connect a call that still
   * rings ends as `CANCELED`.
   */
  | 'HANG_UP';

/**
 * Why a call ended.
 *
 * Bandwidth's words below are its `disconnectCause`. Restcomm sends no cause, so its words are those of
 * the status.
 */
export type CallEndReason =
  /**
   * The application behind the call failed: it could not be reached, or its document was invalid or asked
   * for something impossible. Bandwidth only: `callback-error`, `invalid-bxml` and `application-error`.
   */
  | 'APPLICATION_ERROR'
  /**
   * The called party was busy. Bandwidth: `busy`. Restcomm Connect: `busy`, also where the called party
   * declined.
   */
  | 'BUSY'
  /** The call was ended before anybody answered it. Bandwidth: `cancel`. Restcomm Connect: `canceled`. */
  | 'CANCELED'
  /**
   * A party hung up, or the call's document came to its end.
   *
   * Bandwidth: `hangup`. Restcomm: `completed`; at Restcomm SBC that includes calls given up before they
   * were answered.
   */
  | 'HANGUP'
  /**
   * A limit of the account or of the provider's own capacity was reached. Bandwidth only: `account-limit`
   * and `node-capacity-exceeded`.
   */
  | 'LIMIT_EXCEEDED'
  /**
   * The called party does not exist. Restcomm Connect only: `not-found`, of inbound calls. An outbound
   * call to an unknown address is `PROVIDER_ERROR` there.
   */
  | 'NOT_FOUND'
  /**
   * Nobody answered in time. Bandwidth: `timeout`. Restcomm Connect: `no-answer`; a ring timeout there
   * usually leads to `CANCELED`.
   */
  | 'NO_ANSWER'
  /**
   * The provider or the network behind it could not carry the call.
   *
   * Bandwidth: `error`. Restcomm: `failed`, which at Restcomm Connect also stands for refusals by the far
   * end other than busy.
   */
  | 'PROVIDER_ERROR'
  /** The called party declined. Bandwidth only: `rejected`. Restcomm Connect gives `BUSY` for it. */
  | 'REJECTED'
  /**
   * The call ended and no reason is known. Bandwidth: `unknown`, no cause at all, or one that this API
   * does not know; `providerEndReason` contains the provider's word.
   */
  | 'UNKNOWN';

/** What an event tells. */
export type CallEventKind =
  /** The state of a call has changed, and the call goes on. */
  | 'CHANGED'
  /** A call that was not known before. */
  | 'CREATED'
  /** A call has ended. */
  | 'ENDED'
  /** Some events are lost: the log no longer holds them. Read the list of calls again. */
  | 'GAP';

/** How a change became known. */
export type CallEventSource =
  /**
   * It was made through this API. A call that was ended is read for it at once, and again half a second later if its
   * provider does not show the end yet.
   */
  | 'COMMAND'
  /** It was found by reading the provider's calls. */
  | 'POLL'
  /** The provider has told it. */
  | 'WEBHOOK';

/**
 * Which calls to list. A call must match every member that is given. A member that is null or absent matches
 * every call.
 */
export type CallFilter = {
  /** Calls with a `createdAt` at this moment or later. Calls without `createdAt` do not match. */
  readonly createdAfter?: string | null | undefined;
  /** Calls with a `createdAt` at this moment or earlier. Calls without `createdAt` do not match. */
  readonly createdBefore?: string | null | undefined;
  /** Calls of this direction. */
  readonly direction?: CallDirection | null | undefined;
  /** Calls that ended for this reason. Live calls do not match. */
  readonly endReason?: CallEndReason | null | undefined;
  /**
   * The calling party. It must equal the whole of `Call.from`.
   *
   * It is normalized as in `createCall`, so a number is found however it is formatted, and what `createCall`
   * would refuse for its form is refused here.
   *
   * Restcomm keeps only the user part of a SIP address, so `client:alice` and `sip:alice@example.com`
   * find `alice` there. `%` and `_` are ordinary characters. At most 256 characters.
   */
  readonly from?: string | null | undefined;
  /** Calls whose `parent` is the call with this global id. Restcomm SBC has no such calls. */
  readonly parentId?: string | null | undefined;
  /** Calls with any of these statuses. */
  readonly statuses?: ReadonlyArray<CallStatus> | null | undefined;
  /**
   * The called party. It must equal the whole of `Call.to`.
   *
   * It is normalized as in `createCall`, so a number is found however it is formatted, and what `createCall`
   * would refuse for its form is refused here.
   *
   * Restcomm keeps only the user part of a SIP address, so `client:alice` and `sip:alice@example.com`
   * find `alice` there. `%` and `_` are ordinary characters. At most 256 characters.
   */
  readonly to?: string | null | undefined;
};

/**
 * The status of a call.
 *
 * `QUEUED`, `INITIATED`, `RINGING` and `IN_PROGRESS` are live; `COMPLETED`, `BUSY`, `NO_ANSWER`,
 * `CANCELED` and `FAILED` are final. Restcomm SBC shows only `COMPLETED` and `FAILED`. Restcomm's words are
 * read regardless of their case, and of `_` or `-`.
 */
export type CallStatus =
  /**
   * The called party was busy or declined.
   *
   * Bandwidth: `disconnected` with the cause `busy` or `rejected`. Restcomm Connect: `busy`. `endReason`
   * tells the two apart at Bandwidth.
   */
  | 'BUSY'
  /**
   * The call was ended before anybody answered it.
   *
   * Bandwidth: `disconnected` with the cause `cancel`. Restcomm Connect: `canceled`, whether the call was
   * hung up while ringing, its ring timeout passed, or another leg was answered first.
   */
  | 'CANCELED'
  /**
   * The call ended normally.
   *
   * Bandwidth: `disconnected` with the cause `hangup`, or, if it had been answered, without a cause or with one
   * that this API does not know.
   * Restcomm: `completed`; at Restcomm SBC that includes calls given up before they were answered.
   */
  | 'COMPLETED'
  /**
   * The call could not be set up or carried on.
   *
   * Bandwidth: `disconnected` with any other cause, or with none before anybody answered; see `endReason`
   * and `error`. Restcomm: `failed` and `not-found`.
   */
  | 'FAILED'
  /**
   * The call is being dialled, or has come in and is not yet answered. Bandwidth only: `initiated`,
   * which covers the ringing too.
   */
  | 'INITIATED'
  /** The call has been answered and is in progress. Bandwidth: `answered`. Restcomm Connect: `in-progress`. */
  | 'IN_PROGRESS'
  /**
   * Nobody answered in time.
   *
   * Bandwidth: `disconnected` with the cause `timeout`. Restcomm Connect: `no-answer`, which is rare; a
   * call that it places itself and that rings for too long usually ends as `CANCELED`.
   */
  | 'NO_ANSWER'
  /** The call waits to be dialled. Bandwidth and Restcomm Connect: `queued`. */
  | 'QUEUED'
  /** The called party is being alerted. Restcomm Connect only: `ringing` and `wait-for-answer`. */
  | 'RINGING'
  /** The provider used a word that this API does not know; `providerStatus` contains it. */
  | 'UNKNOWN';

/** The HTTP method of a provider's request to your application. */
export type CallbackMethod =
  /** The values are sent as query parameters. */
  | 'GET'
  /** The values are sent in the body: JSON from Bandwidth, form encoding from Restcomm. */
  | 'POST';

/**
 * Something that an account can do. A request for anything else is refused with
 * `UNSUPPORTED_BY_PROVIDER`.
 */
export type Capability =
  /**
   * Follow calls with the subscriptions `callEvents` and `callEvent`. All providers, by the means of
   * `Account.eventSources`: Bandwidth and Restcomm Connect send webhooks and can be polled. Restcomm SBC can
   * only be polled, and shows calls once they have ended: of each call there is one event, up to a minute
   * after its end. Its list goes by the beginning of calls: one that began more than an hour before the newest
   * call of the list, or before its newest 100 calls, is not told when it ends.
   */
  | 'CALL_EVENTS'
  /**
   * End a call only if nobody has answered it yet, with `updateCall` and `end: CANCEL`. Bandwidth and
   * Restcomm Connect; only Restcomm Connect checks and cancels in one step.
   */
  | 'CANCEL_CALL'
  /**
   * Count calls, for `totalCount` of a connection. Restcomm Connect and Restcomm SBC; Bandwidth cannot
   * count.
   */
  | 'COUNT_CALLS'
  /**
   * Place calls with `createCall`. Bandwidth and Restcomm. Restcomm SBC documents it, so the request is
   * sent; a server that does not offer it answers with HTTP status 405, which is reported as
   * `UNSUPPORTED_BY_PROVIDER`.
   */
  | 'CREATE_CALL'
  /** End a live call, with `updateCall` and `end: HANG_UP`. Bandwidth and Restcomm Connect. */
  | 'HANG_UP_CALL'
  /** Mute and unmute a call in progress, with `updateCall` and `muted`. Restcomm Connect only. */
  | 'MUTE_CALL'
  /**
   * Make a live call run another document, with `updateCall` and `redirect`. Bandwidth and Restcomm
   * Connect.
   */
  | 'REDIRECT_CALL'
  /**
   * Replace the BXML of a live call, with `updateCallBxml`. Bandwidth, and Restcomm Connect where this server has a
   * `publicUrl`.
   */
  | 'UPDATE_BXML';

/** A call to place. */
export type CreateCallInput = {
  /** The global id of the account that places the call. */
  readonly accountId: string;
  /** The HTTP method for `answerUrl`, and for the address of a `document`. */
  readonly answerMethod?: CallbackMethod;
  /**
   * Where the provider fetches the first document of the call once it is answered: BXML for Bandwidth,
   * RCML for Restcomm. Bandwidth requires `https` when credentials are sent along.
   *
   * Exactly one of `answerUrl` and `document` must be given.
   */
  readonly answerUrl?: string | null | undefined;
  /**
   * Options of Bandwidth only. For an account at another provider they are refused with
   * `UNSUPPORTED_BY_PROVIDER`.
   */
  readonly bandwidth?: BandwidthCreateCallInput | null | undefined;
  /**
   * The first document of the call itself, in place of an `answerUrl`: this server hosts it for the call, so
   * that no application is needed to say a sentence. Bandwidth and Restcomm Connect. It requires a `publicUrl`
   * in the configuration of the server, except on the sandbox.
   */
  readonly document?: HostedDocumentInput | null | undefined;
  /** The HTTP method for `fallbackUrl`. */
  readonly fallbackMethod?: CallbackMethod;
  /**
   * The URL that the provider requests if `answerUrl` fails. Without it, the call ends then. Bandwidth requires
   * `https` when fallback credentials are sent along.
   */
  readonly fallbackUrl?: string | null | undefined;
  /**
   * The calling party, as the called party sees it.
   *
   * Bandwidth: an E.164 number that belongs to the account. Restcomm: a number or name, which becomes
   * the user part of the SIP address, or a SIP URI.
   *
   * Formatting is handled as described for `to`.
   */
  readonly from: string;
  /**
   * A text of your choice, such as a UUID, that makes it safe to repeat the request. 1 to 255 characters.
   *
   * The same key with the same input within 24 hours returns the first result with `replayed: true` and
   * places no second call. The same key with another input is a `CONFLICT`. If no more keys can be kept, a
   * request with a new key is `RATE_LIMITED` and places nothing. Without a key, every request places a call.
   * Providers have no such key, so it covers only requests through this API.
   */
  readonly idempotencyKey?: string | null | undefined;
  /**
   * How long the call may ring, in seconds.
   *
   * Bandwidth: 1 to 300, by default 30; a call that does not start to ring within 30 seconds is cancelled in
   * any case. Restcomm: by default 60.
   */
  readonly ringTimeout?: number | null | undefined;
  /** The HTTP method for `statusUrl`. With `GET`, the values become query parameters. */
  readonly statusMethod?: CallbackMethod;
  /**
   * The URL that the provider requests when the call has ended. Your application's response is ignored.
   *
   * Bandwidth: `disconnectUrl`, one event in JSON. Restcomm Connect: `StatusCallback`, form-encoded, which is
   * also requested when the call is `initiated`, `ringing` and `answered`; the parameter `CallStatus` is the
   * name of the event, and with `POST` the query string of the URL moves into the form.
   *
   * Where the server has a `publicUrl`, it receives these requests first and sends each on: same body, several
   * attempts, and the query string stays in the URL. Then the URL must be `https` and its host public.
   */
  readonly statusUrl?: string | null | undefined;
  /**
   * The party to call: an E.164 number, a SIP URI such as `sip:alice@example.com`, or at Restcomm
   * `client:` and the name of a registered client.
   *
   * A number may contain blanks, dots, hyphens, brackets and invisible characters, which are removed:
   * `+1 (919) 555-0123` is dialled as `+19195550123`. A number with anything else in it (an extension, a
   * slash, a pause, letters, the `(0)` of `+44 (0)20`) is refused, since it could be read as another number.
   * Any other address with an invisible character is refused, too. `*` and `#` are dialled at Restcomm.
   *
   * A Restcomm client that is registered on several devices is called on each of them. Each is a separate
   * call; the payload contains one of them.
   */
  readonly to: string;
};

/**
 * A user name and a password for HTTP Basic authentication, which the provider presents to your
 * application. They cannot be read back through this API.
 */
export type CredentialsInput = {
  /** The password, without control characters. At Bandwidth, at most 1024 characters. */
  readonly password: string;
  /**
   * The user name, without control characters and without a colon, which in HTTP Basic separates it from the
   * password. At Bandwidth, at most 1024 characters.
   */
  readonly username: string;
};

/** What can go wrong between this API and a provider. */
export type ErrorCode =
  /**
   * Not possible in the present state of the call: for example, to cancel a call that has been answered, or
   * to redirect one that has ended. Also when an `idempotencyKey` is used again with another input.
   */
  | 'CONFLICT'
  /**
   * The provider or this API refuses a value of the request: a number that is not E.164, a timeout out of
   * range, an unknown Bandwidth application, a cursor of another list. Change the request before trying
   * again.
   */
  | 'INVALID_INPUT'
  /**
   * The account or the call does not exist, the provider does not show it yet or any longer, or the caller
   * may not see it.
   */
  | 'NOT_FOUND'
  /**
   * The change was sent to the provider once, and no usable response came back: it may or may not have
   * taken effect. Read the call, or list the account's calls, before trying again.
   */
  | 'OUTCOME_UNKNOWN'
  /**
   * The provider accepts the account's credentials but denies them this request: a role is missing, or
   * the account is suspended.
   */
  | 'PROVIDER_FORBIDDEN'
  /** The provider's response cannot be read. */
  | 'PROVIDER_MISBEHAVED'
  /**
   * The provider did not respond in time, or there was no time left to send the request. A mutation that may
   * have taken effect reports `OUTCOME_UNKNOWN` instead.
   */
  | 'PROVIDER_TIMEOUT'
  /** The provider refuses the account's credentials. The configuration of this server must be corrected. */
  | 'PROVIDER_UNAUTHENTICATED'
  /**
   * The provider cannot be reached or responds with a server error, or this API sends no requests to it for a
   * while after too many failures. Try again later. A mutation that may have taken effect reports
   * `OUTCOME_UNKNOWN` instead.
   */
  | 'PROVIDER_UNAVAILABLE'
  /**
   * A rate limit is exceeded; see `retryAfter`. Nothing was done. Bandwidth limits the calls placed per second
   * and the calls in progress; Restcomm reports no such limit. This API limits the calls that an account
   * places per second: a call whose turn does not come in time is not sent. It also refuses a call whose
   * `idempotencyKey` it has no room to keep; the keys that it holds stay valid.
   */
  | 'RATE_LIMITED'
  /** The provider cannot do this at all. `Account.capabilities` shows it beforehand. */
  | 'UNSUPPORTED_BY_PROVIDER';

/**
 * A document that this server hosts for a call, in BXML for every provider. The provider fetches it at an
 * address with a secret, for as long as the call may last, at most 24 hours; it is stored until then.
 *
 * Bandwidth gets it as it is. Restcomm Connect runs another language, RCML: it gets a translation, and the
 * callbacks of the document pass through this server. An application that is written for Bandwidth gets
 * the events of Bandwidth as JSON, with credentials, fallbacks and tags as the document gives them, and answers
 * in BXML, which is translated in turn. What differs:
 *
 * - An application has 5 seconds to answer, its fallback included. If neither answers with a BXML document
 *   that can be run, the call is hung up.
 * - Only `https` addresses of public hosts are asked.
 * - What Restcomm cannot do as written is a loss: see `onLoss`. Of documents that applications answer later,
 *   losses are accepted, and logged by this server.
 */
export type HostedDocumentInput = {
  /**
   * One BXML document, at most 64 KB long. Addresses in it must be absolute. A document that is not BXML is
   * refused with `INVALID_INPUT` and the line and column of its first error; one that asks for something that
   * the provider cannot do is `UNSUPPORTED_BY_PROVIDER`.
   */
  readonly bxml: string;
  /** What to do if the provider cannot do everything as written. */
  readonly onLoss?: OnLoss;
};

/**
 * How to detect whether a person or a machine answered. The result is one of `human`,
 * `answering-machine`, `silence`, `timeout` and `error`; `tone-detected` is an option of the Bandwidth
 * account.
 *
 * Give whole seconds: Bandwidth warns that it does not handle fractions well here.
 */
export type MachineDetectionInput = {
  /** Credentials for `callbackUrl`. */
  readonly callbackCredentials?: CredentialsInput | null | undefined;
  /** The HTTP method for `callbackUrl`. By default `POST`. */
  readonly callbackMethod?: CallbackMethod | null | undefined;
  /** The URL to which Bandwidth sends the result. With `ASYNC` only. */
  readonly callbackUrl?: string | null | undefined;
  /**
   * True holds the result `answering-machine` back until the machine has finished speaking, has beeped,
   * or the detection times out. By default false.
   */
  readonly delayResult?: boolean | null | undefined;
  /**
   * How long the detection may take in all, in seconds. By default 15. After that the result is
   * `timeout`.
   */
  readonly detectionTimeout?: number | null | undefined;
  /** Credentials for `fallbackUrl`. */
  readonly fallbackCredentials?: CredentialsInput | null | undefined;
  /** The HTTP method for `fallbackUrl`. By default `POST`. */
  readonly fallbackMethod?: CallbackMethod | null | undefined;
  /** The URL to which Bandwidth sends the result if `callbackUrl` fails. */
  readonly fallbackUrl?: string | null | undefined;
  /**
   * How much silence ends the speech once a machine has been detected, in seconds. By default the value
   * of `speechEndThreshold`.
   */
  readonly machineSpeechEndThreshold?: number | null | undefined;
  /** How the result is delivered. By default `ASYNC`. */
  readonly mode?: MachineDetectionMode | null | undefined;
  /** How long to wait for any speech, in seconds. By default 10. After that the result is `silence`. */
  readonly silenceTimeout?: number | null | undefined;
  /** How much silence ends the speech, in seconds. By default 5. */
  readonly speechEndThreshold?: number | null | undefined;
  /** How much speech makes it a machine, in seconds. By default 10. Less than that is `human`. */
  readonly speechThreshold?: number | null | undefined;
};

/** How the result of machine detection is delivered. */
export type MachineDetectionMode =
  /**
   * Bandwidth requests `answerUrl` at once and sends the result to `callbackUrl` of the detection later. The
   * document from `answerUrl` must keep the call up until then.
   */
  | 'ASYNC'
  /** Bandwidth requests `answerUrl` only when the result is known, and includes it in that request. */
  | 'SYNC';

/** What to do with a document of which the provider cannot do everything as written. */
export type OnLoss =
  /** Take it. `losses` of the payload tell what will be different. */
  | 'ACCEPT'
  /** Refuse it with `UNSUPPORTED_BY_PROVIDER`. */
  | 'REFUSE';

/** The vendor whose Calls API stands behind an account. */
export type Provider =
  /** Bandwidth Programmable Voice, version 2 of its API. */
  | 'BANDWIDTH'
  /** Restcomm: Restcomm Connect or Restcomm SBC. The account's configuration says which of the two it is. */
  | 'RESTCOMM';

/** The document that a live call is to run. */
export type RedirectCallInput = {
  /**
   * Options of Bandwidth only. For a call at another provider they are refused with
   * `UNSUPPORTED_BY_PROVIDER`.
   */
  readonly bandwidth?: BandwidthRedirectInput | null | undefined;
  /** The HTTP method for `fallbackUrl`. */
  readonly fallbackMethod?: CallbackMethod;
  /** The URL that the provider requests if `url` fails. Without it, the call ends then. */
  readonly fallbackUrl?: string | null | undefined;
  /** The HTTP method for `url`. */
  readonly method?: CallbackMethod;
  /**
   * Options of Restcomm only. For a call at another provider they are refused with
   * `UNSUPPORTED_BY_PROVIDER`.
   */
  readonly restcomm?: RestcommRedirectInput | null | undefined;
  /** The URL of the document: BXML for Bandwidth, RCML for Restcomm. */
  readonly url: string;
};

/** The options of a redirect that only Restcomm Connect has. */
export type RestcommRedirectInput = {
  /** True makes both legs of the call run the new document. By default false: the other leg is hung up. */
  readonly moveConnectedCallLeg?: boolean | null | undefined;
  /** The HTTP method for `statusUrl`. By default `POST`. */
  readonly statusMethod?: CallbackMethod | null | undefined;
  /** The URL that Restcomm requests when the call's status changes from now on, once for each status. */
  readonly statusUrl?: string | null | undefined;
};

export type AccountCardFragment = { readonly key: string, readonly name: string, readonly provider: Provider, readonly capabilities: ReadonlyArray<Capability>, readonly health: { readonly state: AccountState, readonly code: ErrorCode | null, readonly since: string | null, readonly lastSuccess: string | null } } & { ' $fragmentName'?: 'AccountCardFragment' };

export type AccountBannerFragment = { readonly name: string, readonly health: { readonly state: AccountState, readonly code: ErrorCode | null, readonly since: string | null, readonly lastSuccess: string | null } } & { ' $fragmentName'?: 'AccountBannerFragment' };

export type UpdateBxmlMutationVariables = Exact<{
  id: string;
  bxml: string;
  onLoss: OnLoss;
}>;


export type UpdateBxmlMutation = { readonly updateCallBxml: { readonly userErrors: ReadonlyArray<{ ' $fragmentRefs'?: { 'UserErrorMessageFragment': UserErrorMessageFragment } }> } };

export type CheckBxmlQueryVariables = Exact<{
  accountId: string;
  bxml: string;
}>;


export type CheckBxmlQuery = { readonly checkBxml: { readonly findings: ReadonlyArray<{ readonly level: BxmlFindingLevel, readonly rule: string, readonly message: string, readonly line: number, readonly column: number }> } };

export type CallButtonsFragment = { readonly id: string, readonly status: CallStatus, readonly from: string, readonly to: string, readonly direction: CallDirection, readonly provider: Provider, readonly account: { readonly id: string, readonly capabilities: ReadonlyArray<Capability> } } & { ' $fragmentName'?: 'CallButtonsFragment' };

export type CallFactsFragment = { readonly providerCallId: string, readonly callerName: string | null, readonly direction: CallDirection, readonly createdAt: string | null, readonly startedAt: string | null, readonly answeredAt: string | null, readonly endedAt: string | null, readonly duration: number | null, readonly endReason: CallEndReason | null, readonly providerStatus: string, readonly providerEndReason: string | null, readonly error: { readonly id: string | null, readonly message: string | null } | null, readonly price: { readonly amount: string, readonly currency: string } | null, readonly account: { readonly id: string, readonly name: string } } & { ' $fragmentName'?: 'CallFactsFragment' };

export type CallQueryVariables = Exact<{
  id: string;
}>;


export type CallQuery = { readonly call: (
    { readonly id: string, readonly status: CallStatus, readonly from: string, readonly to: string, readonly timeline: ReadonlyArray<{ ' $fragmentRefs'?: { 'TimelineEventFragment': TimelineEventFragment } }> }
    & { ' $fragmentRefs'?: { 'CallFactsFragment': CallFactsFragment;'CallButtonsFragment': CallButtonsFragment } }
  ) | null };

export type CallRowFragment = { readonly id: string, readonly status: CallStatus, readonly from: string, readonly to: string, readonly direction: CallDirection, readonly createdAt: string | null, readonly answeredAt: string | null, readonly duration: number | null, readonly account: { readonly id: string, readonly name: string } } & { ' $fragmentName'?: 'CallRowFragment' };

export type CallEventsSubscriptionVariables = Exact<{
  after?: string | null | undefined;
}>;


export type CallEventsSubscription = { readonly callEvents: (
    { readonly cursor: string, readonly kind: CallEventKind, readonly call: (
      { readonly id: string, readonly createdAt: string | null }
      & { ' $fragmentRefs'?: { 'CallRowFragment': CallRowFragment;'CallFactsFragment': CallFactsFragment } }
    ) | null }
    & { ' $fragmentRefs'?: { 'TimelineEventFragment': TimelineEventFragment } }
  ) };

export type UserErrorMessageFragment = { readonly code: ErrorCode, readonly message: string, readonly field: ReadonlyArray<string> | null, readonly retryAfter: number | null, readonly providerErrorId: string | null } & { ' $fragmentName'?: 'UserErrorMessageFragment' };

export type CreateCallMutationVariables = Exact<{
  input: CreateCallInput;
}>;


export type CreateCallMutation = { readonly createCall: { readonly call: (
      { readonly id: string, readonly createdAt: string | null }
      & { ' $fragmentRefs'?: { 'CallRowFragment': CallRowFragment;'CallFactsFragment': CallFactsFragment } }
    ) | null, readonly userErrors: ReadonlyArray<{ ' $fragmentRefs'?: { 'UserErrorMessageFragment': UserErrorMessageFragment } }> } };

export type TimelineEventFragment = { readonly cursor: string, readonly kind: CallEventKind, readonly previousStatus: CallStatus | null, readonly occurredAt: string, readonly source: CallEventSource } & { ' $fragmentName'?: 'TimelineEventFragment' };

export type UpdateCallMutationVariables = Exact<{
  id: string;
  change: CallChange;
}>;


export type UpdateCallMutation = { readonly updateCall: { readonly call: (
      { readonly id: string }
      & { ' $fragmentRefs'?: { 'CallRowFragment': CallRowFragment;'CallFactsFragment': CallFactsFragment } }
    ) | null, readonly userErrors: ReadonlyArray<{ ' $fragmentRefs'?: { 'UserErrorMessageFragment': UserErrorMessageFragment } }> } };

export type AccountsQueryVariables = Exact<{ [key: string]: never; }>;


export type AccountsQuery = { readonly accounts: ReadonlyArray<(
    { readonly id: string, readonly name: string, readonly capabilities: ReadonlyArray<Capability>, readonly health: { readonly state: AccountState } }
    & { ' $fragmentRefs'?: { 'AccountCardFragment': AccountCardFragment;'AccountBannerFragment': AccountBannerFragment } }
  )> };

export type CallsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  filter?: CallFilter | null | undefined;
  accountIds?: ReadonlyArray<string> | string | null | undefined;
}>;


export type CallsQuery = { readonly calls: { readonly nodes: ReadonlyArray<(
      { readonly id: string, readonly from: string, readonly to: string, readonly direction: CallDirection, readonly status: CallStatus, readonly createdAt: string | null, readonly account: { readonly id: string } }
      & { ' $fragmentRefs'?: { 'CallRowFragment': CallRowFragment } }
    )>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null }, readonly unavailable: ReadonlyArray<{ readonly message: string, readonly retryAfter: number | null, readonly account: { readonly id: string, readonly name: string } }>, readonly skipped: ReadonlyArray<{ readonly providerCallId: string, readonly reason: string, readonly account: { readonly id: string, readonly name: string } }> } };

export const AccountCardFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AccountCard"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Account"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"capabilities"}},{"kind":"Field","name":{"kind":"Name","value":"health"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"since"}},{"kind":"Field","name":{"kind":"Name","value":"lastSuccess"}}]}}]}}]} as unknown as DocumentNode<AccountCardFragment, unknown>;
export const AccountBannerFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AccountBanner"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Account"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"health"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"since"}},{"kind":"Field","name":{"kind":"Name","value":"lastSuccess"}}]}}]}}]} as unknown as DocumentNode<AccountBannerFragment, unknown>;
export const CallButtonsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CallButtons"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Call"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"from"}},{"kind":"Field","name":{"kind":"Name","value":"to"}},{"kind":"Field","name":{"kind":"Name","value":"direction"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"capabilities"}}]}}]}}]} as unknown as DocumentNode<CallButtonsFragment, unknown>;
export const CallFactsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CallFacts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Call"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"providerCallId"}},{"kind":"Field","name":{"kind":"Name","value":"callerName"}},{"kind":"Field","name":{"kind":"Name","value":"direction"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"answeredAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"duration"}},{"kind":"Field","name":{"kind":"Name","value":"endReason"}},{"kind":"Field","name":{"kind":"Name","value":"providerStatus"}},{"kind":"Field","name":{"kind":"Name","value":"providerEndReason"}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}},{"kind":"Field","name":{"kind":"Name","value":"price"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]} as unknown as DocumentNode<CallFactsFragment, unknown>;
export const CallRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CallRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Call"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"from"}},{"kind":"Field","name":{"kind":"Name","value":"to"}},{"kind":"Field","name":{"kind":"Name","value":"direction"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"answeredAt"}},{"kind":"Field","name":{"kind":"Name","value":"duration"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]} as unknown as DocumentNode<CallRowFragment, unknown>;
export const UserErrorMessageFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserErrorMessage"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfter"}},{"kind":"Field","name":{"kind":"Name","value":"providerErrorId"}}]}}]} as unknown as DocumentNode<UserErrorMessageFragment, unknown>;
export const TimelineEventFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TimelineEvent"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CallEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"previousStatus"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"source"}}]}}]} as unknown as DocumentNode<TimelineEventFragment, unknown>;
export const UpdateBxmlDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UpdateBxml"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"bxml"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"onLoss"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"OnLoss"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updateCallBxml"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}},{"kind":"ObjectField","name":{"kind":"Name","value":"bxml"},"value":{"kind":"Variable","name":{"kind":"Name","value":"bxml"}}},{"kind":"ObjectField","name":{"kind":"Name","value":"onLoss"},"value":{"kind":"Variable","name":{"kind":"Name","value":"onLoss"}}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"UserErrorMessage"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserErrorMessage"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfter"}},{"kind":"Field","name":{"kind":"Name","value":"providerErrorId"}}]}}]} as unknown as DocumentNode<UpdateBxmlMutation, UpdateBxmlMutationVariables>;
export const CheckBxmlDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CheckBxml"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"accountId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"bxml"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"checkBxml"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"accountId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"accountId"}}},{"kind":"Argument","name":{"kind":"Name","value":"bxml"},"value":{"kind":"Variable","name":{"kind":"Name","value":"bxml"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"findings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"level"}},{"kind":"Field","name":{"kind":"Name","value":"rule"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"line"}},{"kind":"Field","name":{"kind":"Name","value":"column"}}]}}]}}]}}]} as unknown as DocumentNode<CheckBxmlQuery, CheckBxmlQueryVariables>;
export const CallDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Call"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"call"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"from"}},{"kind":"Field","name":{"kind":"Name","value":"to"}},{"kind":"Field","name":{"kind":"Name","value":"timeline"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TimelineEvent"}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"CallFacts"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"CallButtons"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TimelineEvent"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CallEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"previousStatus"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"source"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CallFacts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Call"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"providerCallId"}},{"kind":"Field","name":{"kind":"Name","value":"callerName"}},{"kind":"Field","name":{"kind":"Name","value":"direction"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"answeredAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"duration"}},{"kind":"Field","name":{"kind":"Name","value":"endReason"}},{"kind":"Field","name":{"kind":"Name","value":"providerStatus"}},{"kind":"Field","name":{"kind":"Name","value":"providerEndReason"}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}},{"kind":"Field","name":{"kind":"Name","value":"price"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CallButtons"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Call"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"from"}},{"kind":"Field","name":{"kind":"Name","value":"to"}},{"kind":"Field","name":{"kind":"Name","value":"direction"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"capabilities"}}]}}]}}]} as unknown as DocumentNode<CallQuery, CallQueryVariables>;
export const CallEventsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"CallEvents"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"callEvents"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"call"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"CallRow"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"CallFacts"}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"TimelineEvent"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CallRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Call"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"from"}},{"kind":"Field","name":{"kind":"Name","value":"to"}},{"kind":"Field","name":{"kind":"Name","value":"direction"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"answeredAt"}},{"kind":"Field","name":{"kind":"Name","value":"duration"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CallFacts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Call"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"providerCallId"}},{"kind":"Field","name":{"kind":"Name","value":"callerName"}},{"kind":"Field","name":{"kind":"Name","value":"direction"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"answeredAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"duration"}},{"kind":"Field","name":{"kind":"Name","value":"endReason"}},{"kind":"Field","name":{"kind":"Name","value":"providerStatus"}},{"kind":"Field","name":{"kind":"Name","value":"providerEndReason"}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}},{"kind":"Field","name":{"kind":"Name","value":"price"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TimelineEvent"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CallEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"previousStatus"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"source"}}]}}]} as unknown as DocumentNode<CallEventsSubscription, CallEventsSubscriptionVariables>;
export const CreateCallDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateCall"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateCallInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createCall"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"call"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"CallRow"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"CallFacts"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"UserErrorMessage"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CallRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Call"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"from"}},{"kind":"Field","name":{"kind":"Name","value":"to"}},{"kind":"Field","name":{"kind":"Name","value":"direction"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"answeredAt"}},{"kind":"Field","name":{"kind":"Name","value":"duration"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CallFacts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Call"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"providerCallId"}},{"kind":"Field","name":{"kind":"Name","value":"callerName"}},{"kind":"Field","name":{"kind":"Name","value":"direction"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"answeredAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"duration"}},{"kind":"Field","name":{"kind":"Name","value":"endReason"}},{"kind":"Field","name":{"kind":"Name","value":"providerStatus"}},{"kind":"Field","name":{"kind":"Name","value":"providerEndReason"}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}},{"kind":"Field","name":{"kind":"Name","value":"price"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserErrorMessage"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfter"}},{"kind":"Field","name":{"kind":"Name","value":"providerErrorId"}}]}}]} as unknown as DocumentNode<CreateCallMutation, CreateCallMutationVariables>;
export const UpdateCallDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UpdateCall"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"change"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CallChange"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updateCall"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}},{"kind":"ObjectField","name":{"kind":"Name","value":"change"},"value":{"kind":"Variable","name":{"kind":"Name","value":"change"}}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"call"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"CallRow"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"CallFacts"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"UserErrorMessage"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CallRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Call"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"from"}},{"kind":"Field","name":{"kind":"Name","value":"to"}},{"kind":"Field","name":{"kind":"Name","value":"direction"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"answeredAt"}},{"kind":"Field","name":{"kind":"Name","value":"duration"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CallFacts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Call"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"providerCallId"}},{"kind":"Field","name":{"kind":"Name","value":"callerName"}},{"kind":"Field","name":{"kind":"Name","value":"direction"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"answeredAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"duration"}},{"kind":"Field","name":{"kind":"Name","value":"endReason"}},{"kind":"Field","name":{"kind":"Name","value":"providerStatus"}},{"kind":"Field","name":{"kind":"Name","value":"providerEndReason"}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}},{"kind":"Field","name":{"kind":"Name","value":"price"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserErrorMessage"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfter"}},{"kind":"Field","name":{"kind":"Name","value":"providerErrorId"}}]}}]} as unknown as DocumentNode<UpdateCallMutation, UpdateCallMutationVariables>;
export const AccountsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Accounts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accounts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"capabilities"}},{"kind":"Field","name":{"kind":"Name","value":"health"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"AccountCard"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"AccountBanner"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AccountCard"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Account"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"capabilities"}},{"kind":"Field","name":{"kind":"Name","value":"health"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"since"}},{"kind":"Field","name":{"kind":"Name","value":"lastSuccess"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AccountBanner"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Account"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"health"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"since"}},{"kind":"Field","name":{"kind":"Name","value":"lastSuccess"}}]}}]}}]} as unknown as DocumentNode<AccountsQuery, AccountsQueryVariables>;
export const CallsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Calls"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"CallFilter"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"accountIds"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"calls"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"accountIds"},"value":{"kind":"Variable","name":{"kind":"Name","value":"accountIds"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"from"}},{"kind":"Field","name":{"kind":"Name","value":"to"}},{"kind":"Field","name":{"kind":"Name","value":"direction"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"CallRow"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"unavailable"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfter"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"skipped"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"providerCallId"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CallRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Call"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"from"}},{"kind":"Field","name":{"kind":"Name","value":"to"}},{"kind":"Field","name":{"kind":"Name","value":"direction"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"answeredAt"}},{"kind":"Field","name":{"kind":"Name","value":"duration"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]} as unknown as DocumentNode<CallsQuery, CallsQueryVariables>;