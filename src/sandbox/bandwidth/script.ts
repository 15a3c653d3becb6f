import type { Entry } from '../call-table.ts';
import type { WebhookResult } from '../webhooks/webhook.ts';
import { readBxml } from './bxml.ts';
import type { BandwidthCall } from './call.ts';
import type { ScriptTarget, Target } from './call-hooks.ts';
import type { CarrierContext } from './carrier-context.ts';
import { type EventMembers, toEvent } from './events.ts';
import { hooksOf } from './hooks-of.ts';
import { answer, type Ending, end, hangupAt } from './states.ts';

/**
 * Asks an application for the BXML of a call, which waits for it. The fallback is asked if the first address does not
 * answer with 2xx. False if there is no address, or none that webhooks are sent to: the call then goes on by itself.
 * Source: Bandwidth docs, voice webhooks, about.
 */
export function requestScript(
  context: CarrierContext,
  entry: Entry<BandwidthCall>,
  target: ScriptTarget | undefined,
  event: EventMembers & { readonly eventType: string; readonly at: number },
): boolean {
  if (target === undefined || !context.webhooks.mayReach(target.url, event.eventType)) return false;
  const { call } = entry;
  const hooks = hooksOf(context, call);
  hooks.scripts += 1;
  const own = hooks.scripts;
  const ask = (from: Target) => context.webhooks.send(toEvent(context, call, from, event));
  const run = async () => {
    let result = await ask(target);
    if (hasFailed(result) && target.fallback !== undefined) result = await ask(target.fallback);
    const isCurrent = context.table.get(call.callId) === entry && hooks.scripts === own;
    if (isCurrent && call.state !== 'disconnected') settleScript(context, entry, result);
  };
  run();
  return true;
}

/** Applies the response: a call without a valid one ends; an inbound call is answered unless its script hangs up. */
function settleScript(context: CarrierContext, entry: Entry<BandwidthCall>, result: WebhookResult): void {
  const { call } = entry;
  const now = context.clock.now();
  const lasts = lastsOf(context, result);
  if (typeof lasts !== 'number' || lasts === 0) {
    const ending = typeof lasts === 'number' ? { cause: 'hangup' } : lasts;
    end(context, call, now, ending);
    context.table.replan(entry, []);
    return;
  }
  if (call.state === 'initiated') answer(call, now);
  const farEnd = entry.plan[0]?.at ?? Number.POSITIVE_INFINITY;
  context.table.replan(entry, hangupAt(context, Math.min(farEnd, now + lasts)));
  context.alarm.set();
}

/** How long the script of a response lasts in milliseconds, or how the call ends for want of one. */
function lastsOf(context: CarrierContext, result: WebhookResult): number | Ending {
  if (result.kind === 'held') return Number.POSITIVE_INFINITY;
  const errorId = context.random.uuid();
  if (result.kind !== 'response' || hasFailed(result)) {
    return { cause: 'callback-error', message: 'Callback could not be delivered', errorId };
  }
  if (result.body === '') return context.options.emptyReplyLasts;
  const script = readBxml(result.body);
  if (script !== undefined && !script.hasUnknown) return script.lasts;
  return { cause: 'invalid-bxml', message: 'Invalid BXML', errorId };
}

/** Whether the fallback is asked. */
function hasFailed(result: WebhookResult): boolean {
  if (result.kind === 'held') return false;
  return result.kind !== 'response' || result.status < 200 || result.status > 299;
}
