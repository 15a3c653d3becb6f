/**
 * A call detail record as Restcomm keeps it, members named as in its JSON. Times are milliseconds since the epoch
 * (`new Date(call.date_created)` reads them); on the wire they have two formats and the server's zone.
 * Source: Restcomm-Connect and RestComm/sbc, CallDetailRecord and CallDetailRecordConverter.
 */
export interface RestcommCall {
  sid: string;
  /** The server instance, null where there is none. On the wire `InstanceId` in both forms. */
  instance_id: string | null;
  date_created: number;
  date_updated: number;
  parent_call_sid: string | null;
  /** Null at SBC, which has no accounts in its records. */
  account_sid: string | null;
  to: string;
  from: string;
  phone_number_sid: string | null;
  status: string;
  start_time: number | null;
  end_time: number | null;
  /** Whole seconds. */
  duration: number | null;
  /** Decimal text; only XML shows it. */
  price: string | null;
  price_unit: string;
  direction: string;
  answered_by: string | null;
  api_version: string;
  forwarded_from: string | null;
  caller_name: string | null;
  /** Whole seconds. */
  ring_duration: number | null;
  /** Never on the wire. SBC does not list rows in which it is null. */
  muted: boolean | null;
  /** Never on the wire; filtered by at Connect. */
  conference_sid: string | null;
  /** Never on the wire. Connect cannot modify a call without one. */
  call_path: string | null;
}

/** A record given by a test: times as milliseconds, Date or string in either wire format. */
export type GivenCall = Partial<{
  [M in keyof RestcommCall]: M extends Time ? RestcommCall[M] | string | Date : RestcommCall[M];
}>;

type Time = 'date_created' | 'date_updated' | 'start_time' | 'end_time';

const TIMES: readonly Time[] = ['date_created', 'date_updated', 'start_time', 'end_time'];

/** Parses the times of a given record. Throws a RangeError for an invalid time. */
export function readGiven(given: GivenCall): Partial<RestcommCall> {
  const read: Partial<RestcommCall> = {};
  for (const time of TIMES) {
    const value = given[time];
    if (value === undefined || value === null) continue;
    const milliseconds = new Date(value).getTime();
    if (Number.isNaN(milliseconds)) throw new RangeError(`${time} is not a time: ${String(value)}`);
    read[time] = milliseconds;
  }
  return { ...(given as Partial<RestcommCall>), ...read };
}

/** Creates a record with default values. */
export function blankCall(sid: string, now: number): RestcommCall {
  return {
    sid,
    instance_id: null,
    date_created: now,
    date_updated: now,
    parent_call_sid: null,
    account_sid: null,
    to: '',
    from: '',
    phone_number_sid: null,
    status: 'completed',
    start_time: null,
    end_time: null,
    duration: null,
    price: null,
    price_unit: 'USD',
    direction: 'inbound',
    answered_by: null,
    api_version: '2012-04-24',
    forwarded_from: null,
    caller_name: null,
    ring_duration: null,
    muted: false,
    conference_sid: null,
    call_path: '/sandbox/call',
  };
}

/** Normalizes the spelling of a status, such as `QUEUED`, `wait-for-answer` or `NOT_FOUND`: lower case with hyphens. */
export function foldStatus(status: string): string {
  return status.toLowerCase().replaceAll('_', '-');
}

const OVER = new Set(['completed', 'canceled', 'busy', 'failed', 'no-answer', 'not-found']);

/** Whether a status, in either spelling, is final. */
export function isOver(status: string): boolean {
  return OVER.has(foldStatus(status));
}

/** Whole seconds between two instants. */
export function secondsBetween(earlier: number, later: number): number {
  return Math.max(0, Math.floor((later - earlier) / 1000));
}
