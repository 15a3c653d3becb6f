import type { Entry } from '../call-table.ts';
import { type BandwidthCall, isBefore, toTime } from './call.ts';
import type { CarrierContext } from './carrier-context.ts';

/** Returns whether a call belongs to the account and its retention has not expired. */
export function toIsRetained({ options, clock }: CarrierContext): (entry: Entry<BandwidthCall>) => boolean {
  const oldest = toTime(clock.now() - options.retention);
  return ({ call: { accountId, endTime } }) =>
    accountId === options.accountId && (endTime === null || !isBefore(endTime, oldest));
}

/** Returns whether reads return a call: it is retained, and the read lag after its creation has passed. */
export function toIsVisible(context: CarrierContext): (entry: Entry<BandwidthCall>) => boolean {
  const now = context.clock.now();
  const isRetained = toIsRetained(context);
  return (entry) => entry.visibleFrom <= now && isRetained(entry);
}
