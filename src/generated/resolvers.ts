import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Account as AccountMapper } from '../calls/account.ts';
import type { AccountHealth as AccountHealthMapper } from '../calls/account-health.ts';
import type { Call as CallMapper, Details as DetailsMapper } from '../calls/call.ts';
import type { Connection as ConnectionMapper, Edge as EdgeMapper, SkippedCall as SkippedCallMapper, Unavailable as UnavailableMapper } from '../calls/lists/connection.ts';
import type { CallEvent as CallEventMapper } from '../calls/events/call-event.ts';
import type { UpdateOutcome as UpdateOutcomeMapper, DocumentOutcome as DocumentOutcomeMapper } from '../calls/placing/outcome.ts';
import type { Finding as FindingMapper } from '../markup/finding.ts';
import type { Context } from '../graphql/context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /**
   * A moment in time, written as RFC 3339.
   *
   * Results are always in UTC with milliseconds: `2026-11-21T06:20:00.000Z`. Inputs may use any RFC 3339
   * offset, with or without fractions of a second, of which milliseconds are kept. A leap second may be
   * given at the end of any day in UTC, as in `2016-12-31T23:59:60Z`; it is read as the following second.
   *
   * Bandwidth gives milliseconds. Restcomm gives whole seconds for the times of creation and last
   * update, in the zone of its server; they are converted to UTC and end in `.000Z`.
   */
  DateTime: { input: string; output: string; }
  /**
   * An absolute `http` or `https` address of at most 2048 characters, with no user name or password in
   * it. Credentials have input fields of their own where a provider takes them.
   *
   * It is parsed as in a browser (WHATWG URL Standard) and sent to the provider as RFC 3986 requires: with a
   * host in Punycode, and with percent-encoding for every character that RFC 3986 does not allow, such as `|`
   * or `é`. The 2048 characters are counted in this form. Blanks, control characters and backslashes, which
   * programs interpret differently, are refused.
   */
  URL: { input: string; output: string; }
};

/** One set of credentials at one provider, from the configuration of this server. */
export type Account = Node & {
  /**
   * One call by the provider's own identifier. Null when the provider knows no such call.
   *
   * Bandwidth keeps a call until 7 days after its end, and may take some minutes to show a new one.
   * Restcomm SBC shows a call only after its end, up to a minute later.
   */
  readonly call?: Maybe<Call>;
  /**
   * The calls of this account, paged as in the Relay Cursor Connections specification. When the account
   * cannot be read, null with an error that has an `ErrorCode` in `extensions.code`; the rest of the response
   * is not affected.
   *
   * Page forwards with `first` and `after`, or backwards with `last` and `before`, never with both.
   *
   * Bandwidth lists a call until 7 days after its end, and may take some minutes to list a new
   * one. A call that has not started, because it is queued or was removed from the queue, is listed by
   * Bandwidth only if its list is read from the very beginning. On the first page of `OLDEST_FIRST` it is at
   * its position. Everywhere else it is looked for at the end of the list, and reported in `skipped` if its
   * position has been passed. With `createdAfter` it is missing. Calls placed through this API within the
   * last ten minutes are listed in any case by the process that placed them.
   *
   * Restcomm SBC lists only calls that have ended, up to a minute after their end, and lists those of the
   * whole server, since it has no accounts.
   */
  readonly calls?: Maybe<CallConnection>;
  /** What the account can do. A front end can hide everything else. */
  readonly capabilities: ReadonlyArray<Capability>;
  /**
   * How changes of the account's calls become known, besides those made through this API: by webhooks of
   * the provider, within milliseconds, where this server is configured to receive them, and by polling, within
   * seconds. Restcomm SBC sends no webhooks.
   */
  readonly eventSources: ReadonlyArray<CallEventSource>;
  /** Whether requests to the account have succeeded lately. Selecting it sends none. */
  readonly health: AccountHealth;
  /** The global id: opaque, and stable as long as the account's `key` does not change. */
  readonly id: Scalars['ID']['output'];
  /**
   * The key of the account in the configuration, in lower-case letters, digits and hyphens:
   * `bandwidth-main`. It is part of the global ids of the account and its calls.
   */
  readonly key: Scalars['String']['output'];
  /** A name to display. The `key`, if none is configured. */
  readonly name: Scalars['String']['output'];
  /** The provider at which the account is held. */
  readonly provider: Provider;
  /**
   * The provider's own identifier of the account.
   *
   * Bandwidth: a number of about 7 digits, as text, such as `9900000`. Restcomm Connect: the account
   * SID, `AC` and 32 characters. Restcomm SBC: null, since its API does not name accounts.
   */
  readonly providerAccountId?: Maybe<Scalars['String']['output']>;
};


/** One set of credentials at one provider, from the configuration of this server. */
export type AccountCallArgs = {
  providerCallId: Scalars['String']['input'];
};


/** One set of credentials at one provider, from the configuration of this server. */
export type AccountCallsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<CallFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy: CallOrder;
};

/**
 * What the latest requests of this server to an account have shown. Another process of the same server may
 * have seen something else.
 */
export type AccountHealth = {
  /** Why the latest request failed; null if it did not. */
  readonly code?: Maybe<ErrorCode>;
  /** When a request last succeeded. Null if none has yet. */
  readonly lastSuccess?: Maybe<Scalars['DateTime']['output']>;
  /** Since when requests have failed, or succeeded. Null before the first request. */
  readonly since?: Maybe<Scalars['DateTime']['output']>;
  /** The state since the latest request. */
  readonly state: AccountState;
};

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

/**
 * The fields of a call that only Bandwidth has.
 *
 * Bandwidth does not return the input of `createCall`, such as the tag, the priority or the URLs of the
 * application.
 */
export type BandwidthCallDetails = {
  /** The identifier of the voice application that the call belongs to, a UUID. */
  readonly applicationId?: Maybe<Scalars['String']['output']>;
  /**
   * The URL of the call in Bandwidth's own API. Returned by `createCall` only, also for a repeated
   * `idempotencyKey`; null when the call is read later, since Bandwidth sends it only once.
   */
  readonly callUrl?: Maybe<Scalars['String']['output']>;
  /**
   * The SIP Identity header as received, which may be some 800 characters long. Inbound calls only, and only
   * if Bandwidth has enabled it for the account.
   */
  readonly identity?: Maybe<Scalars['String']['output']>;
  /**
   * Bandwidth's identifier of the parent call, `c-…`. Set only on a leg that the BXML verb `Transfer`
   * created.
   */
  readonly parentCallId?: Maybe<Scalars['String']['output']>;
  /** The STIR/SHAKEN verification of the caller's number. Inbound calls only. */
  readonly stirShaken?: Maybe<StirShaken>;
};

/** The options of `createCall` that only Bandwidth has. */
export type BandwidthCreateCallInput = {
  /**
   * The identifier of the voice application, a UUID. By default the one in the account's configuration;
   * required if that has none.
   */
  readonly applicationId?: InputMaybe<Scalars['String']['input']>;
  /**
   * Credentials for the answer and status URLs; `answerUrl` must then be `https`.
   *
   * Bandwidth sends them only after your application has answered a first request, which has none, with
   * HTTP status 401 and a `WWW-Authenticate` header.
   */
  readonly callbackCredentials?: InputMaybe<CredentialsInput>;
  /**
   * How long Bandwidth waits for your application's response, in seconds: 1 to 25, decimals allowed, by
   * default 15.
   */
  readonly callbackTimeout?: InputMaybe<Scalars['Float']['input']>;
  /**
   * The caller's name to display, at most 256 characters, without control characters. With `privacy`,
   * only `Restricted`, `Anonymous`, `Private` or `Unavailable`.
   */
  readonly displayName?: InputMaybe<Scalars['String']['input']>;
  /**
   * Credentials for `fallbackUrl`, which must then be `https`. Bandwidth sends them only when asked to, as
   * with `callbackCredentials`.
   */
  readonly fallbackCredentials?: InputMaybe<CredentialsInput>;
  /** Detects whether a person or a machine answers. Off by default. */
  readonly machineDetection?: InputMaybe<MachineDetectionInput>;
  /**
   * The priority in the queue: from 1, dialled first, to 5, dialled last. By default 5. The order in the queue
   * is approximate.
   */
  readonly priority?: InputMaybe<Scalars['Int']['input']>;
  /**
   * True hides the caller's number from the called party. By default false. `from` must be a number of
   * the account all the same.
   */
  readonly privacy?: InputMaybe<Scalars['Boolean']['input']>;
  /**
   * A text of your choice, at most 4096 characters, that Bandwidth includes in its requests to your
   * application. It cannot be read back through this API.
   */
  readonly tag?: InputMaybe<Scalars['String']['input']>;
  /**
   * User-to-User values for a call to a SIP URI, separated by commas, at most 350 characters in all, without
   * control characters. Each value ends with its encoding: `;encoding=jwt`, `;encoding=base64` or `;encoding=hex`.
   */
  readonly uui?: InputMaybe<Scalars['String']['input']>;
};

