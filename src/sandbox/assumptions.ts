/**
 * Behaviour that the documentation of the carriers leaves open, and what the sandbox does. Values are constants in
 * this file; the file in brackets implements the behaviour.
 *
 * Both
 * - The outcome of a placed call depends on the last digits of the number dialled: `ENDINGS` below. All other calls
 *   are answered after `RING_MS` and hung up by the far end `TALK_MS` later.
 * - A fault of kind `status` without a body has the body that the carrier documents for the status, if any. [server.ts]
 * - Webhooks go to loopback addresses only: `localhost`, `127.0.0.0/8` and `::1`, over http or https. A call whose
 *   script is elsewhere goes on as if it had one that talks until the far end hangs up; redirected, for another
 *   `TALK_MS`, and so from the verb on whose address is elsewhere. Time-outs count by the clock of the carrier.
 *   [webhooks/]
 * - Scripts are executed without media: a character of speech takes `SPEECH_MS_PER_CHARACTER`, an audio file, which is
 *   not fetched, `PLAY_MS`. A person acts when a script listens, half a second after the prompts. [voice/]
 *
 * Bandwidth
 * - Check order: token or password (401), account (403), path (404), method (405), media type (415), form of the
 *   body (400), the call (404), its state (409). Documented are 401 before 403 before 404, and 400 before 409.
 *   [bandwidth/routes.ts]
 * - Another account's path, and credentials without the voice role: 403 "Access is denied". Sent without
 *   credentials: "Unauthorized"; wrong or expired ones: "The credentials provided were invalid". No
 *   WWW-Authenticate, as none is documented. [bandwidth/auth.ts]
 * - 405 carries Allow. A missing Content-Type gives "Unsupported Media Type". [bandwidth/errors.ts]
 * - Unknown members of a create or update are ignored; a member of the wrong type, or too long, gives 400
 *   "There is something wrong with the request"; text that is not a JSON object gives 400 "Bad Request". The same
 *   rules hold within machineDetection, whose errors name the member. [bandwidth/body-rules.ts,
 *   bandwidth/create-rules.ts, bandwidth/machine-detection.ts]
 * - Lengths of strings are in code points, as JSON Schema counts `maxLength`. A URL with a character that RFC 3986 does
 *   not allow, or with a broken percent-encoding, is a member of the wrong form. The form of `uui` is not checked.
 *   [bandwidth/body-rules.ts]
 * - Numbers are E.164 (plus sign, no leading zero, 2 to 15 digits); `to` may be a SIP
 *   address. Which numbers the account owns is not checked. [bandwidth/create-rules.ts]
 * - A call waits `QUEUE_MS` before it is dialled; with `cps` set that many leave the queue each second,
 *   lower priority number first, and it holds `QUEUE_SECONDS` times as many, then 429. With `maxSessions` set, 429 beyond it.
 *   Retry-After is in seconds. [bandwidth/lifecycle.ts, bandwidth/create.ts]
 * - Completed while queued: `disconnected`, cause `cancel`, no startTime. An inbound call that was not answered yet
 *   may be redirected or given BXML, which answers it; completed, its cause is `rejected`. [bandwidth/update.ts]
 * - Updates of an ended call get 409 for the seven days of its retention, then 404. [bandwidth/update.ts]
 * - PUT BXML: unknown verbs are accepted (not in the response to a webhook); a root other than Bxml or Response, a DTD, or more than
 *   `BXML_LIMIT_BYTES` bytes are 400. The document then determines how long the call lasts. `Hangup` and an empty
 *   document hang up at once, the end of any other `SCRIPT_END_MS` after its last verb. A number that is none is the
 *   default. BXML for the events of a conference is not executed. [bandwidth/bxml/]
 * - Webhooks: a first request that is challenged has its body. Objects in the query of a GET are JSON. Redirects are not
 *   followed. A 2xx without a body is an empty document, which hangs up, unless `emptyReplyLasts`. Neither bad BXML nor
 *   an unknown verb makes the fallback be asked. A script that was requested does not count any more once the call has
 *   got another. The disconnect of a call taken out of the queue is sent. `sipResponseCode` is that of a refusal. No
 *   event of machine detection is sent. [bandwidth/events.ts, bandwidth/script.ts]
 * - List: Link is absolute on the sandbox's own origin, the filters are repeated in it, `pageToken` encodes the last
 *   call returned; a token that was not issued, or a time that is not ISO 8601, is 400. Empty filters and unknown
 *   parameters are ignored, of a repeated parameter the first value counts. [bandwidth/list.ts]
 * - Members: nullable ones are null when unset, except stirShaken, identity (inbound only) and enqueuedTime
 *   (outbound only), which are left out. [bandwidth/call.ts]
 * - Token endpoint errors are those of RFC 6749. [bandwidth/tokens.ts]
 *
 * Restcomm Connect
 * - Rows with equal sort keys are ordered by a hash of the sid; `unstableTies` uses a new order for every request. Rows
 *   are ordered by milliseconds, though dates show seconds. [restcomm/sort.ts]
 * - The database is HSQLDB (case-sensitive LIKE, milliseconds, nulls first) unless `database: 'mariadb'` (case does
 *   not matter, whole seconds, nulls first ascending and last descending, backslash escapes). [restcomm/like.ts]
 * - An empty Status or ParentCallSid matches nothing; an empty To or From everything. [restcomm/list-query.ts]
 * - Registered clients are `CLIENTS`; with `outboundProxy: false` no number can be dialled.
 * - Hung up while QUEUED: `canceled`, as while ringing. A FallbackUrl that is not a URI creates no call.
 *   [restcomm/connect/modify.ts, restcomm/connect/create.ts]
 * - Requests of its own: the INVITE goes out `INVITE_MS` after the create. A document that cannot be fetched leaves an
 *   answered call FAILED without an end_time. Documents are asked for without compression. An unanswered call ends as
 *   NO_ANSWER only with `ringTimer`. [restcomm/connect/script.ts, restcomm/connect/judge-document.ts]
 * - VoiceRSS has a key, and speaks every language of its list. Members of a conference do not wait for a moderator, and
 *   its music and beeps are not played. The initiated and ringing callbacks of a leg are sent as the Dial begins. [restcomm/connect/rcml/]
 * - An update of a record without a call path gets its 500 immediately instead of after ten seconds. [restcomm/connect/modify.ts]
 * - No call has recordings. OPTIONS answers a short WADL. [restcomm/connect/routes.ts]
 * - Default values of junk metadata: three pages further, size 7, another total, another account.
 *   [restcomm/page.ts]
 *
 * Restcomm SBC
 * - Error pages of the container are short HTML; 405 is empty with Allow. [restcomm/sbc/routes.ts]
 * - The sweep that writes ended calls runs every `SWEEP_MS` from the start of the sandbox; a call appears at the first
 *   sweep after its end. Rows added with an end in the past appear immediately. [restcomm/sbc/lifecycle.ts]
 * - With `create: true` POST works as at Connect, without account, and such a call can be read immediately.
 *   [restcomm/sbc/create.ts]
 */

