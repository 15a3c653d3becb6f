import { isObject, parseJson, toText } from '../kit/rest/json.ts';
import {
  changes,
  type ErrorBody,
  type Refusals,
  type RequestKind,
  reads,
  type Verdict,
} from '../kit/rest/verdicts.ts';

const allButCreate = [...reads, ...changes];
const unavailable = 'PROVIDER_UNAVAILABLE';

/**
 * Bandwidth's refusals (Bandwidth spec, createCall, updateCall and listCalls; api-docs, voice errors). The status
 * decides, since five statuses share the type `validation`. 402 is what its command line tool reports of accounts
 * without credit. 409 is documented for changes alone, and 503 says that nothing was done only as
 * `system-overloaded`; other server errors are an answer to a read alone.
 */
const verdicts: readonly Verdict[] = [
  { status: 400, code: 'INVALID_INPUT', message: 'does not accept a value', field: toRefusedField },
  { status: 401, code: 'PROVIDER_UNAUTHENTICATED', message: 'refuses the credentials' },
  { status: 402, code: 'PROVIDER_FORBIDDEN', message: 'has no credit, or its means of payment was declined' },
  { status: 403, code: 'PROVIDER_FORBIDDEN', message: 'does not allow this to the configured credentials' },
  { status: 404, on: ['create', 'list'], code: 'NOT_FOUND', message: 'is not known at its base URL' },
  { status: 404, code: 'NOT_FOUND', message: 'has no such call, or no longer keeps it' },
  { status: [405, 415], code: 'PROVIDER_MISBEHAVED', message: 'does not take the request as it is made' },
  {
    status: 409,
    on: allButCreate,
    code: 'CONFLICT',
    message: 'does not allow this in the state of the call',
  },
  { status: 429, code: 'RATE_LIMITED', message: 'has reached a limit on its calls or requests' },
  {
    status: 503,
    type: 'system-overloaded',
    code: unavailable,
    message: 'is overloaded, so nothing was done',
  },
  { status: [500, 502, 503, 504], on: reads, code: unavailable, message: 'is out of order for now' },
];

export const refusals: Refusals = { verdicts, readError };

/** The error body (Bandwidth spec, voiceApiError): nothing in it is required, and gateways send HTML. */
function readError(text: string): ErrorBody {
  const body = text.length > 65_536 ? undefined : parseJson(text);
  const member = (name: string) => (isObject(body) ? (toText(body[name]) ?? '').slice(0, 500) : '');
  return { type: member('type'), text: member('description'), id: member('id') };
}

/** Bandwidth's name of a value, and the path of it in our arguments, request by request. */
const fields: Partial<Record<RequestKind, Record<string, readonly string[]>>> = {
  create: {
    to: ['input', 'to'],
    from: ['input', 'from'],
    answerUrl: ['input', 'answerUrl'],
    'answerUrl method': ['input', 'answerMethod'],
    answerFallbackUrl: ['input', 'fallbackUrl'],
    'answerFallbackUrl method': ['input', 'fallbackMethod'],
    disconnectUrl: ['input', 'statusUrl'],
    'disconnectUrl method': ['input', 'statusMethod'],
    callTimeout: ['input', 'ringTimeout'],
    callbackTimeout: ['input', 'bandwidth', 'callbackTimeout'],
    priority: ['input', 'bandwidth', 'priority'],
    tag: ['input', 'bandwidth', 'tag'],
    displayName: ['input', 'bandwidth', 'displayName'],
    privacy: ['input', 'bandwidth', 'privacy'],
    uui: ['input', 'bandwidth', 'uui'],
    username: ['input', 'bandwidth', 'callbackCredentials'],
    password: ['input', 'bandwidth', 'callbackCredentials'],
    fallbackUsername: ['input', 'bandwidth', 'fallbackCredentials'],
    fallbackPassword: ['input', 'bandwidth', 'fallbackCredentials'],
    machineDetection: ['input', 'bandwidth', 'machineDetection'],
    applicationId: ['input', 'bandwidth', 'applicationId'],
    'application id': ['input', 'bandwidth', 'applicationId'],
  },
  redirect: {
    redirectUrl: ['input', 'change', 'redirect', 'url'],
    'redirectUrl method': ['input', 'change', 'redirect', 'method'],
    redirectFallbackUrl: ['input', 'change', 'redirect', 'fallbackUrl'],
    'redirectFallbackUrl method': ['input', 'change', 'redirect', 'fallbackMethod'],
    tag: ['input', 'change', 'redirect', 'bandwidth', 'tag'],
    username: ['input', 'change', 'redirect', 'bandwidth', 'callbackCredentials'],
    password: ['input', 'change', 'redirect', 'bandwidth', 'callbackCredentials'],
    fallbackUsername: ['input', 'change', 'redirect', 'bandwidth', 'fallbackCredentials'],
    fallbackPassword: ['input', 'change', 'redirect', 'bandwidth', 'fallbackCredentials'],
  },
  list: { to: ['filter', 'to'], from: ['filter', 'from'] },
};

/** `Invalid to: …`, `Invalid answerUrl method. …`, `callTimeout must be within the range …` and their like. */
const patterns: readonly RegExp[] = [
  /^(?:Could not create call: )?Invalid (\w+(?: method)?)(?=[:.])/i,
  /^(?:Could not create call: )?(?:sendCallback )?(\w+) must /i,
  /^(?:Could not create call: )?(application ?id) /i,
];

/**
 * The argument that the text of a 400 blames (api-docs, voice errors), or undefined: there is no member
 * for it in the answer. A document has but one argument.
 */
function toRefusedField(kind: RequestKind, description: string): readonly string[] | undefined {
  if (kind === 'bxml') return ['input', 'bxml'];
  const names = Object.entries(fields[kind] ?? {});
  for (const pattern of patterns) {
    const blamed = pattern.exec(description)?.[1]?.toLowerCase();
    const found = names.find(([name]) => name.toLowerCase() === blamed);
    if (found !== undefined) return found[1];
  }
  return undefined;
}