/** The options of a redirect that only Bandwidth has. */
export type BandwidthRedirectInput = {
  /**
   * Credentials for the `url` of the redirect. Bandwidth sends them only after your application has
   * answered a first request, which has none, with HTTP status 401 and a `WWW-Authenticate` header.
   */
  readonly callbackCredentials?: InputMaybe<CredentialsInput>;
  /** Credentials for the `fallbackUrl` of the redirect. */
  readonly fallbackCredentials?: InputMaybe<CredentialsInput>;
  /** A new tag for the call, at most 4096 characters. An empty text removes the tag. */
  readonly tag?: InputMaybe<Scalars['String']['input']>;
};

/** Something to know about a BXML document, with its place. */
export type BxmlFinding = {
  /** The character of the line, from 1. */
  readonly column: Scalars['Int']['output'];
  /** How much it matters. */
  readonly level: BxmlFindingLevel;
  /** The line of the document, from 1. */
  readonly line: Scalars['Int']['output'];
  /** One sentence for people. It contains names of verbs and attributes, but no values of the document. */
  readonly message: Scalars['String']['output'];
  /**
   * A short name: of the rule that is broken, such as `value`, or of what is lost, such as
   * `Transfer.callTimeout`.
   */
  readonly rule: Scalars['String']['output'];
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

/** What is to be said of a BXML document for one account. */
export type BxmlReport = {
  /**
   * What the provider gets. Bandwidth: the document as it is. Restcomm Connect: its translation to RCML, in which
   * addresses below `https://this-server.invalid/` stand for those that this server makes when the document is used.
   * Null if the document is refused, as any is at Restcomm SBC, which runs none.
   */
  readonly document?: Maybe<Scalars['String']['output']>;
  /**
   * In the order of the document; empty if all is well. The check knows the verbs, attributes and values that
   * Bandwidth documents. What it does not know is a hint, since Bandwidth may know it. At most 50 of each level are
   * listed, and one more that tells how many are not.
   */
  readonly findings: ReadonlyArray<BxmlFinding>;
};

/** A call, or one leg of a call, as the provider records it. */
export type Call = Node & {
  /** The account through which the call was placed or received. */
  readonly account: Account;
  /**
   * When the call was answered. Null until then, and for a call that nobody answered.
   *
   * Bandwidth: `answerTime`. Restcomm Connect: `StartTime` of a call in progress or completed.
   * Restcomm SBC: always null, since it does not tell.
   */
  readonly answeredAt?: Maybe<Scalars['DateTime']['output']>;
  /**
   * The caller's display name.
   *
   * Restcomm: the SIP display name, null where there is none; for a call placed through its API, Restcomm
   * Connect shows the `from` it was given, if that has no `@`. Bandwidth: always null, since it does not
   * show one.
   */
  readonly callerName?: Maybe<Scalars['String']['output']>;
  /**
   * When the call was created. Lists are ordered by it.
   *
   * Bandwidth: `enqueuedTime`, or `startTime` where there is none, as for inbound calls. Restcomm:
   * `DateCreated`, in whole seconds.
   */
  readonly createdAt?: Maybe<Scalars['DateTime']['output']>;
  /** The fields that only this call's provider has. Select them with an inline fragment per provider. */
  readonly details: CallDetails;
  /** Whether the call came in or went out, as seen from the provider. */
  readonly direction: CallDirection;
  /**
   * Whole seconds from the answer to the end of the call.
   *
   * Null while the call is live, or if it is not known; 0 for a call that ended unanswered. Bandwidth:
   * computed from `answeredAt` and `endedAt`. Restcomm Connect: as given for completed calls. Restcomm SBC: as
   * given, which includes the time of ringing.
   */
  readonly duration?: Maybe<Scalars['Int']['output']>;
  /**
   * Why the call ended, in words common to all providers. Null until it has ended.
   *
   * Bandwidth: from `disconnectCause`. Restcomm sends no cause, so it is derived from the status.
   */
  readonly endReason?: Maybe<CallEndReason>;
  /**
   * When the call ended. Null until then.
   *
   * Bandwidth: `endTime`. Restcomm: `EndTime`; null for outbound calls of Restcomm Connect that ended as
   * `BUSY`, `NO_ANSWER` or `FAILED`, since it records no end for them.
   */
  readonly endedAt?: Maybe<Scalars['DateTime']['output']>;
  /**
   * What went wrong, for a call that ended with an error. Null otherwise. Bandwidth only; always null at
   * Restcomm.
   */
  readonly error?: Maybe<CallError>;
  /**
   * The calling party.
   *
   * Bandwidth: an E.164 number, or in some calls a SIP URI or a word such as `Anonymous`. Restcomm: the
   * user part of the SIP address only, so `sip:bob@example.com` is `bob`; a phone number is shown as it was
   * entered, with or without `+`. Restcomm Connect writes `Unknown` for an inbound call without a
   * caller, and `CALLS REST API` for an outbound call whose `from` had no user part.
   */
  readonly from: Scalars['String']['output'];
  /** The global id: opaque, and stable as long as the account's key in the configuration does not change. */
  readonly id: Scalars['ID']['output'];
  /**
   * The call that this call is a leg of. Null if there is none, or if it can no longer be read.
   *
   * Bandwidth: set on a leg that the BXML verb `Transfer` created. Restcomm Connect: set where the
   * record names a parent. Restcomm SBC: always null, since the parents it names are not calls.
   */
  readonly parent?: Maybe<Call>;
  /**
   * What the provider charged for the call.
   *
   * Restcomm: as given, and only where the account is configured to read XML, since the JSON form leaves
   * it out; the server never computes it, so expect `0` or `0.00`. Bandwidth: always null.
   */
  readonly price?: Maybe<Money>;
  /** The provider that carries the call. */
  readonly provider: Provider;
  /**
   * The provider's own identifier of the call, to quote to its support or to use with its own API. Treat
   * it as opaque.
   *
   * Bandwidth: `c-…`. Restcomm Connect: `ID…-CA…`, or `CA…` for calls of servers older than March 2017.
   * Restcomm SBC: `RN…`.
   */
  readonly providerCallId: Scalars['String']['output'];
  /**
   * The provider's own word for the direction, exactly as sent. The set is open. Null where the provider gives
   * none, as Bandwidth in its answer to `createCall`.
   *
   * Bandwidth: `inbound` or `outbound`. Restcomm Connect: `inbound`, `outbound-api` or `Client-To-Client`.
   * Restcomm SBC: `inbound` or `outbound`. Restcomm documents `outbound-dial`, too, for legs that a document
   * dials; its servers are known to record those as `outbound-api`.
   */
  readonly providerDirection?: Maybe<Scalars['String']['output']>;
  /**
   * The provider's own word for why the call ended, exactly as sent. The set is open.
   *
   * Bandwidth: `disconnectCause`, null until the call has ended. Restcomm: always null.
   */
  readonly providerEndReason?: Maybe<Scalars['String']['output']>;
  /**
   * The provider's own word for the status, exactly as sent. The set is open, and the spelling varies:
   * Restcomm Connect writes both `in-progress` and `IN_PROGRESS`.
   */
  readonly providerStatus: Scalars['String']['output'];
  /**
   * When the call started, before anybody answered it.
   *
   * Bandwidth: `startTime`; null while the call waits in the queue. Restcomm Connect: `StartTime`, the
   * moment at which the call was queued or came in; the server overwrites it with the time of the
   * answer, so it is null for a call in progress or completed. Restcomm SBC: `StartTime`, the moment at
   * which it began to ring.
   */
  readonly startedAt?: Maybe<Scalars['DateTime']['output']>;
  /**
   * The status of the call, in words common to all providers.
   *
   * Bandwidth and Restcomm Connect show live calls, Bandwidth with a delay of up to some minutes. Restcomm SBC
   * shows only calls that have ended.
   */
  readonly status: CallStatus;
  /**
   * What has become of the call, oldest first: its events that are still in the log, as `Subscription.callEvent` gives
   * them. Empty if nobody has followed the call or its account lately.
   */
  readonly timeline: ReadonlyArray<CallEvent>;
  /**
   * The called party.
   *
   * Bandwidth: an E.164 number or a SIP URI. Restcomm: the user part of the SIP address only, so the
   * text is not always what `createCall` was given: `client:alice` and `sip:alice@example.com` both
   * become `alice`. Calls that Restcomm Connect proxies between its clients may show a whole SIP URI.
   */
  readonly to: Scalars['String']['output'];
  /**
   * When the provider last changed its record of the call.
   *
   * Bandwidth: `lastUpdate`, the last change of state. Restcomm: `DateUpdated`, in whole seconds.
   */
  readonly updatedAt?: Maybe<Scalars['DateTime']['output']>;
};

/** One change of a live call. Exactly one of the fields must be given. */
export type CallChange =
  /** End the call. Bandwidth and Restcomm Connect. */
  { readonly end: CallEnd; readonly muted?: never; readonly redirect?: never; }
  |  /**
   * True mutes the call, false unmutes it. Restcomm Connect only, and only while the call is in progress.
   * Whether a call is muted cannot be read back.
   */
  { readonly end?: never; readonly muted: Scalars['Boolean']['input']; readonly redirect?: never; }
  |  /**
   * Make the call run another document. Bandwidth and Restcomm Connect.
   *
   * Bandwidth: an outbound call must have been answered, else it is a `CONFLICT`. Restcomm Connect: the
   * other leg of the call is hung up unless the input says to move it as well. Restcomm Connect
   * unmutes a call with every change that does not mute it, so this API sends the mute again for a call that
   * it muted; a call muted by other means is unmuted.
   */
  { readonly end?: never; readonly muted?: never; readonly redirect: RedirectCallInput; };

/**
 * One page of a list of calls, as in the Relay Cursor Connections specification.
 *
 * A page may hold fewer calls than requested, even none, although the list continues: if a provider cannot
 * apply the filter itself, this API searches the provider's calls, with a limited number of requests per
 * page. Go by `hasNextPage` and `hasPreviousPage`, not by the length of the page, and continue from the
 * cursors of `pageInfo`.
 */
export type CallConnection = {
  /** The calls of the page, each with its cursor. */
  readonly edges: ReadonlyArray<CallEdge>;
  /** The calls of the page without their cursors, in the same order as `edges`. */
  readonly nodes: ReadonlyArray<Call>;
  /** Whether there are more calls, and the cursors to get them. */
  readonly pageInfo: PageInfo;
  /**
   * Calls that a provider lists but that are left out of this list, because they cannot be read (a call
   * without any time has no position in the order, for example) or were found after their position had been
   * passed (such as calls at Bandwidth that have not started). They are not among the `nodes`. Usually empty.
   *
   * They are reported with the page during which they were found. Each is reported at least once over the
   * whole list, and may be reported again with the same `account` and `providerCallId`. A page names at most
   * 20 per account; a last entry gives the number of the others.
   */
  readonly skipped: ReadonlyArray<SkippedCall>;
  /**
   * The number of calls in the whole list, over all pages, as counted by the providers.
   *
   * Null unless every account in the list can count. Bandwidth accounts never can. Restcomm accounts can
   * without a `filter`; with one the count is null, unless no call there can match it, as with `parentId` at
   * Restcomm SBC: then it is 0. Null also if an account cannot be read, or the sum exceeds 2,147,483,647.
   *
   * It is read separately from the page, so it may differ by calls that are created or removed in between.
   * It includes the calls in `skipped`.
   */
  readonly totalCount?: Maybe<Scalars['Int']['output']>;
  /**
   * Accounts that could not be read. Their calls are missing from this page. Usually empty.
   *
   * A list does not end while such an account may have more calls: `hasNextPage` (paging backwards,
   * `hasPreviousPage`) is true, and `endCursor` (`startCursor`) leads to the missing calls once the account
   * can be read again. Until then pages may be empty and end where they start, so wait before the next
   * request: `retryAfter` seconds, or some seconds where it is null. An account that refuses the request
   * itself, with `INVALID_INPUT` or `UNSUPPORTED_BY_PROVIDER`, does not keep the list from ending.
   *
   * Empty in `Account.calls`, which is null with an error instead.
   */
  readonly unavailable: ReadonlyArray<UnavailableAccount>;
};

/** The fields of a call that only one provider has. The call's `provider` determines the type. */
export type CallDetails = BandwidthCallDetails | RestcommCallDetails;

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

/** One call in a list, with its cursor. */
export type CallEdge = {
  /**
   * The position of the call in the list, for `after` or `before`. It is opaque, and valid only with the same
   * order, filter and accounts as the list that it came from; otherwise, and if it is of an earlier version of
   * this API, the error is `INVALID_INPUT`.
   *
   * The first and the last call of a page have the cursors of `pageInfo`, which are the cheapest to continue from:
   * at most 120 characters, and 40 more for each further account. The cursors of the calls between them have at most
   * 80. Continuing from those costs more requests, and may report a call in `skipped` once more. While an account is
   * unavailable, and behind a search that stopped early, cursors may be longer.
   */
  readonly cursor: Scalars['String']['output'];
  /** The call. */
  readonly node: Call;
};

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

/** What went wrong in a call, in the provider's words. Bandwidth only. */
export type CallError = {
  /** The provider's identifier of the error, to quote to its support: `errorId`, a UUID. */
  readonly id?: Maybe<Scalars['String']['output']>;
  /** The provider's text, for people to read: `errorMessage`, such as `Callee is busy`. */
  readonly message?: Maybe<Scalars['String']['output']>;
};

/**
 * A change of a call, as soon as it is known.
 *
 * The events of one call only go forward: no state comes twice, and none that is earlier than the one before.
 */
export type CallEvent = {
  /** The call as it is after the change. Null in a `GAP`. */
  readonly call?: Maybe<Call>;
  /**
   * The position of the event: where to go on, as `after`. No two events have the same, but a `GAP` may have that of the
   * event before it.
   */
  readonly cursor: Scalars['String']['output'];
  /** What has happened. */
  readonly kind: CallEventKind;
  /** When it happened: by the provider's clock where the provider tells, else when it became known. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** The state of the call before the change. Null where it is not known, and in a `GAP`. */
  readonly previousStatus?: Maybe<CallStatus>;
  /** How it became known. */
  readonly source: CallEventSource;
};

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
  readonly createdAfter?: InputMaybe<Scalars['DateTime']['input']>;
  /** Calls with a `createdAt` at this moment or earlier. Calls without `createdAt` do not match. */
  readonly createdBefore?: InputMaybe<Scalars['DateTime']['input']>;
  /** Calls of this direction. */
  readonly direction?: InputMaybe<CallDirection>;
  /** Calls that ended for this reason. Live calls do not match. */
  readonly endReason?: InputMaybe<CallEndReason>;
  /**
   * The calling party. It must equal the whole of `Call.from`.
   *
   * It is normalized as in `createCall`, so a number is found however it is formatted, and what `createCall`
   * would refuse for its form is refused here.
   *
   * Restcomm keeps only the user part of a SIP address, so `client:alice` and `sip:alice@example.com`
   * find `alice` there. `%` and `_` are ordinary characters. At most 256 characters.
   */
  readonly from?: InputMaybe<Scalars['String']['input']>;
  /** Calls whose `parent` is the call with this global id. Restcomm SBC has no such calls. */
  readonly parentId?: InputMaybe<Scalars['ID']['input']>;
  /** Calls with any of these statuses. */
  readonly statuses?: InputMaybe<ReadonlyArray<CallStatus>>;
  /**
   * The called party. It must equal the whole of `Call.to`.
   *
   * It is normalized as in `createCall`, so a number is found however it is formatted, and what `createCall`
   * would refuse for its form is refused here.
   *
   * Restcomm keeps only the user part of a SIP address, so `client:alice` and `sip:alice@example.com`
   * find `alice` there. `%` and `_` are ordinary characters. At most 256 characters.
   */
  readonly to?: InputMaybe<Scalars['String']['input']>;
};

