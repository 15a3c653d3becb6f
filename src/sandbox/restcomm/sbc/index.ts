import { createHash } from 'node:crypto';
import { type Arrival, createArrivals, PICK_UP_MS } from '../../arrivals.ts';
import { SWEEP_MS } from '../../assumptions.ts';
import { createCallTable } from '../../call-table.ts';
import { systemClock } from '../../clock.ts';
import { createRandom, hashOf } from '../../random.ts';
import { type CarrierServer, startServer } from '../../server.ts';
import { blankCall, type GivenCall, type RestcommCall, readGiven } from '../call.ts';
import { toErrorReply } from '../replies.ts';
import { createRowCache } from '../row-cache.ts';
import { drawSid } from '../sid.ts';
import { type CarrierContext, type SbcOptions, settle } from './carrier-context.ts';
import { endStep, sweepAfter, sweepStep } from './lifecycle.ts';
import { route } from './routes.ts';
import { seedCalls } from './seed.ts';

/** Starts an emulated Restcomm SBC on a loopback socket. */
export async function startSbc(options: SbcOptions = {}): Promise<SbcCarrier> {
  const clock = options.clock ?? systemClock;
  const username = options.username ?? 'ACae6e420f425248d6a26948c17a9e2acf';
  const idOf = (call: RestcommCall) => call.sid;
  const table = createCallTable(idOf);
  const context: CarrierContext = {
    clock,
    random: createRandom((options.seed?.seed ?? 1) ^ hashOf(`sbc ${username}`)),
    table,
    rowCache: createRowCache(),
    username,
    password: options.password ?? createHash('md5').update('sandbox').digest('hex'),
    email: options.email ?? 'administrator@company.example',
    friendlyName: 'Default Administrator Account',
    create: options.create ?? false,
    arrivals: createArrivals({
      perMinute: options.arrivalsPerMinute ?? 0,
      clock,
      random: createRandom(hashOf(`arrivals at sbc ${username}`)),
      table,
      idOf,
      arrive: (arrival, at) => arrive(context, arrival, at),
    }),
    sweep: options.sweep ?? SWEEP_MS,
    started: clock.now(),
    database: options.database ?? 'hsqldb',
    dialect: {
      zoneMinutes: options.zoneOffsetMinutes ?? 0,
      hasAccounts: false,
      uriOf: (call) => `2012-04-24/Calls/${call.sid}`,
    },
  };
  if (options.seed !== undefined) seedCalls(context, options.seed.calls);
  const server = await startServer({
    port: options.port ?? 0,
    clock,
    latency: options.latency ?? 0,
    handle: (request, junk) => route(context, request, junk),
    toErrorReply: toErrorReply,
  });
  const members = {
    baseUrl: `${server.origin}/restcomm-sbc/2012-04-24`,
    username,
    password: context.password,
    email: context.email,
    friendlyName: context.friendlyName,
    get calls() {
      settle(context);
      return context.table.inOrder().map((entry) => entry.call);
    },
    add: (given: GivenCall) => write(context, completeCall(context, readGiven(given))),
    remove: (sid: string) => context.table.remove(sid),
    clear: () => context.table.clear(),
  };
  return Object.defineProperties(server, Object.getOwnPropertyDescriptors(members)) as SbcCarrier;
}

/** An emulated Restcomm SBC. */
export interface SbcCarrier extends CarrierServer {
  /** `http://127.0.0.1:PORT/restcomm-sbc/2012-04-24` */
  readonly baseUrl: string;
  readonly username: string;
  readonly password: string;
  readonly email: string;
  /** Accepted by the first of two checks only, which causes 500. */
  readonly friendlyName: string;
  /** The current calls, oldest first, including those that are not written to the table yet. */
  readonly calls: readonly Readonly<RestcommCall>[];
  /** Adds a call with the given members and defaults for the rest. It is listed after its end. */
  add(call: GivenCall): Readonly<RestcommCall>;
  remove(sid: string): boolean;
  clear(): void;
}

/** A call that has ended is listed immediately; others are listed after the first sweep after their end. */
function write(context: CarrierContext, call: RestcommCall): RestcommCall {
  const end = call.end_time ?? call.date_created;
  if (end <= context.clock.now()) {
    context.table.insert(call, { createdAt: call.date_created });
    return call;
  }
  const visibleFrom = sweepAfter(context, end);
  const plan = [endStep(end, call.status), sweepStep(visibleFrom)];
  const current = call.status === 'COMPLETED' || call.status === 'FAILED' ? 'IN_PROGRESS' : call.status;
  const live = { ...call, status: current, end_time: call.date_created, duration: null };
  context.table.insert(live, { createdAt: call.date_created, visibleFrom, plan });
  return live;
}

/** An inbound call arrives, which can be read when it has ended. */
function arrive(context: CarrierContext, { from, to, callerName, talks }: Arrival, at: number): void {
  const [start_time, end_time] = [at + PICK_UP_MS, at + PICK_UP_MS + talks];
  const members = { from, to, caller_name: callerName, date_created: at, start_time, end_time };
  write(context, completeCall(context, members));
}

/** Completes a given call. The default is an inbound call of two minutes that has just ended. */
function completeCall(context: CarrierContext, given: Partial<RestcommCall>): RestcommCall {
  const created = given.date_created ?? given.start_time ?? context.clock.now() - 122_000;
  const start = given.start_time ?? created + 2_000;
  const end = given.end_time === undefined ? start + 120_000 : given.end_time;
  const call: RestcommCall = {
    ...blankCall(given.sid ?? drawSid(context.random, 'RN'), created),
    parent_call_sid: drawSid(context.random, 'RN'),
    to: '+19195551234',
    from: '+19195554321',
    status: 'COMPLETED',
    start_time: start,
    end_time: end,
    duration: end === null ? null : Math.max(0, Math.floor((end - start) / 1000)),
    ring_duration: 2,
    price: '0',
    caller_name: 'Unknown',
    ...given,
  };
  return { ...call, date_updated: given.date_updated ?? call.end_time ?? call.date_created };
}
