import { restcommSid } from '../figures.ts';
import { restcommCall } from './calls.ts';

const rows = 1_000;
const uri = `/restcomm/2012-04-24/Accounts/${restcommSid}/Calls`;
const calls = Array.from({ length: rows }, (_, number) => restcommCall(restcommSid, number));
const pages = new Map<string, Buffer>();

/** One page of the account's calls, newest first (Restcomm-Connect CallDetailRecordListConverter). */
export function restcommPage(format: 'json' | 'xml', query: string): Buffer {
  const parameters = new URLSearchParams(query);
  const page = Number(parameters.get('Page') ?? 0);
  const size = Number(parameters.get('PageSize') ?? 50);
  const key = `${format} ${page} ${size}`;
  const known = pages.get(key);
  if (known !== undefined) return known;
  const listed = calls.slice(page * size, (page + 1) * size);
  const made = Buffer.from(format === 'json' ? toJson(page, size, listed) : toXml(page, size, listed));
  pages.set(key, made);
  return made;
}

type Listed = ReturnType<typeof restcommCall>;

function toJson(page: number, size: number, listed: readonly Listed[]): string {
  return JSON.stringify({
    page,
    num_pages: Math.trunc(rows / size),
    page_size: size,
    total: rows,
    start: String(page * size),
    end: String(page * size + size - 1),
    uri,
    first_page_uri: `${uri}?Page=0&PageSize=${size}`,
    previous_page_uri: 'null',
    next_page_uri: `${uri}?Page=${page + 1}&PageSize=${size}`,
    last_page_uri: `${uri}?Page=${Math.trunc(rows / size)}&PageSize=${size}`,
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

function toXml(page: number, size: number, listed: readonly Listed[]): string {
  const pages = Math.trunc(rows / size);
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