/**
 * The order of a list: by `createdAt`, then by account and identifier, so that it is total. Calls without
 * `createdAt` count as the oldest: they are last in `NEWEST_FIRST`.
 */
export type CallOrder =
  /** Newest call first. */
  | 'NEWEST_FIRST'
  /** Oldest call first. */
  | 'OLDEST_FIRST';

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
  readonly accountId: Scalars['ID']['input'];
  /** The HTTP method for `answerUrl`, and for the address of a `document`. */
  readonly answerMethod: CallbackMethod;
  /**
   * Where the provider fetches the first document of the call once it is answered: BXML for Bandwidth,
   * RCML for Restcomm. Bandwidth requires `https` when credentials are sent along.
   *
   * Exactly one of `answerUrl` and `document` must be given.
   */
  readonly answerUrl?: InputMaybe<Scalars['URL']['input']>;
  /**
   * Options of Bandwidth only. For an account at another provider they are refused with
   * `UNSUPPORTED_BY_PROVIDER`.
   */
  readonly bandwidth?: InputMaybe<BandwidthCreateCallInput>;
  /**
   * The first document of the call itself, in place of an `answerUrl`: this server hosts it for the call, so
   * that no application is needed to say a sentence. Bandwidth and Restcomm Connect. It requires a `publicUrl`
   * in the configuration of the server, except on the sandbox.
   */
  readonly document?: InputMaybe<HostedDocumentInput>;
  /** The HTTP method for `fallbackUrl`. */
  readonly fallbackMethod: CallbackMethod;
  /**
   * The URL that the provider requests if `answerUrl` fails. Without it, the call ends then. Bandwidth requires
   * `https` when fallback credentials are sent along.
   */
  readonly fallbackUrl?: InputMaybe<Scalars['URL']['input']>;
  /**
   * The calling party, as the called party sees it.
   *
   * Bandwidth: an E.164 number that belongs to the account. Restcomm: a number or name, which becomes
   * the user part of the SIP address, or a SIP URI.
   *
   * Formatting is handled as described for `to`.
   */
  readonly from: Scalars['String']['input'];
  /**
   * A text of your choice, such as a UUID, that makes it safe to repeat the request. 1 to 255 characters.
   *
   * The same key with the same input within 24 hours returns the first result with `replayed: true` and
   * places no second call. The same key with another input is a `CONFLICT`. If no more keys can be kept, a
   * request with a new key is `RATE_LIMITED` and places nothing. Without a key, every request places a call.
   * Providers have no such key, so it covers only requests through this API.
   */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /**
   * How long the call may ring, in seconds.
   *
   * Bandwidth: 1 to 300, by default 30; a call that does not start to ring within 30 seconds is cancelled in
   * any case. Restcomm: by default 60.
   */
  readonly ringTimeout?: InputMaybe<Scalars['Int']['input']>;
  /** The HTTP method for `statusUrl`. With `GET`, the values become query parameters. */
  readonly statusMethod: CallbackMethod;
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
  readonly statusUrl?: InputMaybe<Scalars['URL']['input']>;
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
  readonly to: Scalars['String']['input'];
};

