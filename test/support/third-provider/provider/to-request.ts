import { toForm } from '../../../../src/adapters/kit/rest/to-form.ts';
import type { NewCall, Redirect } from '../../../../src/calls/new-call.ts';

/** The form of a create. A method goes along with its URL only. */
export function toCreateForm(call: NewCall): string {
  return toForm({
    To: call.to,
    From: call.from,
    Url: call.answerUrl,
    Method: call.answerMethod,
    FallbackUrl: call.fallbackUrl,
    FallbackMethod: call.fallbackUrl && call.fallbackMethod,
    StatusCallback: call.statusUrl,
    StatusCallbackMethod: call.statusUrl && call.statusMethod,
    Timeout: call.ringTimeout,
  });
}

/** The form that sends a call in progress to another document. */
export function toRedirectForm({ url, method, fallbackUrl, fallbackMethod }: Redirect): string {
  return toForm({
    Url: url,
    Method: method,
    FallbackUrl: fallbackUrl,
    FallbackMethod: fallbackUrl && fallbackMethod,
  });
}
