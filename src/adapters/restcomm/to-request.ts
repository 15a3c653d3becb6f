import type { CallsAdapter } from '../../calls/calls-adapter.ts';
import { ProviderError } from '../../calls/failure.ts';
import { normalizeAddress } from '../../calls/filter.ts';
import type { NewCall, Redirect } from '../../calls/new-call.ts';

type CallEnd = Parameters<CallsAdapter['end']>[1];

/**
 * The form of a create. What the server would take and do something odd with is refused here: an address
 * that is no URI ends in its 500, which could also mean that a call was placed, and a relative one in a
 * call that is answered and dropped (Restcomm-Connect CallsEndpoint.putCall).
 *
 * @throws ProviderError INVALID_INPUT
 */
export function toCreateForm(call: NewCall): string {
  const { from, to, answerUrl, answerMethod, fallbackUrl, fallbackMethod, statusUrl, statusMethod } = call;
  const { ringTimeout } = call;
  if (ringTimeout !== undefined && !(Number.isInteger(ringTimeout) && ringTimeout > 0)) {
    throw invalid('The ring timeout must be a whole number of seconds, 1 or more.', ['input', 'ringTimeout']);
  }
  const form = new URLSearchParams({
    From: toAddress(from, isCaller, 'The caller must not be empty.', ['input', 'from']),
    To: toAddress(to, isCallee, 'The called party must be a telephone number, a SIP URI or client:name.', [
      'input',
      'to',
    ]),
    Url: toUri(answerUrl, ['input', 'answerUrl']),
    Method: answerMethod,
  });
  if (fallbackUrl !== undefined) {
    form.set('FallbackUrl', toUri(fallbackUrl, ['input', 'fallbackUrl']));
    form.set('FallbackMethod', fallbackMethod);
  }
  if (statusUrl !== undefined) {
    form.set('StatusCallback', toUri(statusUrl, ['input', 'statusUrl']));
    form.set('StatusCallbackMethod', statusMethod);
  }
  if (ringTimeout !== undefined) form.set('Timeout', String(ringTimeout));
  return form.toString();
}

/**
 * The form that sends a live call to another document. Every change without `Mute=true` unmutes a call
 * in progress, so a muted one must be said to be.
 *
 * @throws ProviderError INVALID_INPUT
 */
export function toRedirectForm(redirect: Redirect, isMuted: boolean): string {
  const { url, method, fallbackUrl, fallbackMethod, restcomm } = redirect;
  const path = ['input', 'change', 'redirect'];
  const form = new URLSearchParams({ Url: toUri(url, [...path, 'url']), Method: method });
  if (fallbackUrl !== undefined) {
    form.set('FallbackUrl', toUri(fallbackUrl, [...path, 'fallbackUrl']));
    form.set('FallbackMethod', fallbackMethod);
  }
  if (restcomm?.statusUrl !== undefined) {
    form.set('StatusCallback', toUri(restcomm.statusUrl, [...path, 'restcomm', 'statusUrl']));
    form.set('StatusCallbackMethod', restcomm.statusMethod ?? 'POST');
  }
  if (restcomm?.moveConnectedCallLeg === true) form.set('MoveConnectedCallLeg', 'true');
  if (isMuted) form.set('Mute', 'true');
  return form.toString();
}

export function toEndForm(how: CallEnd, isMuted: boolean): string {
  if (how === 'HANG_UP') return 'Status=completed';
  return isMuted ? 'Status=canceled&Mute=true' : 'Status=canceled';
}

export function toMuteForm(muted: boolean): string {
  return `Mute=${muted}`;
}

/** As sent: without the blanks and brackets that people write into a number, for the SIP address it becomes. */
function toAddress(
  text: string,
  isFit: (address: string) => boolean,
  message: string,
  field: readonly string[],
): string {
  const address = normalizeAddress(text);
  // A line break has no place in the SIP message that the address ends up in.
  if (/\p{Cc}/u.test(address) || !isFit(address)) throw invalid(message, field);
  return address;
}

const isCaller = (address: string): boolean => address !== '';

/** Leniently: digits with `*` and `#`, anything with an `@`, and `client:` with a name. */
const isCallee = (address: string): boolean => /^(?:\+?[\d*#]+|\S+@\S+|client:\S.*)(?:\?.*)?$/i.test(address);

/**
 * An absolute address that java.net.URI takes too: it refuses characters that a URL may hold (RFC 3986
 * against the WHATWG standard).
 */
function toUri(text: string, field: readonly string[]): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw invalid('The address must be an absolute http or https URL.', field);
  }
  url.pathname = url.pathname.replace(/[[\]]/g, toPercent);
  return url.href.replace(/[|\\^`{}"<>]|%(?![\dA-Fa-f]{2})/g, toPercent);
}

function toPercent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

function invalid(message: string, field: readonly string[]): ProviderError {
  return new ProviderError('INVALID_INPUT', message, { field });
}