/** The outcome of `createCall`. */
export type CreateCallPayload = {
  /**
   * The call as placed, or as first placed if `replayed` is true. Null if it was not placed, or if that is
   * not certain.
   */
  readonly call?: Maybe<Call>;
  /**
   * What the provider will do differently from what the `document` says, accepted by `onLoss: ACCEPT`. Empty if
   * the call was not placed.
   */
  readonly losses: ReadonlyArray<BxmlFinding>;
  /**
   * True if this is the result of an earlier request with the same `idempotencyKey`: nothing was sent to the
   * provider now.
   */
  readonly replayed: Scalars['Boolean']['output'];
  /** Why the call was not placed. Empty if it was. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/**
 * A user name and a password for HTTP Basic authentication, which the provider presents to your
 * application. They cannot be read back through this API.
 */
export type CredentialsInput = {
  /** The password, without control characters. At Bandwidth, at most 1024 characters. */
  readonly password: Scalars['String']['input'];
  /**
   * The user name, without control characters and without a colon, which in HTTP Basic separates it from the
   * password. At Bandwidth, at most 1024 characters.
   */
  readonly username: Scalars['String']['input'];
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
  readonly bxml: Scalars['String']['input'];
  /** What to do if the provider cannot do everything as written. */
  readonly onLoss: OnLoss;
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
  readonly callbackCredentials?: InputMaybe<CredentialsInput>;
  /** The HTTP method for `callbackUrl`. By default `POST`. */
  readonly callbackMethod?: InputMaybe<CallbackMethod>;
  /** The URL to which Bandwidth sends the result. With `ASYNC` only. */
  readonly callbackUrl?: InputMaybe<Scalars['URL']['input']>;
  /**
   * True holds the result `answering-machine` back until the machine has finished speaking, has beeped,
   * or the detection times out. By default false.
   */
  readonly delayResult?: InputMaybe<Scalars['Boolean']['input']>;
  /**
   * How long the detection may take in all, in seconds. By default 15. After that the result is
   * `timeout`.
   */
  readonly detectionTimeout?: InputMaybe<Scalars['Float']['input']>;
  /** Credentials for `fallbackUrl`. */
  readonly fallbackCredentials?: InputMaybe<CredentialsInput>;
  /** The HTTP method for `fallbackUrl`. By default `POST`. */
  readonly fallbackMethod?: InputMaybe<CallbackMethod>;
  /** The URL to which Bandwidth sends the result if `callbackUrl` fails. */
  readonly fallbackUrl?: InputMaybe<Scalars['URL']['input']>;
  /**
   * How much silence ends the speech once a machine has been detected, in seconds. By default the value
   * of `speechEndThreshold`.
   */
  readonly machineSpeechEndThreshold?: InputMaybe<Scalars['Float']['input']>;
  /** How the result is delivered. By default `ASYNC`. */
  readonly mode?: InputMaybe<MachineDetectionMode>;
  /** How long to wait for any speech, in seconds. By default 10. After that the result is `silence`. */
  readonly silenceTimeout?: InputMaybe<Scalars['Float']['input']>;
  /** How much silence ends the speech, in seconds. By default 5. */
  readonly speechEndThreshold?: InputMaybe<Scalars['Float']['input']>;
  /** How much speech makes it a machine, in seconds. By default 10. Less than that is `human`. */
  readonly speechThreshold?: InputMaybe<Scalars['Float']['input']>;
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

/** An amount of money. */
export type Money = {
  /** The amount as a decimal number in a string, so that no digit is lost: `0.00`. */
  readonly amount: Scalars['String']['output'];
  /** The currency as an ISO 4217 code. Restcomm always gives `USD`. */
  readonly currency: Scalars['String']['output'];
};

/**
 * The entry points for placing and changing calls.
 *
 * What a provider refuses, and what cannot be done, is reported in the payload's `userErrors`, not as a
 * GraphQL error. A change is sent to the provider once and never repeated if it may have taken effect. If no
 * response comes back, the code is `OUTCOME_UNKNOWN`.
 *
 * Several changes in one operation are made one after the other. If the caller lacks the right to one of
 * them, none is made. A response with GraphQL errors lists the global ids of the calls that were placed or
 * changed in `done` of its `extensions`.
 */
export type Mutation = {
  /**
   * Places a call.
   *
   * A call that the provider accepts can still fail: routing errors, for instance, appear only when the
   * call ends. Read `status`, `endReason` and `error` of the call later, or give a `statusUrl`.
   *
   * Bandwidth queues the call, and may take some minutes until the call can be read. Restcomm SBC documents
   * the creation of calls, but some servers do not offer it: the code is then `UNSUPPORTED_BY_PROVIDER`.
   */
  readonly createCall: CreateCallPayload;
  /**
   * Changes a live call: ends it, redirects it to another document, or mutes or unmutes it.
   *
   * Providers accept a change first and carry it out shortly after, so the returned call may still show its
   * former state. Restcomm SBC cannot change calls, and Restcomm Connect cannot change a call that it only
   * proxies between two of its clients.
   */
  readonly updateCall: UpdateCallPayload;
  /**
   * Replaces the BXML that a live call is running. The verb in progress is interrupted and the new
   * document starts.
   *
   * At Restcomm Connect it is translated to RCML and hosted by this server, which needs a `publicUrl`. At
   * Restcomm SBC it is `UNSUPPORTED_BY_PROVIDER`. A call that is queued or over, or an outbound call that
   * nobody has answered yet, is a `CONFLICT`.
   */
  readonly updateCallBxml: UpdateCallBxmlPayload;
};


/**
 * The entry points for placing and changing calls.
 *
 * What a provider refuses, and what cannot be done, is reported in the payload's `userErrors`, not as a
 * GraphQL error. A change is sent to the provider once and never repeated if it may have taken effect. If no
 * response comes back, the code is `OUTCOME_UNKNOWN`.
 *
 * Several changes in one operation are made one after the other. If the caller lacks the right to one of
 * them, none is made. A response with GraphQL errors lists the global ids of the calls that were placed or
 * changed in `done` of its `extensions`.
 */
export type MutationCreateCallArgs = {
  input: CreateCallInput;
};


/**
 * The entry points for placing and changing calls.
 *
 * What a provider refuses, and what cannot be done, is reported in the payload's `userErrors`, not as a
 * GraphQL error. A change is sent to the provider once and never repeated if it may have taken effect. If no
 * response comes back, the code is `OUTCOME_UNKNOWN`.
 *
 * Several changes in one operation are made one after the other. If the caller lacks the right to one of
 * them, none is made. A response with GraphQL errors lists the global ids of the calls that were placed or
 * changed in `done` of its `extensions`.
 */
export type MutationUpdateCallArgs = {
  input: UpdateCallInput;
};


/**
 * The entry points for placing and changing calls.
 *
 * What a provider refuses, and what cannot be done, is reported in the payload's `userErrors`, not as a
 * GraphQL error. A change is sent to the provider once and never repeated if it may have taken effect. If no
 * response comes back, the code is `OUTCOME_UNKNOWN`.
 *
 * Several changes in one operation are made one after the other. If the caller lacks the right to one of
 * them, none is made. A response with GraphQL errors lists the global ids of the calls that were placed or
 * changed in `done` of its `extensions`.
 */
export type MutationUpdateCallBxmlArgs = {
  input: UpdateCallBxmlInput;
};

/** An object with a global id, as in the Relay Global Object Identification specification. */
export type Node = {
  /**
   * The global id: unique over all types, accounts and providers.
   *
   * It is opaque, so do not parse it. It is built from the account's key in the configuration and the
   * provider's own identifier, and is stable as long as that key does not change.
   */
  readonly id: Scalars['ID']['output'];
};

/** What to do with a document of which the provider cannot do everything as written. */
export type OnLoss =
  /** Take it. `losses` of the payload tell what will be different. */
  | 'ACCEPT'
  /** Refuse it with `UNSUPPORTED_BY_PROVIDER`. */
  | 'REFUSE';

/** Whether there are more pages and how to get them, as in the Relay Cursor Connections specification. */
export type PageInfo = {
  /**
   * The end of the page, for `after`: the cursor of its last call or, without calls, the position up to which
   * they have been searched. Null if there is neither.
   */
  readonly endCursor?: Maybe<Scalars['String']['output']>;
  /**
   * Whether more calls follow this page. Also true if they may follow: if the search stopped early, or an
   * account is `unavailable`.
   */
  readonly hasNextPage: Scalars['Boolean']['output'];
  /**
   * Whether more calls precede this page. Also true if they may precede: if the search stopped early, or an
   * account cannot be read.
   */
  readonly hasPreviousPage: Scalars['Boolean']['output'];
  /**
   * The start of the page, for `before`: the cursor of its first call or, without calls, the position up to
   * which they have been searched. Null if there is neither.
   */
  readonly startCursor?: Maybe<Scalars['String']['output']>;
};

/** The vendor whose Calls API stands behind an account. */
export type Provider =
  /** Bandwidth Programmable Voice, version 2 of its API. */
  | 'BANDWIDTH'
  /** Restcomm: Restcomm Connect or Restcomm SBC. The account's configuration says which of the two it is. */
  | 'RESTCOMM';

/**
 * The entry points for reading.
 *
 * A read that fails is a GraphQL error with an `ErrorCode` in `extensions.code`, and with `field`,
 * `retryAfter` and `providerErrorId` as in `UserError` where they are known. Only accounts that the caller
 * may see are used: any other account or call looks as if it did not exist.
 */
export type Query = {
  /** One account by its global id. Null when there is none, or when the caller may not see it. */
  readonly account?: Maybe<Account>;
  /** All accounts that the caller may see. */
  readonly accounts: ReadonlyArray<Account>;
  /**
   * One call by its global id. Null when the provider knows no such call, or when the caller may not
   * see it.
   *
   * Bandwidth keeps a call until 7 days after its end, and may take some minutes to show a new one.
   * Restcomm Connect shows a call as soon as it is created. Restcomm SBC shows a call only after its
   * end, up to a minute later.
   */
  readonly call?: Maybe<Call>;
  /**
   * The calls of several accounts, merged into one list in order of time and paged as in the Relay Cursor
   * Connections specification.
   *
   * Page forwards with `first` and `after`, or backwards with `last` and `before`, never with both.
   * Accounts that cannot be read, even if it is all of them, are reported in `unavailable`, and the calls of
   * the others are returned. Only an invalid argument is an error.
   *
   * Bandwidth lists a call until 7 days after its end, and may take some minutes to list a new
   * one. A call that has not started, because it is queued or was removed from the queue, is listed by
   * Bandwidth only if its list is read from the very beginning. On the first page of `OLDEST_FIRST` it is at
   * its position. Everywhere else it is looked for at the end of the list, and reported in `skipped` if its
   * position has been passed. With `createdAfter` it is missing. Calls placed through this API within the
   * last ten minutes are listed in any case by the process that placed them.
   *
   * Restcomm SBC lists only calls that have ended, up to a minute after their end.
   */
  readonly calls: CallConnection;
  /**
   * What is to be said of a BXML document before it is used in `createCall` or `updateCallBxml`, and what the
   * provider of an account would get. Nothing is sent to the provider.
   */
  readonly checkBxml: BxmlReport;
  /** Any object by its global id. Null when there is none, or when the caller may not see it. */
  readonly node?: Maybe<Node>;
  /**
   * Several objects by their global ids, in the given order, with null where there is none or the caller
   * may not see it.
   */
  readonly nodes: ReadonlyArray<Maybe<Node>>;
};


/**
 * The entry points for reading.
 *
 * A read that fails is a GraphQL error with an `ErrorCode` in `extensions.code`, and with `field`,
 * `retryAfter` and `providerErrorId` as in `UserError` where they are known. Only accounts that the caller
 * may see are used: any other account or call looks as if it did not exist.
 */
export type QueryAccountArgs = {
  id: Scalars['ID']['input'];
};


/**
 * The entry points for reading.
 *
 * A read that fails is a GraphQL error with an `ErrorCode` in `extensions.code`, and with `field`,
 * `retryAfter` and `providerErrorId` as in `UserError` where they are known. Only accounts that the caller
 * may see are used: any other account or call looks as if it did not exist.
 */
export type QueryCallArgs = {
  id: Scalars['ID']['input'];
};


/**
 * The entry points for reading.
 *
 * A read that fails is a GraphQL error with an `ErrorCode` in `extensions.code`, and with `field`,
 * `retryAfter` and `providerErrorId` as in `UserError` where they are known. Only accounts that the caller
 * may see are used: any other account or call looks as if it did not exist.
 */
export type QueryCallsArgs = {
  accountIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<CallFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy: CallOrder;
};


/**
 * The entry points for reading.
 *
 * A read that fails is a GraphQL error with an `ErrorCode` in `extensions.code`, and with `field`,
 * `retryAfter` and `providerErrorId` as in `UserError` where they are known. Only accounts that the caller
 * may see are used: any other account or call looks as if it did not exist.
 */
export type QueryCheckBxmlArgs = {
  accountId: Scalars['ID']['input'];
  bxml: Scalars['String']['input'];
};


/**
 * The entry points for reading.
 *
 * A read that fails is a GraphQL error with an `ErrorCode` in `extensions.code`, and with `field`,
 * `retryAfter` and `providerErrorId` as in `UserError` where they are known. Only accounts that the caller
 * may see are used: any other account or call looks as if it did not exist.
 */
export type QueryNodeArgs = {
  id: Scalars['ID']['input'];
};


/**
 * The entry points for reading.
 *
 * A read that fails is a GraphQL error with an `ErrorCode` in `extensions.code`, and with `field`,
 * `retryAfter` and `providerErrorId` as in `UserError` where they are known. Only accounts that the caller
 * may see are used: any other account or call looks as if it did not exist.
 */
export type QueryNodesArgs = {
  ids: ReadonlyArray<Scalars['ID']['input']>;
};

/** The document that a live call is to run. */
export type RedirectCallInput = {
  /**
   * Options of Bandwidth only. For a call at another provider they are refused with
   * `UNSUPPORTED_BY_PROVIDER`.
   */
  readonly bandwidth?: InputMaybe<BandwidthRedirectInput>;
  /** The HTTP method for `fallbackUrl`. */
  readonly fallbackMethod: CallbackMethod;
  /** The URL that the provider requests if `url` fails. Without it, the call ends then. */
  readonly fallbackUrl?: InputMaybe<Scalars['URL']['input']>;
  /** The HTTP method for `url`. */
  readonly method: CallbackMethod;
  /**
   * Options of Restcomm only. For a call at another provider they are refused with
   * `UNSUPPORTED_BY_PROVIDER`.
   */
  readonly restcomm?: InputMaybe<RestcommRedirectInput>;
  /** The URL of the document: BXML for Bandwidth, RCML for Restcomm. */
  readonly url: Scalars['URL']['input'];
};

/** The fields of a call that only Restcomm has. */
export type RestcommCallDetails = {
  /**
   * The user part of the address that answered, once the call has been answered. It does not distinguish a
   * person from a machine. Restcomm Connect only.
   */
  readonly answeredBy?: Maybe<Scalars['String']['output']>;
  /** The version of Restcomm's API that the call was made with, `2012-04-24`. */
  readonly apiVersion?: Maybe<Scalars['String']['output']>;
  /** The party that diverted the call, from the SIP Diversion header. Restcomm Connect only. */
  readonly forwardedFrom?: Maybe<Scalars['String']['output']>;
  /** The identifier of the server that handled the call, `ID…`. Restcomm Connect of March 2016 or later. */
  readonly instanceId?: Maybe<Scalars['String']['output']>;
  /** The SID of the parent call, as sent. At Restcomm SBC it is a random `RN…` that names no call. */
  readonly parentCallSid?: Maybe<Scalars['String']['output']>;
  /** The SID of the called phone number, `PN…`. Restcomm Connect only, and only for inbound calls. */
  readonly phoneNumberSid?: Maybe<Scalars['String']['output']>;
  /**
   * A time before the answer, in whole seconds. Null if the server has not measured it.
   *
   * Restcomm Connect: from the queuing of the call to its answer, or to a busy signal. Restcomm SBC: from
   * the creation of the call to the start of the ringing.
   */
  readonly ringDuration?: Maybe<Scalars['Int']['output']>;
  /**
   * The path of the call in Restcomm's API, as sent. It is relative to the URL of the API's web
   * application, not to the host, and ends in `.json` if the account is read as JSON. Restcomm SBC
   * writes it without a leading slash.
   */
  readonly uri?: Maybe<Scalars['String']['output']>;
};

/** The options of a redirect that only Restcomm Connect has. */
export type RestcommRedirectInput = {
  /** True makes both legs of the call run the new document. By default false: the other leg is hung up. */
  readonly moveConnectedCallLeg?: InputMaybe<Scalars['Boolean']['input']>;
  /** The HTTP method for `statusUrl`. By default `POST`. */
  readonly statusMethod?: InputMaybe<CallbackMethod>;
  /** The URL that Restcomm requests when the call's status changes from now on, once for each status. */
  readonly statusUrl?: InputMaybe<Scalars['URL']['input']>;
};

/** A call that is left out of a list, and why. */
export type SkippedCall = {
  /** The account whose provider lists the call. */
  readonly account: Account;
  /**
   * The provider's own identifier of the call, to look it up with `Account.call` or to quote to the provider's
   * support. Empty if there is none that can be used.
   */
  readonly providerCallId: Scalars['String']['output'];
  /** Why the call is left out, for people. The wording may change at any time. */
  readonly reason: Scalars['String']['output'];
};

/**
 * The STIR/SHAKEN verification of the caller's number of an inbound call. The texts are Bandwidth's, and
 * their spelling has changed over time: compare them loosely.
 */
export type StirShaken = {
  /** How far the originating carrier vouches for the caller: `A` (full), `B` (partial) or `C` (gateway). */
  readonly attestationIndicator?: Maybe<Scalars['String']['output']>;
  /** The identifier that the originating carrier gave to the origin of the call. */
  readonly originatingId?: Maybe<Scalars['String']['output']>;
  /** The result of the verification, such as `TN-Validation-Passed`. */
  readonly verstat?: Maybe<Scalars['String']['output']>;
};

/**
 * The entry points for following calls as they change.
 *
 * Each is a stream of events that goes on until the client ends it. Ask for it with `Accept: text/event-stream`
 * (GraphQL over SSE, distinct connections), `multipart/mixed;subscriptionSpec=1.0` (Apollo's protocol), or over a
 * WebSocket with the sub-protocol `graphql-transport-ws`. A client that has lost its connection goes on with `after`: the
 * `cursor` of the last event that it has got. In a stream of server-sent events the cursor is the `id` too, and
 * `Last-Event-ID` is as good as `after`.
 *
 * A subscription costs as many points as its selection does once, then 1 point a minute, and with each event 1 point for
 * 100 nodes and 1 for each request to a provider. When the points are spent, the stream ends with `RATE_LIMITED`. When
 * the caller's token expires, it ends with `UNAUTHENTICATED`.
 */
export type Subscription = {
  /**
   * What becomes of one call. The stream ends when the call has ended, and at once if it has ended already: with `after`,
   * once the events behind it are told. `NOT_FOUND` when there is no such call, or when the caller may not see it.
   */
  readonly callEvent: CallEvent;
  /** The changes of the calls of some accounts, in the order in which they became known. */
  readonly callEvents: CallEvent;
};


/**
 * The entry points for following calls as they change.
 *
 * Each is a stream of events that goes on until the client ends it. Ask for it with `Accept: text/event-stream`
 * (GraphQL over SSE, distinct connections), `multipart/mixed;subscriptionSpec=1.0` (Apollo's protocol), or over a
 * WebSocket with the sub-protocol `graphql-transport-ws`. A client that has lost its connection goes on with `after`: the
 * `cursor` of the last event that it has got. In a stream of server-sent events the cursor is the `id` too, and
 * `Last-Event-ID` is as good as `after`.
 *
 * A subscription costs as many points as its selection does once, then 1 point a minute, and with each event 1 point for
 * 100 nodes and 1 for each request to a provider. When the points are spent, the stream ends with `RATE_LIMITED`. When
 * the caller's token expires, it ends with `UNAUTHENTICATED`.
 */
export type SubscriptionCallEventArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  id: Scalars['ID']['input'];
};


/**
 * The entry points for following calls as they change.
 *
 * Each is a stream of events that goes on until the client ends it. Ask for it with `Accept: text/event-stream`
 * (GraphQL over SSE, distinct connections), `multipart/mixed;subscriptionSpec=1.0` (Apollo's protocol), or over a
 * WebSocket with the sub-protocol `graphql-transport-ws`. A client that has lost its connection goes on with `after`: the
 * `cursor` of the last event that it has got. In a stream of server-sent events the cursor is the `id` too, and
 * `Last-Event-ID` is as good as `after`.
 *
 * A subscription costs as many points as its selection does once, then 1 point a minute, and with each event 1 point for
 * 100 nodes and 1 for each request to a provider. When the points are spent, the stream ends with `RATE_LIMITED`. When
 * the caller's token expires, it ends with `UNAUTHENTICATED`.
 */
export type SubscriptionCallEventsArgs = {
  accountIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<CallFilter>;
};

/** An account whose calls are missing from a page, and why. */
export type UnavailableAccount = {
  /** The account that could not be read. */
  readonly account: Account;
  /** Why it could not be read, for programs. */
  readonly code: ErrorCode;
  /** Why it could not be read, for people. The wording may change at any time. */
  readonly message: Scalars['String']['output'];
  /** The provider's own identifier of the error, to quote to its support. Null if the provider gives none. */
  readonly providerErrorId?: Maybe<Scalars['String']['output']>;
  /** Whole seconds to wait before trying again. Null if not known. */
  readonly retryAfter?: Maybe<Scalars['Int']['output']>;
};

/**
 * A document for a live call. Bandwidth, and Restcomm Connect where this server has a `publicUrl`: it hosts the
 * document there, and sends the call to it. Whether the call is muted stays as it is, as with `redirect`; the
 * other leg of the call is hung up. For what is different at Restcomm Connect, see `HostedDocumentInput`.
 */
export type UpdateCallBxmlInput = {
  /**
   * One well-formed XML document with the root `Bxml` or `Response`, at most 64 KB long.
   * Any other text is refused with the line and column of its first error, both from 1.
   *
   * Use absolute URLs in it: it has no base URL to resolve relative ones. Bandwidth does not check the verbs
   * when it accepts the document; a verb that it cannot run may end the call later, with the reason
   * `APPLICATION_ERROR`.
   */
  readonly bxml: Scalars['String']['input'];
  /** The global id of the call. */
  readonly id: Scalars['ID']['input'];
  /** What to do if the provider cannot do everything as written. Bandwidth can. */
  readonly onLoss: OnLoss;
};

/** The outcome of `updateCallBxml`. */
export type UpdateCallBxmlPayload = {
  /** The call. Null if the document was not accepted, or the call could not be read afterwards. */
  readonly call?: Maybe<Call>;
  /**
   * What the provider will do differently from what the document says, accepted by `onLoss: ACCEPT`. Empty if the
   * document was not accepted.
   */
  readonly losses: ReadonlyArray<BxmlFinding>;
  /** Why the document is not run. Empty if the provider accepted it. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A change of a live call. */
export type UpdateCallInput = {
  /** The change to make. */
  readonly change: CallChange;
  /** The global id of the call. */
  readonly id: Scalars['ID']['input'];
};

/** The outcome of `updateCall`. */
export type UpdateCallPayload = {
  /**
   * The call. It may still show its former state, since providers carry a change out shortly after they
   * accept it. Null if the change was not made, or the call could not be read afterwards.
   */
  readonly call?: Maybe<Call>;
  /** Why the change was not made. Empty if the provider accepted it. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/**
 * Why a mutation was not carried out.
 *
 * A mutation reports every `ErrorCode` here. Queries report the same codes as GraphQL errors, in
 * `extensions.code`. Missing rights of the caller, limits of this server and internal errors are GraphQL
 * errors in both.
 */
export type UserError = {
  /** The kind of error, for programs. */
  readonly code: ErrorCode;
  /**
   * The path to the value at fault, from the argument inwards: `["input", "to"]`. Null when no single
   * value is at fault.
   */
  readonly field?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** A sentence for people. The wording may change at any time. */
  readonly message: Scalars['String']['output'];
  /**
   * The provider's own identifier of the error, to quote to its support. Null if the provider gives none:
   * Bandwidth gives one with few of its errors, Restcomm never.
   */
  readonly providerErrorId?: Maybe<Scalars['String']['output']>;
  /**
   * Whole seconds to wait before trying again, if known: with `RATE_LIMITED`; with `PROVIDER_UNAVAILABLE`, if
   * the provider says so or no requests are sent to it for a while after too many failures; and with
   * `CONFLICT`, if another attempt with the same key is in progress. Otherwise null.
   */
  readonly retryAfter?: Maybe<Scalars['Int']['output']>;
};



export type ResolverTypeWrapper<T> = Promise<T> | T;


export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;




/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Node:
    | ( AccountMapper )
    | ( CallMapper )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Account: ResolverTypeWrapper<AccountMapper>;
  AccountHealth: ResolverTypeWrapper<AccountHealthMapper>;
  AccountState: AccountState;
  BandwidthCallDetails: ResolverTypeWrapper<BandwidthCallDetails>;
  BandwidthCreateCallInput: BandwidthCreateCallInput;
  BandwidthRedirectInput: BandwidthRedirectInput;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  BxmlFinding: ResolverTypeWrapper<FindingMapper>;
  BxmlFindingLevel: BxmlFindingLevel;
  BxmlReport: ResolverTypeWrapper<Omit<BxmlReport, 'findings'> & { findings: ReadonlyArray<ResolversTypes['BxmlFinding']> }>;
  Call: ResolverTypeWrapper<CallMapper>;
  CallChange: CallChange;
  CallConnection: ResolverTypeWrapper<ConnectionMapper>;
  CallDetails: ResolverTypeWrapper<DetailsMapper>;
  CallDirection: CallDirection;
  CallEdge: ResolverTypeWrapper<EdgeMapper>;
  CallEnd: CallEnd;
  CallEndReason: CallEndReason;
  CallError: ResolverTypeWrapper<CallError>;
  CallEvent: ResolverTypeWrapper<CallEventMapper>;
  CallEventKind: CallEventKind;
  CallEventSource: CallEventSource;
  CallFilter: CallFilter;
  CallOrder: CallOrder;
  CallStatus: CallStatus;
  CallbackMethod: CallbackMethod;
  Capability: Capability;
  CreateCallInput: CreateCallInput;
  CreateCallPayload: ResolverTypeWrapper<Omit<CreateCallPayload, 'call' | 'losses'> & { call?: Maybe<ResolversTypes['Call']>, losses: ReadonlyArray<ResolversTypes['BxmlFinding']> }>;
  CredentialsInput: CredentialsInput;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  ErrorCode: ErrorCode;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  HostedDocumentInput: HostedDocumentInput;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  MachineDetectionInput: MachineDetectionInput;
  MachineDetectionMode: MachineDetectionMode;
  Money: ResolverTypeWrapper<Money>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Node: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Node']>;
  OnLoss: OnLoss;
  PageInfo: ResolverTypeWrapper<ConnectionMapper>;
  Provider: Provider;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RedirectCallInput: RedirectCallInput;
  RestcommCallDetails: ResolverTypeWrapper<RestcommCallDetails>;
  RestcommRedirectInput: RestcommRedirectInput;
  SkippedCall: ResolverTypeWrapper<SkippedCallMapper>;
  StirShaken: ResolverTypeWrapper<StirShaken>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  URL: ResolverTypeWrapper<Scalars['URL']['output']>;
  UnavailableAccount: ResolverTypeWrapper<UnavailableMapper>;
  UpdateCallBxmlInput: UpdateCallBxmlInput;
  UpdateCallBxmlPayload: ResolverTypeWrapper<DocumentOutcomeMapper>;
  UpdateCallInput: UpdateCallInput;
  UpdateCallPayload: ResolverTypeWrapper<UpdateOutcomeMapper>;
  UserError: ResolverTypeWrapper<UserError>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Account: AccountMapper;
  AccountHealth: AccountHealthMapper;
  BandwidthCallDetails: BandwidthCallDetails;
  BandwidthCreateCallInput: BandwidthCreateCallInput;
  BandwidthRedirectInput: BandwidthRedirectInput;
  Boolean: Scalars['Boolean']['output'];
  BxmlFinding: FindingMapper;
  BxmlReport: Omit<BxmlReport, 'findings'> & { findings: ReadonlyArray<ResolversParentTypes['BxmlFinding']> };
  Call: CallMapper;
  CallChange: CallChange;
  CallConnection: ConnectionMapper;
  CallDetails: DetailsMapper;
  CallEdge: EdgeMapper;
  CallError: CallError;
  CallEvent: CallEventMapper;
  CallFilter: CallFilter;
  CreateCallInput: CreateCallInput;
  CreateCallPayload: Omit<CreateCallPayload, 'call' | 'losses'> & { call?: Maybe<ResolversParentTypes['Call']>, losses: ReadonlyArray<ResolversParentTypes['BxmlFinding']> };
  CredentialsInput: CredentialsInput;
  DateTime: Scalars['DateTime']['output'];
  Float: Scalars['Float']['output'];
  HostedDocumentInput: HostedDocumentInput;
  ID: Scalars['ID']['output'];
  Int: Scalars['Int']['output'];
  MachineDetectionInput: MachineDetectionInput;
  Money: Money;
  Mutation: Record<PropertyKey, never>;
  Node: ResolversInterfaceTypes<ResolversParentTypes>['Node'];
  PageInfo: ConnectionMapper;
  Query: Record<PropertyKey, never>;
  RedirectCallInput: RedirectCallInput;
  RestcommCallDetails: RestcommCallDetails;
  RestcommRedirectInput: RestcommRedirectInput;
  SkippedCall: SkippedCallMapper;
  StirShaken: StirShaken;
  String: Scalars['String']['output'];
  Subscription: Record<PropertyKey, never>;
  URL: Scalars['URL']['output'];
  UnavailableAccount: UnavailableMapper;
  UpdateCallBxmlInput: UpdateCallBxmlInput;
  UpdateCallBxmlPayload: DocumentOutcomeMapper;
  UpdateCallInput: UpdateCallInput;
  UpdateCallPayload: UpdateOutcomeMapper;
  UserError: UserError;
};

export type CostDirectiveArgs = {
  weight: Scalars['String']['input'];
};

export type CostDirectiveResolver<Result, Parent, ContextType = Context, Args = CostDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type EntriesDirectiveArgs = {
  argument?: Maybe<Scalars['String']['input']>;
  perAccount?: Maybe<Scalars['Int']['input']>;
};

export type EntriesDirectiveResolver<Result, Parent, ContextType = Context, Args = EntriesDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type ListSizeDirectiveArgs = {
  assumedSize?: Maybe<Scalars['Int']['input']>;
  requireOneSlicingArgument?: Maybe<Scalars['Boolean']['input']>;
  sizedFields?: Maybe<ReadonlyArray<Scalars['String']['input']>>;
  slicingArguments?: Maybe<ReadonlyArray<Scalars['String']['input']>>;
};

export type ListSizeDirectiveResolver<Result, Parent, ContextType = Context, Args = ListSizeDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type RequestsDirectiveArgs = {
  accounts?: Maybe<Scalars['String']['input']>;
  count: Scalars['Int']['input'];
  perAccount: Scalars['Int']['input'];
};

export type RequestsDirectiveResolver<Result, Parent, ContextType = Context, Args = RequestsDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type AccountResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Account'] = ResolversParentTypes['Account']> = {
  call?: Resolver<Maybe<ResolversTypes['Call']>, ParentType, ContextType, RequireFields<AccountCallArgs, 'providerCallId'>>;
  calls?: Resolver<Maybe<ResolversTypes['CallConnection']>, ParentType, ContextType, RequireFields<AccountCallsArgs, 'orderBy'>>;
  capabilities?: Resolver<ReadonlyArray<ResolversTypes['Capability']>, ParentType, ContextType>;
  eventSources?: Resolver<ReadonlyArray<ResolversTypes['CallEventSource']>, ParentType, ContextType>;
  health?: Resolver<ResolversTypes['AccountHealth'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  provider?: Resolver<ResolversTypes['Provider'], ParentType, ContextType>;
  providerAccountId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AccountHealthResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AccountHealth'] = ResolversParentTypes['AccountHealth']> = {
  code?: Resolver<Maybe<ResolversTypes['ErrorCode']>, ParentType, ContextType>;
  lastSuccess?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  since?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['AccountState'], ParentType, ContextType>;
};

export type BandwidthCallDetailsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BandwidthCallDetails'] = ResolversParentTypes['BandwidthCallDetails']> = {
  applicationId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  callUrl?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  identity?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  parentCallId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  stirShaken?: Resolver<Maybe<ResolversTypes['StirShaken']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type BxmlFindingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BxmlFinding'] = ResolversParentTypes['BxmlFinding']> = {
  column?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  level?: Resolver<ResolversTypes['BxmlFindingLevel'], ParentType, ContextType>;
  line?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  rule?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type BxmlReportResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BxmlReport'] = ResolversParentTypes['BxmlReport']> = {
  document?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  findings?: Resolver<ReadonlyArray<ResolversTypes['BxmlFinding']>, ParentType, ContextType>;
};

export type CallResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Call'] = ResolversParentTypes['Call']> = {
  account?: Resolver<ResolversTypes['Account'], ParentType, ContextType>;
  answeredAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  callerName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  createdAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  details?: Resolver<ResolversTypes['CallDetails'], ParentType, ContextType>;
  direction?: Resolver<ResolversTypes['CallDirection'], ParentType, ContextType>;
  duration?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  endReason?: Resolver<Maybe<ResolversTypes['CallEndReason']>, ParentType, ContextType>;
  endedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  error?: Resolver<Maybe<ResolversTypes['CallError']>, ParentType, ContextType>;
  from?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  parent?: Resolver<Maybe<ResolversTypes['Call']>, ParentType, ContextType>;
  price?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  provider?: Resolver<ResolversTypes['Provider'], ParentType, ContextType>;
  providerCallId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  providerDirection?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  providerEndReason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  providerStatus?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  startedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['CallStatus'], ParentType, ContextType>;
  timeline?: Resolver<ReadonlyArray<ResolversTypes['CallEvent']>, ParentType, ContextType>;
  to?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  updatedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CallConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CallConnection'] = ResolversParentTypes['CallConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['CallEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Call']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  skipped?: Resolver<ReadonlyArray<ResolversTypes['SkippedCall']>, ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  unavailable?: Resolver<ReadonlyArray<ResolversTypes['UnavailableAccount']>, ParentType, ContextType>;
};

