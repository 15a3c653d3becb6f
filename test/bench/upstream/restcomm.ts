import { LRUCache } from 'lru-cache';
import { restcommSid, week } from '../figures.ts';
import { numberFrom } from '../traffic.ts';
import type { Page } from './bandwidth.ts';
import { restcommCall } from './calls.ts';

const uri = `/restcomm/2012-04-24/Accounts/${restcommSid}/Calls`;
/** The calls do not change, so that rows stay on their pages. */
const newest = numberFrom(Date.now()) - 1;
const oldest = numberFrom(Date.now() - week);
const pages = new LRUCache<string, Page>({
  maxSize: 64 * 2 ** 20,
  sizeCalculation: ({ body }) => body.length,
});

/**
 * One page of the account's calls, newest first unless `SortBy` says otherwise, of those that started on the day
 * `StartTime` or later; undefined beyond the last page (Restcomm-Connect CallsEndpoint, CallDetailRecordListConverter).
 */
export function restcommPage(format: 'json' | 'xml', query: string): Page | undefined {
  const parameters = new URLSearchParams(query);
  const page = Number(parameters.get('Page') ?? 0);
  const size = Number(parameters.get('PageSize') ?? 50);
  const since = Date.parse(parameters.get('StartTime') ?? '2020-01-01');
  const isAscending = parameters.get('SortBy') === 'DateCreated:asc';
  const first = Math.max(oldest, numberFrom(since));
  const total = Math.max(0, newest + 1 - first);
  if (page > Math.trunc(total / size)) return undefined;
  const key = `${format} ${first} ${isAscending} ${page} ${size}`;
  const known = pages.get(key);
  if (known !== undefined) return known;
  const listed = Array.from({ length: Math.min(size, total - page * size) }, (_, nth) =>
    restcommCall(restcommSid, isAscending ? first + page * size + nth : newest - page * size - nth),
  );
  const text = format === 'json' ? toJson(page, size, total, listed) : toXml(page, size, total, listed);
  const made = { body: Buffer.from(text), rows: listed.length };
  pages.set(key, made);
  return made;
}

type Listed = ReturnType<typeof restcommCall>;

function toJson(page: number, size: number, total: number, listed: readonly Listed[]): string {
  return JSON.stringify({
    page,
    num_pages: Math.trunc(total / size),
    page_size: size,
    total,
    start: String(page * size),
    end: String(page * size + size - 1),
    uri,
    first_page_uri: `${uri}?Page=0&PageSize=${size}`,
    previous_page_uri: 'null',
    next_page_uri: `${uri}?Page=${page + 1}&PageSize=${size}`,
    last_page_uri: `${uri}?Page=${Math.trunc(total / size)}&PageSize=${size}`,
    calls: listed.map((call) => ({
      ...call,
      subresource_uris: {
        notifications: call.uri.replace('.json', '/Notifications.json'),
        recordings: call.uri.replace('.json', '/Recordings.json'),
      },
    })),
  });
}

const elements: Readonly<Record<string, string>> = {
  sid: 'Sid',
  date_created: 'DateCreated',
  date_updated: 'DateUpdated',
  account_sid: 'AccountSid',
  to: 'To',
  from: 'From',
  status: 'Status',
  start_time: 'StartTime',
  end_time: 'EndTime',
  duration: 'Duration',
  price_unit: 'PriceUnit',
  direction: 'Direction',
  api_version: 'ApiVersion',
  caller_name: 'CallerName',
  uri: 'Uri',
  ring_duration: 'Ring__duration',
};

function toXml(page: number, size: number, total: number, listed: readonly Listed[]): string {
  const pages = Math.trunc(total / size);
  const items = listed.map((call) => {
    const leaves = Object.entries(call).map(([name, value]) => {
      const element = elements[name] as string;
      return `      <${element}>${value}</${element}>\n`;
    });
    const empty = ['ParentCallSid', 'PhoneNumberSid', 'AnsweredBy', 'ForwardedFrom'].map(
      (element) => `      <${element}/>\n`,
    );
    return `    <Call>\n${leaves.join('')}${empty.join('')}    </Call>\n`;
  });
  const metadata = `page="${page}" numpages="${pages}" pagesize="${size}" total="${pages}" uri="${uri}"`;
  return `<RestcommResponse>\n  <Calls ${metadata}>\n${items.join('')}  </Calls>\n</RestcommResponse>`;
}
