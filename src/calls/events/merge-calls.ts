import type { Call } from '../call.ts';

/** A call as it is kept: its account is known by the key of the entry. */
export type CallRecord = Omit<Call, 'account'>;

/**
 * The fields of the later state, and of the earlier one what the later does not tell: a webhook names few fields, and
 * one that says nothing of the answer does not take it back.
 */
export function mergeCalls(earlier: CallRecord, later: CallRecord): CallRecord {
  const { details } = later;
  const merged = { ...earlier, ...known(later) };
  return { ...merged, details: { ...earlier.details, ...known(details), provider: details.provider } };
}

/** Whether the first one tells something that the other does not. */
export function tellsMore(one: CallRecord, other: CallRecord): boolean {
  const count = (record: CallRecord) =>
    Object.keys(known(record)).length + Object.keys(known(record.details)).length;
  return count(one) > count(other);
}

/** The members that tell something. */
function known<T extends object>(record: T): Partial<T> {
  const told = Object.entries(record).filter(
    ([, value]) => value !== null && value !== undefined && value !== '' && value !== 'UNKNOWN',
  );
  return Object.fromEntries(told) as Partial<T>;
}
