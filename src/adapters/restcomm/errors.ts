import type { Account } from '../../calls/account.ts';
import { type FailureOptions, ProviderError } from '../../calls/failure.ts';
import { readRetryAfter } from '../../upstream/headers/retry-after.ts';
import type { HttpResponse } from '../../upstream/response-reader.ts';
import { outcomeUnknown } from '../kit/rest/to-provider-error.ts';
import { findRefusal } from './refusals.ts';

type Code = ProviderError['code'];

/** The server has failed at this very request (500); it may do better at another. */
export class ServerFault extends ProviderError {}

/** The list is too long to be had without an order that the server does not give it. */
export class TooManyCalls extends ProviderError {}

/** More rows than can be put in order, for lack of a server that does. */
export function tooManyCalls(account: Account): TooManyCalls {
  return new TooManyCalls(
    'UNSUPPORTED_BY_PROVIDER',
    `${account.name} does not put so many calls in order. A filter by time or by number may help.`,
  );
}

/** Everything that may be spent on a page of a list has been, and nothing learnt from it. */
export function noHeadway(account: Account): ProviderError {
  return new ProviderError('PROVIDER_MISBEHAVED', `The list of ${account.name} cannot be read any further.`);
}

/** A read that was not answered with what was asked for. */
export function toReadError(answer: HttpResponse, account: Account): ProviderError {
  const retryAfter = readRetryAfter(answer.headers['retry-after']);
  if (answer.status === 500) {
    const options = { cause: toCause(answer), retryAfter };
    return new ServerFault('PROVIDER_UNAVAILABLE', `${account.name} could not answer.`, options);
  }
  if (answer.status >= 500) {
    return fail(answer, account, 'PROVIDER_UNAVAILABLE', 'could not answer', { retryAfter });
  }
  return toPlainRefusal(answer, account);
}

/** Whether the server says of what it was asked for that it is no sid (Sid.java of both), or takes no such path. */
export function isNoSid({ status, text }: HttpResponse): boolean {
  return status === 400 || (status === 500 && /is an INVALID_SID sid value/.test(text));
}

/**
 * The refusals that the server gives before it does anything, whatever was to be done (Restcomm-Connect
 * SecurityFilter, CallsEndpoint, BodyLengthFilter; 404 and 405 of the container), and 429, with which what may
 * stand in front of it lets nothing through (RFC 6585, section 4).
 */
const plainRefusals = new Set([401, 403, 404, 405, 413, 415, 429]);

/**
 * A create that was not answered with a call. A 500 does not mean that none was placed, and neither does what
 * something in between may answer with once it has passed the request on: a redirect, 408, 425, 460 or 499.
 */
export function toCreateError(answer: HttpResponse, account: Account): ProviderError {
  const refusal = findRefusal(answer);
  if (refusal !== undefined) {
    return fail(answer, account, refusal.code, refusal.message, { field: refusal.field });
  }
  if (answer.status === 400) return fail(answer, account, 'INVALID_INPUT', 'refuses the call as given');
  return toWriteError(answer, account);
}

/**
 * A change that was not made: 406 for an unknown call, 400 for another account's too, 410 for one that is
 * over (Restcomm-Connect LiveCallModificationTest). A record without a call path, as of calls between
 * clients, ends in a 500 after ten seconds (#1700); it does not say that nothing happened.
 */
export function toUpdateError(answer: HttpResponse, account: Account): ProviderError {
  switch (answer.status) {
    case 400:
    case 404:
    case 406:
      return notFound(account, toCause(answer));
    case 410:
      return hasEnded(account, toCause(answer));
    default:
      return toWriteError(answer, account);
  }
}

/** What is no refusal for certain may have been done. */
function toWriteError(answer: HttpResponse, account: Account): ProviderError {
  if (!plainRefusals.has(answer.status)) return outcomeUnknown(account, { cause: toCause(answer) });
  if (answer.status === 413) return fail(answer, account, 'INVALID_INPUT', 'refuses so long a request');
  return toPlainRefusal(answer, account);
}

export function notFound(account: Account, cause?: unknown): ProviderError {
  return new ProviderError('NOT_FOUND', `${account.name} knows no such call.`, { cause });
}

export function hasEnded(account: Account, cause?: unknown): ProviderError {
  return new ProviderError('CONFLICT', `The call at ${account.name} has ended.`, { cause });
}

/** An answer in which there is not what there has to be. */
export function unreadable(account: Account, cause?: unknown): ProviderError {
  return new ProviderError('PROVIDER_MISBEHAVED', `${account.name} gave an answer that cannot be read.`, {
    cause,
  });
}

/** The server gives the first page of a list whichever is asked for: the others cannot be had. */
export function ignoresPage(account: Account): ProviderError {
  return new ProviderError(
    'PROVIDER_MISBEHAVED',
    `${account.name} gives the same calls whichever page of its list is asked for.`,
  );
}

/** The server gives fewer rows than asked for, so that there is no telling where a list ends. */
export function ignoresPageSize(account: Account): ProviderError {
  return new ProviderError(
    'PROVIDER_MISBEHAVED',
    `${account.name} gives fewer calls on a page of its list than it says.`,
  );
}

/** What means the same on every request. */
function toPlainRefusal(answer: HttpResponse, account: Account): ProviderError {
  switch (answer.status) {
    case 401:
      return fail(answer, account, 'PROVIDER_UNAUTHENTICATED', 'does not accept the configured credentials');
    case 403:
      return fail(answer, account, 'PROVIDER_FORBIDDEN', 'does not allow this to the configured credentials');
    case 405:
      return fail(answer, account, 'UNSUPPORTED_BY_PROVIDER', 'does not offer this');
    case 404:
    case 415:
      return fail(answer, account, 'PROVIDER_MISBEHAVED', 'does not take the request as it is made');
    case 429: {
      const retryAfter = readRetryAfter(answer.headers['retry-after']);
      return fail(answer, account, 'RATE_LIMITED', 'was asked too often', { retryAfter });
    }
    default:
      return unreadable(account, toCause(answer));
  }
}

function fail(answer: HttpResponse, account: Account, code: Code, words: string, options?: FailureOptions) {
  return new ProviderError(code, `${account.name} ${words}.`, { ...options, cause: toCause(answer) });
}

/** For the log: without the text, which may hold a telephone number. */
function toCause({ status }: HttpResponse): Error {
  return new Error(`HTTP ${status}`);
}
