import type { Reply } from '../send-reply.ts';
import { readPath } from './read-path.ts';

/**
 * An error in the format of the Voice API: `type` depends on the status, `id` is an empty text on 409 and 429 and null
 * on the rest. Source: api-docs, voice errors; Bandwidth spec, voiceApiError.
 */
export function refuse(
  status: number,
  description: string,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  const id = status === 409 || status === 429 ? '' : null;
  return {
    status,
    headers: { 'Content-Type': 'application/json;charset=UTF-8', ...headers },
    body: JSON.stringify({ type: TYPES[status] ?? 'error', description, id }),
  };
}

const TYPES: Readonly<Record<number, string>> = {
  400: 'validation',
  401: 'authentication-error',
  403: 'authorization-error',
  404: 'validation',
  405: 'validation',
  409: 'validation',
  415: 'validation',
  429: 'error',
  500: 'internal-error',
  503: 'system-overloaded',
};

/** Messages of the Voice API for a body that cannot be parsed and for an invalid member. */
export const BAD_REQUEST = 'Bad Request';
export const SOMETHING_WRONG = 'There is something wrong with the request';

/** 404 for a call that does not exist, is of another account, is not visible yet, or is no longer retained. */
export function refuseUnknown(callId: string): Reply {
  return refuse(404, `Call [${callId}] not found`);
}

/** 409 for a call that is queued, not answered yet, or has ended. */
export function refuseState(callId: string): Reply {
  return refuse(409, `Call [${callId}] cannot be modified in its current state`);
}

/** 415 with the type that was sent, if any. */
export function refuseMediaType(contentType: string | undefined): Reply {
  if (contentType === undefined) return refuse(415, 'Unsupported Media Type');
  return refuse(415, `Content type '${contentType}' not supported`);
}

/** 405 with the allowed methods. */
export function refuseMethod(allow: string): Reply {
  return refuse(405, 'Method Not Allowed', { Allow: allow });
}

/** The documented messages for statuses that only injected faults cause. */
const WORDS: Readonly<Record<number, string>> = {
  400: BAD_REQUEST,
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  415: 'Unsupported Media Type',
  429: 'Account call creation rate limit exceeded',
  500: 'An unknown internal error occurred',
  503: 'Handling too many requests',
};

/**
 * The documented response for an error status at a path, for faults without a body. 404 and 409 name the call, 429 has
 * Retry-After. A status without documentation has no body.
 */
export function toErrorReply(status: number, path: string): Reply {
  const callId = readPath(path)?.callId;
  if (status === 404 && callId !== undefined) return refuseUnknown(callId);
  if (status === 409 && callId !== undefined) return refuseState(callId);
  const words = WORDS[status];
  if (words === undefined) return { status, headers: {}, body: '' };
  return refuse(status, words, status === 429 ? { 'Retry-After': '1' } : {});
}