export type CallDetailsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CallDetails'] = ResolversParentTypes['CallDetails']> = {
  __resolveType: TypeResolveFn<'BandwidthCallDetails' | 'RestcommCallDetails', ParentType, ContextType>;
};

export type CallEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CallEdge'] = ResolversParentTypes['CallEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Call'], ParentType, ContextType>;
};

export type CallErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CallError'] = ResolversParentTypes['CallError']> = {
  id?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  message?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type CallEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CallEvent'] = ResolversParentTypes['CallEvent']> = {
  call?: Resolver<Maybe<ResolversTypes['Call']>, ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['CallEventKind'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  previousStatus?: Resolver<Maybe<ResolversTypes['CallStatus']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['CallEventSource'], ParentType, ContextType>;
};

export type CreateCallPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateCallPayload'] = ResolversParentTypes['CreateCallPayload']> = {
  call?: Resolver<Maybe<ResolversTypes['Call']>, ParentType, ContextType>;
  losses?: Resolver<ReadonlyArray<ResolversTypes['BxmlFinding']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type MoneyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amount?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  createCall?: Resolver<ResolversTypes['CreateCallPayload'], ParentType, ContextType, RequireFields<MutationCreateCallArgs, 'input'>>;
  updateCall?: Resolver<ResolversTypes['UpdateCallPayload'], ParentType, ContextType, RequireFields<MutationUpdateCallArgs, 'input'>>;
  updateCallBxml?: Resolver<ResolversTypes['UpdateCallBxmlPayload'], ParentType, ContextType, RequireFields<MutationUpdateCallBxmlArgs, 'input'>>;
};

