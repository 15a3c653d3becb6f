/**
 * What the documentation of the carriers leaves open, and what the sandbox chose: the only place to look.
 * Values are constants here; choices of behaviour are told here and made where the file in brackets says.
 *
 * Both
 * - The outcome of a call that is placed depends on the last digits of the number dialled: `ENDINGS` below.
 *   All other calls are answered after `RING_MS` and hung up by the far end `TALK_MS` later.
 * - A fault of kind `status` without a body is answered in the carrier's documented words for that status, where there
 *   are any. [server.ts]
 * - No webhook is delivered and no BXML or RCML is fetched: a redirected call simply talks on for `TALK_MS`.
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
 *   rules hold within machineDetection, whose faults are worded by the member's own name. [bandwidth/body-rules.ts,
 *   bandwidth/create-rules.ts, bandwidth/machine-detection.ts]
 * - Lengths of texts are in code points, as JSON Schema counts `maxLength`. A URL with a character that RFC 3986 does
 *   not allow, or with a broken percent-encoding, is a member of the wrong form. The form of `uui` is not checked.
 *   [bandwidth/body-rules.ts]
 * - Numbers are E.164 as the standard has it (plus sign, no leading zero, 2 to 15 digits); `to` may be a SIP
 *   address. Which numbers the account owns is not checked. [bandwidth/create-rules.ts]
 * - A call waits `QUEUE_MS` before it is dialled; with `cps` set the queue passes that many a second, lower priority
 *   number first, and holds `QUEUE_SECONDS` times as many, then 429. With `maxSessions` set, 429 beyond it.
 *   Retry-After is in seconds. [bandwidth/life.ts, bandwidth/create.ts]
 * - Taken from the queue: `disconnected`, cause `cancel`, no startTime. An inbound call that was not answered yet
 *   may be redirected or given BXML, which answers it; completed, its cause is `rejected`. [bandwidth/update.ts]
 * - An ended call answers 409 for the seven days it is kept, then 404. [bandwidth/update.ts]
 * - PUT BXML: unknown verbs are accepted; a root other than Bxml or Response, a DTD, or more than
 *   `BXML_LIMIT_BYTES` bytes are 400. The document decides how long the call lasts: pauses count as written, speech
 *   at `SPEECH_MS_PER_CHARACTER`, a verb that would wait for somebody talks on for `TALK_MS`. `Hangup` and an empty
 *   document hang up at once, the end of any other `SCRIPT_END_MS` after its last verb. [bandwidth/bxml.ts]
 * - List: Link is absolute on the sandbox's own origin, the filters are repeated in it, `pageToken` tells the last
 *   call seen; a token that was not issued, or a time that is not ISO 8601, is 400. Empty filters and unknown
 *   parameters are ignored, of a repeated parameter the first value counts. [bandwidth/list.ts]
 * - Members: the nullable ones are written as null, except stirShaken, identity (inbound only) and enqueuedTime
 *   (outbound only), which are left out. [bandwidth/call.ts]
 * - Token endpoint errors are those of RFC 6749. [bandwidth/tokens.ts]
 *
 * Restcomm Connect
 * - Rows of the same instant are listed in an order of their own (a hash of the sid); `unstableTies` draws a new one
 *   for every request. They are ordered by the milliseconds stored, though dates show seconds. [restcomm/sort.ts]
 * - The database is HSQLDB (case-sensitive LIKE, milliseconds, nulls first) unless `database: 'mariadb'` (case does
 *   not matter, whole seconds, nulls first ascending and last descending, backslash escapes). [restcomm/like.ts]
 * - An empty Status or ParentCallSid matches nothing; an empty To or From everything. [restcomm/list-query.ts]
 * - Registered clients are `CLIENTS`; with `outboundProxy: false` no number can be dialled.
 * - Hung up while still QUEUED: `canceled`, like a ringing one. A FallbackUrl that is not a URI leaves no call.
 *   [restcomm/connect/modify.ts, restcomm/connect/create.ts]
 * - A record without a call path answers its 500 at once instead of after ten seconds. [restcomm/connect/modify.ts]
 * - No call has recordings. OPTIONS answers a short WADL. [restcomm/connect/routes.ts]
 * - Junk metadata, unless the fault says what: three pages further, size 7, another total, another account.
 *   [restcomm/page.ts]
 *
 * Restcomm SBC
 * - Error pages of the container are short HTML; 405 is empty with Allow. [restcomm/sbc/routes.ts]
 * - The sweep that writes ended calls runs every `SWEEP_MS` from the start of the sandbox; a call appears at the first
 *   sweep after its end. Rows added as already ended are there at once. [restcomm/sbc/life.ts]
 * - With `create: true` POST works as at Connect, without account, and such a call can be read from the start.
 *   [restcomm/sbc/create.ts]
 */

/** Between acceptance and dialling, in milliseconds. */
export const QUEUE_MS = 500;
/**
 * Between dialling and the answer, in milliseconds. With the wait in the queue it stays under the three seconds after
 * which Bandwidth's own tests expect a placed call to be answered.
 */
export const RING_MS = 2_000;
/** From the answer to the far end's hang-up, in milliseconds. */
export const TALK_MS = 120_000;
/** The same for numbers that talk long. */
export const LONG_TALK_MS = 3_600_000;
/** Between dialling and a refusal by the far end, in milliseconds. */
export const REFUSAL_MS = 2_000;

/** What becomes of a call to a number that ends so; the digits are the SIP answers they stand for. */
export const ENDINGS = {
  '486': 'busy',
  '603': 'rejected',
  '408': 'unanswered',
  '404': 'not-found',
  '503': 'failed',
  '700': 'long',
} as const;

/** How a placed call turns out. */
export type Outcome = (typeof ENDINGS)[keyof typeof ENDINGS] | 'answered';

/** The outcome for a destination: a number, a SIP address or a client's name. */
export function outcomeOf(to: string): Outcome {
  const user = to.replace(/^sips?:/, '').replace(/@.*$/, '');
  const ending = user.slice(-3);
  return Object.hasOwn(ENDINGS, ending) ? ENDINGS[ending as keyof typeof ENDINGS] : 'answered';
}

/** Bandwidth keeps a call this long after its end, in milliseconds: documented, seven days. */
export const RETENTION_MS = 7 * 86_400_000;
/** The Bandwidth queue holds calls per second times so many: documented. */
export const QUEUE_SECONDS = 300;
/** Largest BXML document in bytes: documented as 64 KB. */
export const BXML_LIMIT_BYTES = 65_536;
/**
 * Between a document's last verb and the hang-up that follows it, in milliseconds. Bandwidth's own tests still end a
 * call three seconds after a document of verbs that do not block, and five seconds after one short sentence.
 */
export const SCRIPT_END_MS = 5_000;
/** How long a spoken character takes, in milliseconds. */
export const SPEECH_MS_PER_CHARACTER = 65;

/** Clients registered with Restcomm Connect, and on how many devices. */
export const CLIENTS: Readonly<Record<string, number>> = { alice: 1, bob: 2 };
/** Restcomm Connect refuses a longer request body, in bytes: as coded there. */
export const CONNECT_LIMIT_BYTES = 10_000_000;
/** Between the far end's 200 OK and `in-progress` at Restcomm Connect, in milliseconds. */
export const MEDIA_MS = 100;
/** Restcomm rings so long unless a Timeout is given, in seconds: documented. */
export const CONNECT_TIMEOUT_SECONDS = 60;
/** How often Restcomm SBC writes ended calls to its table, in milliseconds. */
export const SWEEP_MS = 60_000;
