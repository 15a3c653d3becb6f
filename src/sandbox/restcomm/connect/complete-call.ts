import { blankCall, type RestcommCall } from '../call.ts';
import { type CarrierContext, drawCallSid, toStored } from './carrier-context.ts';

/** Completes a given call. The default is an inbound call of two minutes that has just ended. */
export function completeCall(context: CarrierContext, given: Partial<RestcommCall>): RestcommCall {
  const created = toStored(
    given.date_created ?? given.start_time ?? context.clock.now() - 123_000,
    context.database,
  );
  const status = given.status ?? 'completed';
  const ended = status === 'completed' ? created + 123_000 : null;
  const call: RestcommCall = {
    ...blankCall(given.sid ?? drawCallSid(context), created),
    instance_id: context.instanceId,
    account_sid: context.accounts[0]?.sid ?? null,
    to: '+19195551234',
    from: '+19195554321',
    start_time: ended === null ? created : created + 3_000,
    end_time: ended,
    duration: ended === null ? null : 120,
    ring_duration: ended === null ? null : 3,
    price: '0.00',
    ...given,
  };
  return {
    ...call,
    date_updated: given.date_updated ?? call.end_time ?? call.start_time ?? call.date_created,
  };
}
