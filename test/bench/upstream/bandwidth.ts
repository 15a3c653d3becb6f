import { callEvery, callIdOf, walkedAccount, walkedCalls } from '../figures.ts';
import { bandwidthCall, bandwidthRows, type Row } from './calls.ts';

interface Page {
  readonly body: Buffer;
  readonly link: string | undefined;
}

const minute = 60_000;
const walked = bandwidthRows(walkedAccount, { count: walkedCalls, every: 2 * callEvery, now: Date.now() });
/** Lists of the last hour, made anew every minute so that they go up to now. */
let recent = { since: 0, rows: new Map<string, readonly Row[]>() };
const pages = new Map<string, Page>();

/** One page of an account's calls, oldest first, and a Link where there is more (Bandwidth spec, listCalls). */
export function callPage(accountId: string, query: string): Page {
  const rows = rowsOf(accountId);
  const parameters = new URLSearchParams(query);
  const min = Date.parse(parameters.get('minStartTime') ?? '1970-01-01T00:00:00Z');
  const max = Date.parse(parameters.get('maxStartTime') ?? '9999-01-01T00:00:00Z');
  const size = Number(parameters.get('pageSize') ?? 1000);
  const first = Math.max(indexOf(rows, min), Number(parameters.get('pageToken') ?? 0));
  const end = indexOf(rows, max + 1);
  const last = Math.min(end, first + size);
  const key = `${accountId} ${recent.since} ${first} ${last}`;
  const page = pages.get(key) ?? {
    body: Buffer.from(
      `[${rows
        .slice(first, last)
        .map(({ text }) => text)
        .join(',')}]`,
    ),
    link:
      last < end
        ? `</accounts/${accountId}/calls?pageSize=${size}&pageToken=${last}>; rel="next"`
        : undefined,
  };
  pages.set(key, page);
  return page;
}

function rowsOf(accountId: string): readonly Row[] {
  if (accountId === walkedAccount) return walked;
  const now = Math.floor(Date.now() / minute) * minute;
  if (recent.since !== now) {
    recent = { since: now, rows: new Map() };
    pages.clear();
  }
  const rows = recent.rows.get(accountId) ?? bandwidthRows(accountId, { count: 240, every: callEvery, now });
  recent.rows.set(accountId, rows);
  return rows;
}

/** The first row that started then or later. */
function indexOf(rows: readonly Row[], startedAt: number): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle] as Row).startedAt < startedAt) low = middle + 1;
    else high = middle;
  }
  return low;
}

const someId = callIdOf(0);
const [before = '', after = ''] = bandwidthCall('ACCOUNT', 0, Date.UTC(2026, 10, 21, 6, 20)).split(someId);

/** Every call is there. */
export function callText(accountId: string, callId: string): string {
  return before.replace('ACCOUNT', accountId) + callId + after;
}

let placed = 0;

/** The answer to a create: another identifier each time, no state (Bandwidth spec, createCallResponse). */
export function placedCall(accountId: string): string {
  placed += 1;
  return JSON.stringify({
    applicationId: '04e88489-df02-4e34-a0ee-27a91849555f',
    accountId,
    callId: callIdOf(placed),
    to: '+19195550199',
    from: '+19195550100',
    enqueuedTime: new Date().toISOString(),
    callUrl: `http://127.0.0.1/accounts/${accountId}/calls/${callIdOf(placed)}`,
    callTimeout: 30,
    callbackTimeout: 15,
    answerMethod: 'POST',
    answerUrl: 'https://example.com/answer',
    disconnectMethod: 'POST',
    privacy: false,
  });
}
