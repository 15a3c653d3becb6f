import { liveStatuses } from './call-filter.ts';
import type { CallDirection, CallStatus, Capability, Provider } from './generated/graphql.ts';

export type CallAction = 'hang-up' | 'cancel' | 'mute' | 'unmute' | 'redirect' | 'bxml';

export interface Changeable {
  readonly status: CallStatus;
  readonly direction: CallDirection;
  readonly provider: Provider;
  readonly account: { readonly capabilities: readonly Capability[] };
}

/** What may be done with a call: what its account can do, and its state allows. */
export function allowedActions(call: Changeable): readonly CallAction[] {
  const isLive = liveStatuses.includes(call.status);
  const isAnswered = call.status === 'IN_PROGRESS';
  // Bandwidth: an outbound call has to be answered first, and a queued one has no document yet.
  const runsDocument = isAnswered || (call.direction === 'INBOUND' && call.status === 'INITIATED');
  const redirects = call.provider === 'BANDWIDTH' ? runsDocument : isLive;
  const rules: readonly (readonly [CallAction, Capability, boolean])[] = [
    ['mute', 'MUTE_CALL', isAnswered],
    ['unmute', 'MUTE_CALL', isAnswered],
    ['redirect', 'REDIRECT_CALL', redirects],
    ['bxml', 'UPDATE_BXML', runsDocument],
    ['cancel', 'CANCEL_CALL', isLive && !isAnswered],
    ['hang-up', 'HANG_UP_CALL', isLive],
  ];
  return rules
    .filter(([, capability, isAllowed]) => isAllowed && call.account.capabilities.includes(capability))
    .map(([action]) => action);
}
