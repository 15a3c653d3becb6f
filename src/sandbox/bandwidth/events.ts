import type { Webhook } from '../webhooks/webhook.ts';
import { type BandwidthCall, toTime } from './call.ts';
import type { Target } from './call-hooks.ts';
import type { CarrierContext } from './carrier-context.ts';
import { hooksOf } from './hooks-of.ts';

/** The members that an event has beyond the common ones; those that are undefined or null are left out. */
export type EventMembers = Readonly<Record<string, unknown>>;

/**
 * A webhook about a call. Members that are not set are absent. With GET they are query parameters, behind those of the
 * address. Source: Bandwidth docs, voice webhooks.
 */
export function toEvent(
  context: CarrierContext,
  call: BandwidthCall,
  target: Target,
  { eventType, at, ...more }: EventMembers & { readonly eventType: string; readonly at: number },
): Webhook {
  const { timeout, tag, leg } = hooksOf(context, call);
  const event = {
    eventType,
    eventTime: toTime(at),
    accountId: call.accountId,
    applicationId: call.applicationId,
    from: call.from,
    to: call.to,
    direction: call.direction,
    callId: call.callId,
    callUrl: `${context.baseUrl}/accounts/${call.accountId}/calls/${call.callId}`,
    enqueuedTime: call.enqueuedTime,
    startTime: call.startTime,
    answerTime: call.answerTime,
    ...leg,
    ...more,
    tag,
    ...(context.options.extraKeys ? extraKeysOf(call) : {}),
  };
  return toWebhook(target, event, { event: eventType, callId: call.callId, timeout });
}

/** The request of an event. */
export function toWebhook(
  { url, method, credentials }: Target,
  members: EventMembers,
  about: { readonly event: string; readonly callId: string; readonly timeout: number },
): Webhook {
  const event = present(members);
  const common = { ...about, method, credentials };
  if (method === 'GET') return { ...common, url: withQuery(url, event), headers: {}, body: '' };
  const headers = { 'Content-Type': 'application/json' };
  return { ...common, url, headers, body: JSON.stringify(event) };
}

function present(members: EventMembers): EventMembers {
  return Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== undefined && value !== null),
  );
}

/** Members that are seen or announced, but documented for no event. */
function extraKeysOf(call: BandwidthCall): EventMembers {
  const words = { privacy: false, callerDisplayName: '', unheardOf: { of: ['this'] } };
  return { ...words, sipCallId: `${call.callId.slice(2)}@sbc.example` };
}

/** How objects are written into a query is not documented; here as JSON. */
function withQuery(url: string, members: EventMembers): string {
  const extended = new URL(url);
  for (const [name, value] of Object.entries(members)) {
    extended.searchParams.append(name, typeof value === 'object' ? JSON.stringify(value) : String(value));
  }
  return extended.href;
}

/** Sends an event for whose response nobody waits; nothing without an address, or to one elsewhere. */
export function tell(
  context: CarrierContext,
  call: BandwidthCall,
  target: Target | undefined,
  event: EventMembers & { readonly eventType: string; readonly at: number },
): void {
  if (target === undefined || !context.webhooks.mayReach(target.url, event.eventType)) return;
  context.webhooks.send({ ...toEvent(context, call, target, event), retries: true });
}

/** Tells the end of a call, to whom the create or the application named for it. */
export function tellEnd(
  context: CarrierContext,
  call: BandwidthCall,
  at: number,
  sipResponseCode?: number,
): void {
  const { disconnect, endEvent: eventType = 'disconnect' } = hooksOf(context, call);
  const { endTime, disconnectCause: cause, errorMessage, errorId } = call;
  tell(context, call, disconnect, { eventType, at, endTime, cause, errorMessage, errorId, sipResponseCode });
}
