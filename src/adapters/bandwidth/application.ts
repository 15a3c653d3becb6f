import type { Account } from '../../calls/account.ts';
import type { Call } from '../../calls/call.ts';
import { ProviderError } from '../../calls/failure.ts';
import type { NewCall } from '../../calls/new-call.ts';

/**
 * The voice application that a call is placed for: the one that the call names, or else the account's.
 *
 * @throws ProviderError INVALID_INPUT where there is neither
 */
export function toApplicationId(call: NewCall, configured: string | undefined, { name }: Account): string {
  const applicationId = call.bandwidth?.applicationId || configured;
  if (applicationId !== undefined) return applicationId;
  const message = `${name} has no application configured, so the call must name one.`;
  throw new ProviderError('INVALID_INPUT', message, { field: ['input', 'bandwidth', 'applicationId'] });
}

/**
 * Whether a call may have been placed for the same application: calls show theirs (Bandwidth spec, callState). An
 * attempt from before the account's application was changed matches no call, and stays unknown.
 */
export function fitsApplication({ details }: Call, call: NewCall, configured: string | undefined): boolean {
  const shown = 'applicationId' in details ? details.applicationId : null;
  return (
    shown == null || shown.toLowerCase() === (call.bandwidth?.applicationId || configured)?.toLowerCase()
  );
}
