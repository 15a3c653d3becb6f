import { LRUCache } from 'lru-cache';
import { callIdOf, walkedAccount, walkedCalls, week } from '../figures.ts';
import { numberFrom } from '../traffic.ts';
import { bandwidthCall } from './calls.ts';

/** An answer with so many rows. */
export interface Page {
  readonly body: Buffer;
  readonly rows: number;
  readonly link?: string;
}

/** Bytes. */
const kept = 256 * 2 ** 20;
const pages = new LRUCache<string, Page>({ maxSize: kept, sizeCalculation: ({ body }) => body.length + 200 });
const walkedEnd = numberFrom(Date.now());

/**
 * One page of an account's calls, oldest first, and a Link where there is more (Bandwidth spec, listCalls): `pageSize`
 * rows of those within the bounds, from the call on whose number is the token.
 */
export function callPage(accountId: string, query: string): Page {
  const parameters = new URLSearchParams(query);
  const min = Date.parse(parameters.get('minStartTime') ?? '2020-01-01T00:00:00Z');
  const max = Date.parse(parameters.get('maxStartTime') ?? '2199-01-01T00:00:00Z');
  const size = Number(parameters.get('pageSize') ?? 1000);
  const token = Number(parameters.get('pageToken') ?? 0);
  const now = Date.now();
  const isWalked = accountId === walkedAccount;
  const begin = isWalked ? walkedEnd - walkedCalls : numberFrom(now - week);
  const end = Math.min(isWalked ? walkedEnd : numberFrom(now), numberFrom(max + 1));
  const first = Math.max(begin, numberFrom(min), token);
  const last = Math.max(first, Math.min(end, first + size));
  const key = `${accountId} ${first} ${last} ${last < end}`;
  const page = pages.get(key) ?? toPage(accountId, first, last, last < end ? size : undefined);
  pages.set(key, page);
  return page;
}

/** @param size of the next page; undefined where there is none */
function toPage(accountId: string, first: number, last: number, size: number | undefined): Page {
  const rows = Array.from({ length: last - first }, (_, nth) => bandwidthCall(accountId, first + nth));
  const body = Buffer.from(`[${rows.join(',')}]`);
  if (size === undefined) return { body, rows: rows.length };
  return {
    body,
    rows: rows.length,
    link: `</accounts/${accountId}/calls?pageSize=${size}&pageToken=${last}>; rel="next"`,
  };
}

const someId = callIdOf(0);
const [before = '', after = ''] = bandwidthCall('ACCOUNT', 0).split(someId);

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
    enqueuedTime: new Date(Date.now()).toISOString(),
    callUrl: `http://127.0.0.1/accounts/${accountId}/calls/${callIdOf(placed)}`,
    callTimeout: 30,
    callbackTimeout: 15,
    answerMethod: 'POST',
    answerUrl: 'https://example.com/answer',
    disconnectMethod: 'POST',
    privacy: false,
  });
}
