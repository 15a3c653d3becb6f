import type { Account } from '../../calls/account.ts';
import { ProviderError } from '../../calls/failure.ts';
import { readRetryAfter } from '../../upstream/headers/retry-after.ts';
import type { HttpResponse } from '../../upstream/response-reader.ts';
import { outcomeUnknown } from '../kit/rest/to-provider-error.ts';
import { causeOf, readBody } from './error-body.ts';
import { type Subject, toRefusedField } from './refused-field.ts';

/** Seconds. The header has no documented unit or bound (Bandwidth spec, 429). */
const longestWait = 86_400;

/** `Retry-After` in whole seconds, no more than a day. */
export function capRetryAfter(header: string | string[] | undefined): number | undefined {
  const seconds = readRetryAfter(header);
  return seconds === undefined ? undefined : Math.min(seconds, longestWait);
}

/**
 * An answer that is no success, in the port's words. The status decides, since five of them share the
 * type `validation` (api-docs, voice errors); Bandwidth's texts are for its own log and are not passed on.
 *
 * @param advice what the client is told to look at when the credentials are refused
 */
export function toReadError(
  answer: HttpResponse,
  account: Account,
  subject: Subject,
  advice: string,
): ProviderError {
  const { status } = answer;
  return isUnavailable(status)
    ? new ProviderError('PROVIDER_UNAVAILABLE', `${account.name} is out of order for now.`, {
        ...causeOf(answer),
        retryAfter: capRetryAfter(answer.headers['retry-after']),
      })
    : toRefusal(answer, account, subject, advice);
}

/**
 * The refusals that are documented for every write (Bandwidth spec, createCall and updateCall), and 402, which its
 * command line tool tells of accounts without credit.
 */
const refusals = new Set([400, 401, 402, 403, 404, 405, 415, 429]);

/**
 * The same for a POST or PUT, which is never repeated: a documented refusal says that nothing was done, and
 * so does the 503 `system-overloaded` (api-docs, voice errors). After anything else it may have been done:
 * 408, 425, 460 or 499 are words of what stands in between, and may follow a request that it has passed on.
 */
export function toWriteError(
  answer: HttpResponse,
  account: Account,
  subject: Subject,
  advice: string,
): ProviderError {
  const { status } = answer;
  if (status === 503 && readBody(answer).type === 'system-overloaded') {
    return new ProviderError(
      'PROVIDER_UNAVAILABLE',
      `${account.name} is overloaded and refused; nothing was done. Ask again later.`,
      { ...causeOf(answer), retryAfter: capRetryAfter(answer.headers['retry-after']) },
    );
  }
  if (!isRefusal(status, subject)) return outcomeUnknown(account, causeOf(answer));
  if (status === 401) {
    return new ProviderError(
      'PROVIDER_UNAUTHENTICATED',
      `${account.name} refused the credentials, so nothing was done. It may be asked again; if that fails too: ${advice}`,
      causeOf(answer),
    );
  }
  return toRefusal(answer, account, subject, advice);
}

/** A call that is yet to be placed has no state to be in conflict with: 409 is documented for changes alone. */
function isRefusal(status: number, subject: Subject): boolean {
  return refusals.has(status) || (status === 409 && subject !== 'create');
}

function isUnavailable(status: number): boolean {
  return status === 500 || status === 502 || status === 503 || status === 504;
}

function toRefusal(answer: HttpResponse, account: Account, subject: Subject, advice: string): ProviderError {
  const { name } = account;
  const told = causeOf(answer);
  switch (answer.status) {
    case 400: {
      const field = toRefusedField(subject, readBody(answer).description);
      const what = field === undefined ? 'a value' : `the value of \`${field.at(-1)}\``;
      return new ProviderError('INVALID_INPUT', `${name} does not accept ${what}.`, { field, ...told });
    }
    case 401:
      return new ProviderError(
        'PROVIDER_UNAUTHENTICATED',
        `${name} refuses the credentials. ${advice}`,
        told,
      );
    case 402:
      return new ProviderError(
        'PROVIDER_FORBIDDEN',
        `${name} has no credit left, or its means of payment was declined.`,
        told,
      );
    case 403:
      return new ProviderError('PROVIDER_FORBIDDEN', `The credentials of ${name} may not do this.`, told);
    case 404:
      return new ProviderError(
        'NOT_FOUND',
        subject === 'create' || subject === 'list'
          ? `${name} is not known at the configured address.`
          : `${name} has no such call, or no longer keeps it.`,
        told,
      );
    case 405:
    case 415:
      return new ProviderError(
        'PROVIDER_MISBEHAVED',
        `${name} does not take the request as it is made.`,
        told,
      );
    case 409:
      return new ProviderError('CONFLICT', `The present state of the call does not allow this.`, told);
    case 429:
      return new ProviderError('RATE_LIMITED', `${name} has reached a limit on its calls or requests.`, {
        retryAfter: capRetryAfter(answer.headers['retry-after']),
        ...told,
      });
    default:
      return misbehaved(account, told.cause, told.providerErrorId);
  }
}

/** An answer that cannot be read, or one that no documentation tells of. */
export function misbehaved(account: Account, cause: unknown, providerErrorId?: string): ProviderError {
  return new ProviderError('PROVIDER_MISBEHAVED', `${account.name} gave an answer that cannot be read.`, {
    cause,
    providerErrorId,
  });
}
