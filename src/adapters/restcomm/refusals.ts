import { changes, type Refusals, reads, serverErrors, type Verdict } from '../kit/rest/verdicts.ts';

const noCall = { code: 'NOT_FOUND', message: 'has no such call, or no longer keeps it' } as const;

/**
 * Restcomm's refusals. It has no error envelope: bodies are empty, a plain text under a JSON or XML type, or a page of
 * the container.
 *
 * Of a create, the texts are those that say for certain that nothing was dialled (Restcomm-Connect
 * CallsEndpoint.putCall, CallManager.java; issue #1568 for the sid, #1637 for the extension); any other 500 does not.
 * A change is answered with 406 for an unknown call, 400 for another account's too, and 410 for one that is over
 * (LiveCallModificationTest). A record without a call path, as of calls between clients, ends in a 500 after ten
 * seconds (#1700), which does not say that nothing happened. The rest is refused before anything is done, whatever was
 * asked (SecurityFilter, CallsEndpoint, BodyLengthFilter; 404 and 405 of the container; 429 of what may stand in front
 * of it: RFC 6585, section 4).
 */
const verdicts: readonly Verdict[] = [
  // What is no sid to the server (Sid.java of both dialects), or leads to no path of it.
  { status: [400, 404], on: ['get'], isDoubtful: true, ...noCall },
  { status: 500, on: ['get'], isDoubtful: true, text: /is an INVALID_SID sid value/, ...noCall },
  { status: 404, on: ['get', ...changes], ...noCall },
  { status: [400, 406], on: changes, ...noCall },
  { status: 410, on: changes, code: 'CONFLICT', message: 'says that the call has ended' },
  // Of a create.
  invalid(400, /^From can not be null/, 'needs a value here', 'from'),
  invalid(400, /^To can not be null/, 'needs a value here', 'to'),
  invalid(400, /^Url can not be null/, 'needs a value here', 'answerUrl'),
  invalid(400, /^Error type: /, 'does not take one of the telephone numbers'),
  invalid(400, /^/, 'refuses the call as given'),
  invalid(500, /^The SIP Client .* is not registered or does not exist/s, 'knows no such client', 'to'),
  refused(/The Active Outbound Proxy is null/, 'PROVIDER_UNAVAILABLE', 'has no way to the telephone network'),
  refused(/^Not Allowed to make this outbound call/, 'RATE_LIMITED', 'does not place more calls for now'),
  refused(/is an INVALID_SID sid value/, 'PROVIDER_FORBIDDEN', 'does not know the configured account'),
  // Of any request.
  { status: 401, code: 'PROVIDER_UNAUTHENTICATED', message: 'does not accept the configured credentials' },
  { status: 403, code: 'PROVIDER_FORBIDDEN', message: 'does not allow this to the configured credentials' },
  { status: 405, code: 'UNSUPPORTED_BY_PROVIDER', message: 'does not offer this' },
  { status: [404, 415], code: 'PROVIDER_MISBEHAVED', message: 'does not take the request as it is made' },
  { status: 413, on: ['create', ...changes], code: 'INVALID_INPUT', message: 'refuses so long a request' },
  { status: 429, code: 'RATE_LIMITED', message: 'was asked too often' },
  { status: serverErrors, on: reads, code: 'PROVIDER_UNAVAILABLE', message: 'could not answer' },
];

export const refusals: Refusals = { verdicts };

/** A create that is not accepted, by the text that says why. */
function invalid(status: number, text: RegExp, message: string, field?: string): Verdict {
  const blamed = field === undefined ? {} : { field: ['input', field] };
  return { status, on: ['create'], text, code: 'INVALID_INPUT', message, ...blamed };
}

/** A create that was refused before anything was dialled. */
function refused(text: RegExp, code: Verdict['code'], message: string): Verdict {
  return { status: 500, on: ['create'], text, code, message };
}
