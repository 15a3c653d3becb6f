import type { CallsAdapter } from '../../calls/calls-adapter.ts';
import { ProviderError } from '../../calls/failure.ts';
import type { NewCall, Redirect } from '../../calls/new-call.ts';
import { isSipAddress } from '../../calls/sip-uri.ts';

type CallEnd = Parameters<CallsAdapter['end']>[1];

/**
 * The form of a create. What the server would take and do something odd with is refused here: an address that is
 * none ends in its 500, which could also mean that a call was placed (Restcomm-Connect CallsEndpoint.putCall).
 *
 * @throws ProviderError INVALID_INPUT
 */
export function toCreateForm(call: NewCall): string {
  const { from, to, answerUrl, answerMethod, fallbackUrl, fallbackMethod, statusUrl, statusMethod } = call;
  const { ringTimeout } = call;
  if (ringTimeout !== undefined && !(Number.isInteger(ringTimeout) && ringTimeout > 0)) {
    throw invalid('The ring timeout must be a whole number of seconds, 1 or more.', ['input', 'ringTimeout']);
  }
  if (!isCaller(from)) {
    throw invalid('The caller must be a telephone number, a SIP URI or a name without `@`.', [
      'input',
      'from',
    ]);
  }
  if (!isCallee(to)) {
    throw invalid('The called party must be a telephone number, a SIP URI or client:name.', ['input', 'to']);
  }
  const form = new URLSearchParams({
    From: from,
    To: to,
    Url: answerUrl,
    Method: answerMethod,
  });
  if (fallbackUrl !== undefined) {
    form.set('FallbackUrl', fallbackUrl);
    form.set('FallbackMethod', fallbackMethod);
  }
  if (statusUrl !== undefined) {
    form.set('StatusCallback', statusUrl);
    form.set('StatusCallbackMethod', statusMethod);
  }
  if (ringTimeout !== undefined) form.set('Timeout', String(ringTimeout));
  return form.toString();
}

/**
 * The form that sends a live call to another document. Every change without `Mute=true` unmutes a call
 * in progress, so a muted one must be said to be.
 */
export function toRedirectForm(redirect: Redirect, isMuted: boolean): string {
  const { url, method, fallbackUrl, fallbackMethod, restcomm } = redirect;
  const form = new URLSearchParams({ Url: url, Method: method });
  if (fallbackUrl !== undefined) {
    form.set('FallbackUrl', fallbackUrl);
    form.set('FallbackMethod', fallbackMethod);
  }
  if (restcomm?.statusUrl !== undefined) {
    form.set('StatusCallback', restcomm.statusUrl);
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

const isCaller = (address: string): boolean => !/^sips?:|@/i.test(address) || isSipAddress(address);

/** Leniently: digits with `*` and `#`, a SIP address, and `client:` with a name; SIP headers behind them. */
const isCallee = (address: string): boolean =>
  /^(?:\+?[\d*#]+|client:[^\s@?][^@?]*)(?:\?.*)?$/i.test(address) || isSipAddress(address);

function invalid(message: string, field: readonly string[]): ProviderError {
  return new ProviderError('INVALID_INPUT', message, { field });
}
