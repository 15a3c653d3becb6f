import { createAlarm } from '../../alarm.ts';
import { createArrivals } from '../../arrivals.ts';
import { CLIENTS, CONNECT_RESPONSE_TIMEOUT_MS, TALK_MS } from '../../assumptions.ts';
import { createCallTable } from '../../call-table.ts';
import { systemClock } from '../../clock.ts';
import { createRandom, hashOf } from '../../random.ts';
import { type CarrierServer, startServer } from '../../server.ts';
import { createWebhooks, type Webhooks } from '../../webhooks/create-webhooks.ts';
import { blankCall, type GivenCall, type RestcommCall, readGiven } from '../call.ts';
import { toErrorReply } from '../replies.ts';
import { createRowCache } from '../row-cache.ts';
import { drawSid } from '../sid.ts';
import { arrive } from './arrive.ts';
import {
  type CarrierContext,
  type ConnectOptions,
  drawCallSid,
  ownAccount,
  settle,
  toStored,
} from './carrier-context.ts';
import type { ConnectCallbacks } from './leg.ts';
import { route } from './routes.ts';
import { seedCalls } from './seed.ts';

/** Starts an emulated Restcomm Connect on a loopback socket. */
export async function startConnect(options: ConnectOptions = {}): Promise<ConnectCarrier> {
  const clock = options.clock ?? systemClock;
  const own = ownAccount(options);
  const random = createRandom((options.seed?.seed ?? 1) ^ hashOf(own.sid));
  const idOf = (call: RestcommCall) => call.sid;
  const table = createCallTable(idOf);
  const context: CarrierContext = {
    clock,
    random,
    table,
    rowCache: createRowCache(),
    accounts: [own, ...(options.accounts ?? [])],
    instanceId: drawSid(random, 'ID'),
    sortBy: options.sortBy ?? true,
    database: options.database ?? 'hsqldb',
    unstableTies: options.unstableTies ?? false,
    clients: options.clients ?? CLIENTS,
    outboundProxy: options.outboundProxy ?? true,
    plainSids: options.plainSids ?? false,
    dialect: {
      zoneMinutes: options.zoneOffsetMinutes ?? 0,
      hasAccounts: true,
      uriOf: (call) => `/2012-04-24/Accounts/${call.account_sid}/Calls/${call.sid}`,
    },
    webhooks: createWebhooks(clock, options.log ?? (() => {})),
    alarm: createAlarm(
      clock,
      () => Math.min(context.arrivals.nextDue, table.nextDue),
      () => settle(context),
    ),
    arrivals: createArrivals({
      perMinute: options.arrivalsPerMinute ?? 0,
      clock,
      random: createRandom(hashOf(`arrivals ${own.sid}`)),
      table,
      idOf,
      arrive: ({ from, to, callerName, talks }, at) =>
        arrive(context, { from, to, caller_name: callerName }, talks, at),
    }),
    legs: new WeakMap(),
    callbacks: options.callbacks ?? {},
    responseTimeout: options.responseTimeout ?? CONNECT_RESPONSE_TIMEOUT_MS,
    ringTimer: options.ringTimer ?? false,
    lastList: null,
  };
  if (options.seed !== undefined) seedCalls(context, options.seed.calls);
  const server = await startServer({
    port: options.port ?? 0,
    clock,
    latency: options.latency ?? 0,
    handle(request, junk) {
      const reply = route(context, request, junk);
      context.alarm.set();
      return reply;
    },
    toErrorReply: toErrorReply,
  });
  context.alarm.set();
  const { close } = server;
  const members = {
    baseUrl: `${server.origin}/restcomm/2012-04-24`,
    accountSid: own.sid,
    authToken: own.authToken,
    email: own.email,
    get calls() {
      settle(context);
      return context.table.inOrder().map((entry) => entry.call);
    },
    add(given: GivenCall) {
      const call = completeCall(context, readGiven(given));
      context.table.insert(call, { createdAt: call.date_created });
      return call;
    },
    arrive: (given: GivenCall = {}, talks = TALK_MS) => arrive(context, readGiven(given), talks, clock.now()),
    change(sid: string, changed: GivenCall) {
      const entry = context.table.get(sid);
      if (entry === undefined) throw new RangeError(`no such call: ${sid}`);
      Object.assign(entry.call, readGiven(changed));
      context.table.replan(entry, entry.plan);
    },
    remove: (sid: string) => context.table.remove(sid),
    clear: () => context.table.clear(),
    webhooks: context.webhooks as Webhooks,
    async close() {
      context.alarm.close();
      await Promise.all([context.webhooks.close(), close()]);
    },
    get callbacks() {
      return context.callbacks;
    },
    set callbacks(callbacks: ConnectCallbacks) {
      context.callbacks = callbacks;
    },
  };
  return Object.defineProperties(server, Object.getOwnPropertyDescriptors(members)) as ConnectCarrier;
}

/** An emulated Restcomm Connect. */
export interface ConnectCarrier extends CarrierServer {
  /** `http://127.0.0.1:PORT/restcomm/2012-04-24` */
  readonly baseUrl: string;
  readonly accountSid: string;
  readonly authToken: string;
  /** Accepted as user name too. */
  readonly email: string;
  /** The current calls of all accounts, oldest first. */
  readonly calls: readonly Readonly<RestcommCall>[];
  /** Adds a call with the given members and defaults for the rest. It changes only when it is modified. */
  add(call: GivenCall): Readonly<RestcommCall>;
  /**
   * An inbound call with the given members arrives now, and goes its way with its callbacks. The caller hangs up `talks`
   * milliseconds after the sandbox would have answered it; two minutes by default.
   */
  arrive(call?: GivenCall, talks?: number): Readonly<RestcommCall>;
  /** Changes members of a call. */
  change(sid: string, members: GivenCall): void;
  remove(sid: string): boolean;
  clear(): void;
  readonly webhooks: Webhooks;
  /** The requests of the incoming numbers; a change applies to calls that arrive afterwards. */
  callbacks: ConnectCallbacks;
}

/** Completes a given call. The default is an inbound call of two minutes that has just ended. */
function completeCall(context: CarrierContext, given: Partial<RestcommCall>): RestcommCall {
  const created = toStored(
    given.date_created ?? given.start_time ?? context.clock.now() - 123_000,
    context.database,
  );
  const status = given.status ?? 'completed';
  const ended = status === 'completed' ? created + 123_000 : null;
  const call: RestcommCall = {
    ...blankCall(given.sid ?? drawCallSid(context), created),
    instance_id: context.instanceId,
    account_sid: context.accounts[0]?.sid ?? null,
    to: '+19195551234',
    from: '+19195554321',
    start_time: ended === null ? created : created + 3_000,
    end_time: ended,
    duration: ended === null ? null : 120,
    ring_duration: ended === null ? null : 3,
    price: '0.00',
    ...given,
  };
  return {
    ...call,
    date_updated: given.date_updated ?? call.end_time ?? call.start_time ?? call.date_created,
  };
}
