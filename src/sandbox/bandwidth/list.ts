import type { Entry } from '../call-table.ts';
import type { Received } from '../journal.ts';
import type { Reply } from '../send-reply.ts';
import { type BandwidthCall, isBefore, toTime } from './call.ts';
import type { CarrierContext } from './carrier-context.ts';
import { BAD_REQUEST, refuse } from './errors.ts';
import { firstAfter, readPageToken, toPageToken } from './page-token.ts';
import { toIsVisible } from './visibility.ts';

const FILTERS = ['to', 'from', 'minStartTime', 'maxStartTime', 'disconnectCause'] as const;
const ISO = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/**
 * `GET /accounts/{accountId}/calls`: a bare array, oldest first, and a Link header while there is more. Bounds on
 * startTime are inclusive; calls that have not started drop out of them. Source: Bandwidth spec, listCalls.
 */
export function listCalls(context: CarrierContext, request: Received): Reply {
  const { query } = request;
  const size = query.pageSize === undefined ? 1000 : Number(query.pageSize);
  if (!/^[+-]?\d+$/.test(query.pageSize ?? '1000')) return refuse(400, BAD_REQUEST);
  if (size < 1 || size > 10_000)
    return refuse(400, `pageSize must be within the range [1, 10000], but was ${size}`);
  const earliest = readBound(query.minStartTime);
  const latest = readBound(query.maxStartTime);
  const after = query.pageToken === undefined ? undefined : readPageToken(query.pageToken);
  if (earliest === null || latest === null || after === null) return refuse(400, BAD_REQUEST);

  const isMatch = toMatch(context, query, earliest, latest);
  const entries = context.table.inOrder();
  const found: Entry<BandwidthCall>[] = [];
  for (let index = after === undefined ? 0 : firstAfter(entries, after); index < entries.length; index++) {
    const entry = entries[index];
    if (entry === undefined || !isMatch(entry)) continue;
    found.push(entry);
    if (found.length > size) break;
  }
  const more = found.length > size;
  if (more) found.pop();
  const last = found.at(-1);
  const link =
    more && last !== undefined ? { Link: `<${toNext(context, query, size, last)}>; rel="next"` } : {};
  return {
    status: 200,
    headers: { 'Content-Type': 'application/json', ...link },
    body: JSON.stringify(found.map((entry) => entry.call)),
  };
}

/** Parses a bound to the format of the calls' times; undefined without one, null if it is invalid. */
function readBound(text: string | undefined): string | undefined | null {
  if (text === undefined || text === '') return undefined;
  return ISO.test(text) && !Number.isNaN(Date.parse(text)) ? toTime(Date.parse(text)) : null;
}

function toMatch(
  context: CarrierContext,
  query: Received['query'],
  earliest: string | undefined,
  latest: string | undefined,
): (entry: Entry<BandwidthCall>) => boolean {
  const isVisible = toIsVisible(context);
  const { to, from, disconnectCause: cause } = query;
  const windowed = context.options.honoursWindow && (earliest !== undefined || latest !== undefined);
  return (entry) => {
    const { call } = entry;
    if (to && call.to !== to) return false;
    if (from && call.from !== from) return false;
    if (cause && call.disconnectCause !== cause) return false;
    if (windowed) {
      if (call.startTime === null) return false;
      if (earliest !== undefined && isBefore(call.startTime, earliest)) return false;
      if (latest !== undefined && isBefore(latest, call.startTime)) return false;
    }
    return isVisible(entry);
  };
}

function toNext(
  context: CarrierContext,
  query: Received['query'],
  size: number,
  last: Entry<BandwidthCall>,
): string {
  const next = new URLSearchParams();
  for (const name of FILTERS) if (query[name]) next.set(name, query[name]);
  next.set('pageSize', String(size));
  next.set('pageToken', toPageToken(last));
  return `${context.baseUrl}/accounts/${context.options.accountId}/calls?${next}`;
}
