import { changes, type Refusals, serverErrors, type Verdict } from '../kit/rest/verdicts.ts';

const noCall = 'has no such call, or no longer keeps it';

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
  { status: [400, 404], on: ['get'], isDoubtful: true, code: 'NOT_FOUND', message: noCall },
  {
    status: 500,
    on: ['get'],
    isDoubtful: true,
    text: /is an INVALID_SID sid value/,
    code: 'NOT_FOUND',
    message: noCall,
  },
  { status: 404, on: ['get', ...changes], code: 'NOT_FOUND', message: noCall },
  missing('From', 'from'),
  missing('To', 'to'),
  missing('Url', 'answerUrl'),
  {
    status: 400,
    on: ['create'],
    text: /^Error type: /,
    code: 'INVALID_INPUT',
    message: 'does not take one of the telephone numbers',
  },
  { status: 400, on: ['create'], code: 'INVALID_INPUT', message: 'refuses the call as given' },
  {
    status: 500,
    on: ['create'],
    text: /^The SIP Client .* is not registered or does not exist/s,
    code: 'INVALID_INPUT',
    message: 'knows no registered client by this name',
    field: ['input', 'to'],
  },
  {
    status: 500,
    on: ['create'],
    text: /The Active Outbound Proxy is null/,
    code: 'PROVIDER_UNAVAILABLE',
    message: 'has no way out to the telephone network',
  },
  {
    status: 500,
    on: ['create'],
    text: /^Not Allowed to make this outbound call/,
    code: 'RATE_LIMITED',
    message: 'does not place more calls for now',
  },
  {
    status: 500,
    on: ['create'],
    text: /is an INVALID_SID sid value/,
    code: 'PROVIDER_FORBIDDEN',
    message: 'does not know the configured account',
  },
  { status: [400, 406], on: changes, code: 'NOT_FOUND', message: noCall },
  { status: 410, on: changes, code: 'CONFLICT', message: 'says that the call has ended' },
  { status: 401, code: 'PROVIDER_UNAUTHENTICATED', message: 'does not accept the configured credentials' },
  { status: 403, code: 'PROVIDER_FORBIDDEN', message: 'does not allow this to the configured credentials' },
  { status: 405, code: 'UNSUPPORTED_BY_PROVIDER', message: 'does not offer this' },
  { status: [404, 415], code: 'PROVIDER_MISBEHAVED', message: 'does not take the request as it is made' },
  { status: 413, on: ['create', ...changes], code: 'INVALID_INPUT', message: 'refuses so long a request' },
  { status: 429, code: 'RATE_LIMITED', message: 'was asked too often' },
  { status: serverErrors, on: ['get', 'list'], code: 'PROVIDER_UNAVAILABLE', message: 'could not answer' },
];

function missing(parameter: string, field: string): Verdict {
  return {
    status: 400,
    on: ['create'],
    text: new RegExp(`^${parameter} can not be null`),
    code: 'INVALID_INPUT',
    message: 'needs a value here',
    field: ['input', field],
  };
}

export const refusals: Refusals = { verdicts };