export type NodeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Node'] = ResolversParentTypes['Node']> = {
  __resolveType: TypeResolveFn<'Account' | 'Call', ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  account?: Resolver<Maybe<ResolversTypes['Account']>, ParentType, ContextType, RequireFields<QueryAccountArgs, 'id'>>;
  accounts?: Resolver<ReadonlyArray<ResolversTypes['Account']>, ParentType, ContextType>;
  call?: Resolver<Maybe<ResolversTypes['Call']>, ParentType, ContextType, RequireFields<QueryCallArgs, 'id'>>;
  calls?: Resolver<ResolversTypes['CallConnection'], ParentType, ContextType, RequireFields<QueryCallsArgs, 'orderBy'>>;
  checkBxml?: Resolver<ResolversTypes['BxmlReport'], ParentType, ContextType, RequireFields<QueryCheckBxmlArgs, 'accountId' | 'bxml'>>;
  node?: Resolver<Maybe<ResolversTypes['Node']>, ParentType, ContextType, RequireFields<QueryNodeArgs, 'id'>>;
  nodes?: Resolver<ReadonlyArray<Maybe<ResolversTypes['Node']>>, ParentType, ContextType, RequireFields<QueryNodesArgs, 'ids'>>;
};

export type RestcommCallDetailsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RestcommCallDetails'] = ResolversParentTypes['RestcommCallDetails']> = {
  answeredBy?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  apiVersion?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  forwardedFrom?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  instanceId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  parentCallSid?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  phoneNumberSid?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  ringDuration?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  uri?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SkippedCallResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SkippedCall'] = ResolversParentTypes['SkippedCall']> = {
  account?: Resolver<ResolversTypes['Account'], ParentType, ContextType>;
  providerCallId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type StirShakenResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StirShaken'] = ResolversParentTypes['StirShaken']> = {
  attestationIndicator?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  originatingId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  verstat?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  callEvent?: SubscriptionResolver<ResolversTypes['CallEvent'], "callEvent", ParentType, ContextType, RequireFields<SubscriptionCallEventArgs, 'id'>>;
  callEvents?: SubscriptionResolver<ResolversTypes['CallEvent'], "callEvents", ParentType, ContextType, Partial<SubscriptionCallEventsArgs>>;
};

