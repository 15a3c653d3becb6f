import type { Clock } from '../../../src/sandbox/clock.ts';
import type { Received } from '../../../src/sandbox/journal.ts';
import type { Reply } from '../../../src/sandbox/send-reply.ts';
import { type CarrierServer, startServer } from '../../../src/sandbox/server.ts';

/** A call as the server keeps it. Times are milliseconds since the epoch. */
interface Kept {
  readonly sid: string;
  readonly created: number;
  readonly from: string;
  readonly to: string;
  /** Set when it is ended by an update. */
  readonly ended?: { readonly status: string; readonly at: number };
}

export interface ThirdProvider extends CarrierServer {
  readonly accountSid: string;
  readonly authToken: string;
  /** Adds a call that was created then, and returns its sid. */
  add(created: number, numbers?: { readonly from?: string; readonly to?: string }): string;
  remove(sid: string): void;
}

type Form = Readonly<Record<string, string | undefined>>;

const accountSid = `AC${'0'.repeat(32)}`;
const authToken = 'third-secret';
const root = `/2010-04-01/Accounts/${accountSid}/Calls`;
const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
/** Milliseconds after its creation at which a call rings, is answered and is over. */
const [rings, answered, over] = [1_000, 5_000, 125_000];
const day = 86_400_000;

/** An API in the manner of Twilio's Calls of 2010-04-01, on a loopback socket. */
export async function startThirdProvider(clock: Clock): Promise<ThirdProvider> {
  const calls = new Map<string, Kept>();
  let added = 0;

  const add: ThirdProvider['add'] = (created, { from = '+19195550100', to = '+19195550123' } = {}) => {
    // Not in the order of creation, so that calls of one second are in none.
    added += 1;
    const sid = `CA${(added * 2_654_435_761).toString(16).slice(-8).padStart(32, '0')}`;
    calls.set(sid, { sid, created: Math.floor(created / 1_000) * 1_000, from, to });
    return sid;
  };

  const show = (status: number, sid: string) => reply(status, toWire(calls.get(sid) as Kept, clock.now()));

  const handle = ({ method, path, headers, query, body }: Received): Reply => {
    if (headers.authorization !== authorization) return refuse(401, 20003);
    const form: Form = Object.fromEntries(new URLSearchParams(body));
    if (path === `${root}.json`) return method === 'POST' ? place(form) : list(query);
    const sid = path.startsWith(`${root}/`) ? path.slice(root.length + 1, -'.json'.length) : '';
    const call = calls.get(sid);
    if (call === undefined) return refuse(404, 20404);
    return method === 'POST' ? change(call, form) : show(200, sid);
  };

  const place = ({ To, From, Url }: Form): Reply => {
    if (!To || !From || !Url) return refuse(400, To ? 21213 : 21201);
    return show(201, add(clock.now(), { from: From, to: To }));
  };

  /** An answered call can be ended or sent on, any other be ended until it is over. */
  const change = (call: Kept, { Status, Url }: Form): Reply => {
    const status = statusOf(call, clock.now());
    const isAnswered = status === 'in-progress';
    const isWaiting = status === 'queued' || status === 'ringing';
    if (Status === undefined && Url === undefined) return refuse(400, 21218);
    if (Status === undefined || Status === 'completed' ? !isAnswered && !(Status && isWaiting) : !isWaiting) {
      return refuse(400, 21220);
    }
    const end = { status: isAnswered ? 'completed' : 'canceled', at: clock.now() };
    if (Status !== undefined) calls.set(call.sid, { ...call, ended: end });
    return show(200, call.sid);
  };

  /** Newest first. A token names the last call of the page before, so insertions and removals shift nothing. */
  const list = (query: Form): Reply => {
    const { PageToken, To, From, Status, 'StartTime>': min, 'StartTime<': max } = query;
    const size = Math.min(Number(query.PageSize ?? 50), 1_000);
    const now = clock.now();
    const last = PageToken && Buffer.from(PageToken, 'base64url').toString();
    const isAsked = (call: Kept): boolean => {
      const start = startOf(call, now);
      const isFrom = min === undefined || (start !== undefined && start >= Date.parse(min));
      const isUntil = max === undefined || (start !== undefined && start < Date.parse(max) + day);
      const isOther = (To ?? call.to) !== call.to || (From ?? call.from) !== call.from;
      return isFrom && isUntil && !isOther && (Status === undefined || statusOf(call, now) === Status);
    };
    const rows = [...calls.values()]
      .filter((call) => (!last || keyOf(call) < last) && isAsked(call))
      .sort((a, b) => (keyOf(a) < keyOf(b) ? 1 : -1));
    const page = rows.slice(0, size);
    const token = Buffer.from(page.map(keyOf).at(-1) ?? '').toString('base64url');
    const next = new URLSearchParams({ ...query, PageToken: token });
    return reply(200, {
      calls: page.map((call) => toWire(call, now)),
      next_page_uri: rows.length > size ? `${root}.json?${next}` : null,
    });
  };

  const toErrorReply = (status: number) => refuse(status, 20_000);
  const server = await startServer({ port: 0, clock, latency: 0, handle, toErrorReply });
  return Object.assign(server, {
    accountSid,
    authToken,
    add,
    remove: (sid: string) => void calls.delete(sid),
  });
}

/** What calls are sorted by. */
function keyOf({ created, sid }: Kept): string {
  return `${String(created).padStart(15, '0')} ${sid}`;
}

function statusOf({ created, ended }: Kept, now: number): string {
  if (ended !== undefined) return ended.status;
  if (now >= created + over) return 'completed';
  return now >= created + answered ? 'in-progress' : now >= created + rings ? 'ringing' : 'queued';
}

function startOf({ created, ended }: Kept, now: number): number | undefined {
  return (ended?.at ?? now) < created + rings ? undefined : created + rings;
}

function toWire(call: Kept, now: number): object {
  const { sid, from, to, created, ended } = call;
  const end = ended?.at ?? (now >= created + over ? created + over : undefined);
  const duration = end && `${Math.max(0, end - created - answered) / 1_000}`;
  const dates = { date_created: toDate(created), date_updated: toDate(end ?? created) };
  const times = { start_time: toDate(startOf(call, now)), end_time: toDate(end), duration: duration ?? null };
  return { sid, from, to, status: statusOf(call, now), direction: 'outbound-api', ...dates, ...times };
}

/** RFC 2822, as all dates of this API. */
function toDate(time: number | undefined): string | null {
  return time === undefined ? null : new Date(time).toUTCString().replace('GMT', '+0000');
}

function reply(status: number, body: object): Reply {
  return { status, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
}

function refuse(status: number, code: number): Reply {
  return reply(status, { code, message: 'Refused', more_info: `https://example.com/errors/${code}`, status });
}
