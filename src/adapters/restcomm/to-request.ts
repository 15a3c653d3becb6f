import type { CallsAdapter } from '../../calls/calls-adapter.ts';
import { ProviderError } from '../../calls/failure.ts';
import type { NewCall, Redirect } from '../../calls/new-call.ts';
import { isSipAddress } from '../../calls/sip-uri.ts';
import { toForm } from '../kit/rest/to-form.ts';

/**
 * The form of a create. What the server would take and do something odd with is refused here: an address that is
 * none ends in its 500, which could also mean that a call was placed (Restcomm-Connect CallsEndpoint.putCall).
 *
 * @throws ProviderError INVALID_INPUT
 */
export function toCreateForm(call: NewCall): string {
  const { from, to, ringTimeout } = call;
  if (ringTimeout !== undefined && !(Number.isInteger(ringTimeout) && ringTimeout > 0)) {
    throw invalid('a whole number of seconds, 1 or more', 'ringTimeout');
  }
  if (!isCaller(from)) throw invalid('a telephone number, a SIP URI or a name without `@`', 'from');
  if (!isCallee(to)) throw invalid('a telephone number, a SIP URI or `client:name`', 'to');
  return toForm({
    From: from,
    To: to,
    Url: call.answerUrl,
    Method: call.answerMethod,
    FallbackUrl: call.fallbackUrl,
    FallbackMethod: call.fallbackUrl && call.fallbackMethod,
    StatusCallback: call.statusUrl,
    StatusCallbackMethod: call.statusUrl && call.statusMethod,
    Timeout: ringTimeout,
  });
}

/**
 * The form that sends a live call to another document. Every change without `Mute=true` unmutes a call
 * in progress, so a muted one must be said to be.
 */
export function toRedirectForm({ restcomm = {}, ...redirect }: Redirect, isMuted: boolean): string {
  return toForm({
    Url: redirect.url,
    Method: redirect.method,
    FallbackUrl: redirect.fallbackUrl,
    FallbackMethod: redirect.fallbackUrl && redirect.fallbackMethod,
    StatusCallback: restcomm.statusUrl,
    StatusCallbackMethod: restcomm.statusUrl && (restcomm.statusMethod ?? 'POST'),
    MoveConnectedCallLeg: restcomm.moveConnectedCallLeg || undefined,
    Mute: isMuted || undefined,
  });
}

export function toEndForm(how: Parameters<CallsAdapter['end']>[1], isMuted: boolean): string {
  if (how === 'HANG_UP') return 'Status=completed';
  return isMuted ? 'Status=canceled&Mute=true' : 'Status=canceled';
}

const isCaller = (address: string): boolean => !/^sips?:|@/i.test(address) || isSipAddress(address);

/** Leniently: digits with `*` and `#`, a SIP address, and `client:` with a name; SIP headers after them. */
const isCallee = (address: string): boolean =>
  /^(?:\+?[\d*#]+|client:[^\s@?][^@?]*)(?:\?.*)?$/i.test(address) || isSipAddress(address);

function invalid(due: string, field: string): ProviderError {
  return new ProviderError('INVALID_INPUT', `\`input.${field}\` must be ${due}.`, {
    field: ['input', field],
  });
}