export interface UrlScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['URL'], any> {
  name: 'URL';
}

export type UnavailableAccountResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UnavailableAccount'] = ResolversParentTypes['UnavailableAccount']> = {
  account?: Resolver<ResolversTypes['Account'], ParentType, ContextType>;
  code?: Resolver<ResolversTypes['ErrorCode'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  providerErrorId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  retryAfter?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type UpdateCallBxmlPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateCallBxmlPayload'] = ResolversParentTypes['UpdateCallBxmlPayload']> = {
  call?: Resolver<Maybe<ResolversTypes['Call']>, ParentType, ContextType>;
  losses?: Resolver<ReadonlyArray<ResolversTypes['BxmlFinding']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UpdateCallPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateCallPayload'] = ResolversParentTypes['UpdateCallPayload']> = {
  call?: Resolver<Maybe<ResolversTypes['Call']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UserErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  code?: Resolver<ResolversTypes['ErrorCode'], ParentType, ContextType>;
  field?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  providerErrorId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  retryAfter?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  Account?: AccountResolvers<ContextType>;
  AccountHealth?: AccountHealthResolvers<ContextType>;
  BandwidthCallDetails?: BandwidthCallDetailsResolvers<ContextType>;
  BxmlFinding?: BxmlFindingResolvers<ContextType>;
  BxmlReport?: BxmlReportResolvers<ContextType>;
  Call?: CallResolvers<ContextType>;
  CallConnection?: CallConnectionResolvers<ContextType>;
  CallDetails?: CallDetailsResolvers<ContextType>;
  CallEdge?: CallEdgeResolvers<ContextType>;
  CallError?: CallErrorResolvers<ContextType>;
  CallEvent?: CallEventResolvers<ContextType>;
  CreateCallPayload?: CreateCallPayloadResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  Money?: MoneyResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Node?: NodeResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  RestcommCallDetails?: RestcommCallDetailsResolvers<ContextType>;
  SkippedCall?: SkippedCallResolvers<ContextType>;
  StirShaken?: StirShakenResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  URL?: GraphQLScalarType;
  UnavailableAccount?: UnavailableAccountResolvers<ContextType>;
  UpdateCallBxmlPayload?: UpdateCallBxmlPayloadResolvers<ContextType>;
  UpdateCallPayload?: UpdateCallPayloadResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  cost?: CostDirectiveResolver<any, any, ContextType>;
  entries?: EntriesDirectiveResolver<any, any, ContextType>;
  listSize?: ListSizeDirectiveResolver<any, any, ContextType>;
  requests?: RequestsDirectiveResolver<any, any, ContextType>;
};
