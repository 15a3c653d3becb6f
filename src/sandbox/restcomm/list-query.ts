import type { Received } from '../journal.ts';
import type { RestcommCall } from './call.ts';
import { readDay } from './dates.ts';
import { createLike, type Database } from './like.ts';

/** The filters of a list that both dialects have. Source: CallDetailRecordFilter of either. */
export interface Criteria {
  readonly to?: string | undefined;
  readonly from?: string | undefined;
  readonly status?: string | undefined;
  readonly parentCallSid?: string | undefined;
  /** start_time at or after, in milliseconds. */
  readonly earliest?: number | undefined;
  /** end_time at or before, in milliseconds; rows without one drop out. */
  readonly latest?: number | undefined;
}

/** Parses Page and PageSize as Java's Integer.parseInt does; undefined if it throws (500). */
export function readPaging(query: Received['query']): { page: number; size: number } | undefined {
  const page = readInteger(query.Page ?? '0');
  const size = readInteger(query.PageSize ?? '50');
  return page === undefined || size === undefined ? undefined : { page, size };
}

/** A whole number of 32 bits, or undefined. */
export function readInteger(text: string): number | undefined {
  const value = /^[+-]?\d+$/.test(text) ? Number(text) : Number.NaN;
  return value >= -0x8000_0000 && value <= 0x7fff_ffff ? value : undefined;
}

/** Parses the filters; undefined if a date is invalid (400). */
export function readCriteria(query: Received['query'], zoneMinutes: number): Criteria | undefined {
  const earliest = query.StartTime === undefined ? undefined : readDay(query.StartTime, zoneMinutes);
  const latest = query.EndTime === undefined ? undefined : readDay(query.EndTime, zoneMinutes);
  if (query.StartTime !== undefined && earliest === undefined) return undefined;
  if (query.EndTime !== undefined && latest === undefined) return undefined;
  return {
    to: query.To,
    from: query.From,
    status: query.Status,
    parentCallSid: query.ParentCallSid,
    earliest,
    latest: latest === undefined ? undefined : latest + 86_400_000,
  };
}

/** The WHERE clause. Strings are compared with LIKE, To and From as suffixes; null does not match. */
export function toMatch(criteria: Criteria, database: Database): (call: RestcommCall) => boolean {
  const tests: ((call: RestcommCall) => boolean)[] = [];
  const { to, from, status, parentCallSid, earliest, latest } = criteria;
  if (to) {
    const like = createLike(`%${to}`, database);
    tests.push((call) => like(call.to));
  }
  if (from) {
    const like = createLike(`%${from}`, database);
    tests.push((call) => like(call.from));
  }
  if (status !== undefined) {
    const like = createLike(status, database);
    tests.push((call) => like(call.status));
  }
  if (parentCallSid !== undefined) {
    const like = createLike(parentCallSid, database);
    tests.push((call) => call.parent_call_sid !== null && like(call.parent_call_sid));
  }
  if (earliest !== undefined) tests.push((call) => call.start_time !== null && call.start_time >= earliest);
  if (latest !== undefined) tests.push((call) => call.end_time !== null && call.end_time <= latest);
  return (call) => tests.every((test) => test(call));
}

/** Checks the page number. Returns the status of the error, undefined if the page is valid. */
export function refusePage(page: number, size: number, total: number): 400 | 500 | undefined {
  if (size === 0) return 500;
  if (page > Math.trunc(total / size)) return 400;
  return size < 0 || page < 0 ? 500 : undefined;
}
