import type { Entry } from '../call-table.ts';
import type { BandwidthCall } from './call.ts';
import type { CarrierContext } from './carrier-context.ts';

/** Whether a call belongs to the account and its retention has not expired. */
export function isRetained(context: CarrierContext, { call }: Entry<BandwidthCall>, now: number): boolean {
  if (call.accountId !== context.options.accountId) return false;
  return call.endTime === null || Date.parse(call.endTime) + context.options.retention >= now;
}

/** Whether reads return a call: it is retained, and the read lag after its creation has passed. */
export function isVisible(context: CarrierContext, entry: Entry<BandwidthCall>, now: number): boolean {
  return entry.visibleFrom <= now && isRetained(context, entry, now);
}