/** Time between acceptance and dialling, in milliseconds. */
export const QUEUE_MS = 500;
/**
 * Time between dialling and answer, in milliseconds. Together with the queue it is below the three seconds after
 * which Bandwidth's own tests expect a placed call to be answered.
 */
export const RING_MS = 2_000;
/** Time between answer and the far end's hang-up, in milliseconds. */
export const TALK_MS = 120_000;
/** The same for numbers with the outcome `long`. */
export const LONG_TALK_MS = 3_600_000;
/** Time between dialling and a refusal by the far end, in milliseconds. */
export const REFUSAL_MS = 2_000;

/** Outcomes of calls by the last three digits of the number, which are SIP status codes where there is one. */
export const ENDINGS = {
  '486': 'busy',
  '603': 'rejected',
  '408': 'unanswered',
  '404': 'not-found',
  '503': 'failed',
  '700': 'long',
} as const;

/** The outcome of a placed call. */
export type Outcome = (typeof ENDINGS)[keyof typeof ENDINGS] | 'answered';

/** Returns the outcome for a destination: a number, a SIP address or the name of a client. */
export function outcomeOf(to: string): Outcome {
  const user = to.replace(/^sips?:/, '').replace(/@.*$/, '');
  const ending = user.slice(-3);
  return Object.hasOwn(ENDINGS, ending) ? ENDINGS[ending as keyof typeof ENDINGS] : 'answered';
}

/** How long Bandwidth retains a call after its end, in milliseconds. Documented as seven days. */
export const RETENTION_MS = 7 * 86_400_000;
/** The capacity of Bandwidth's queue, as a multiple of calls per second. Documented. */
export const QUEUE_SECONDS = 300;
/** The largest BXML document in bytes. Documented as 64 KB. */
export const BXML_LIMIT_BYTES = 65_536;
/**
 * Time between a document's last verb and the hang-up, in milliseconds. Bandwidth's own tests still end a
 * call three seconds after a document of verbs that do not block, and five seconds after one short sentence.
 */
export const SCRIPT_END_MS = 5_000;
/** How long an audio file plays that the sandbox does not fetch, in milliseconds. */
export const PLAY_MS = 10_000;
/** How long a spoken character takes, in milliseconds. */
export const SPEECH_MS_PER_CHARACTER = 65;

/** Clients registered with Restcomm Connect, and the number of their devices. */
export const CLIENTS: Readonly<Record<string, number>> = { alice: 1, bob: 2 };
/** The longest request body that Restcomm Connect accepts, in bytes, from its source. */
export const CONNECT_LIMIT_BYTES = 10_000_000;
/** Time between the far end's 200 OK and `in-progress` at Restcomm Connect, in milliseconds. */
export const MEDIA_MS = 100;
/** Time between the acceptance of a call and its INVITE at Restcomm Connect, in milliseconds. */
export const INVITE_MS = 100;
/** How long Restcomm Connect waits for a response, in milliseconds. Shipped setting. */
export const CONNECT_RESPONSE_TIMEOUT_MS = 6_000;
/** Restcomm's default Timeout of a call in seconds. Documented. */
export const CONNECT_TIMEOUT_SECONDS = 60;
/** How often Restcomm SBC writes ended calls to its table, in milliseconds. */
export const SWEEP_MS = 60_000;
