import type { Entry } from '../roster.ts';
import type { BandwidthCall } from './call.ts';
import type { Setting } from './setting.ts';

/** Whether the account's calls include this one: its own, and ended no longer ago than calls are kept. */
export function isKept(setting: Setting, { call }: Entry<BandwidthCall>, now: number): boolean {
  if (call.accountId !== setting.options.accountId) return false;
  return call.endTime === null || Date.parse(call.endTime) + setting.options.retention >= now;
}

/** Whether a read sees the call: kept, and no longer in the lag after its creation. */
export function isHeld(setting: Setting, entry: Entry<BandwidthCall>, now: number): boolean {
  return entry.visibleFrom <= now && isKept(setting, entry, now);
}
