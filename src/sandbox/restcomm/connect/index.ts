import { createAlarm } from '../../alarm.ts';
import { createArrivals } from '../../arrivals.ts';
import { CLIENTS, CONNECT_RESPONSE_TIMEOUT_MS, TALK_MS } from '../../assumptions.ts';
import { createCallTable } from '../../call-table.ts';
import { systemClock } from '../../clock.ts';
import { createRandom, hashOf } from '../../random.ts';
import { startServer } from '../../server.ts';
import { createCallees } from '../../voice/callees.ts';
import { createTranscript } from '../../voice/transcript.ts';
import { createWebhooks, type Webhooks } from '../../webhooks/create-webhooks.ts';
import { type GivenCall, type RestcommCall, readGiven } from '../call.ts';
import { toErrorReply } from '../replies.ts';
import { createRowCache } from '../row-cache.ts';
import { drawSid } from '../sid.ts';
import { arrive } from './arrive.ts';
import type { ConnectCarrier } from './carrier.ts';
import { type CarrierContext, type ConnectOptions, ownAccount, settle } from './carrier-context.ts';
import { completeCall } from './complete-call.ts';
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
  const { callees, meet } = createCallees();
  const { transcript, write } = createTranscript();
  const log = options.log ?? (() => {});
  const context: CarrierContext = {
    baseUrl: '',
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
    webhooks: createWebhooks(clock, log),
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
    meet,
    write,
    log,
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
  context.baseUrl = `${server.origin}/restcomm/2012-04-24`;
  context.alarm.set();
  const { close } = server;
  const members = {
    baseUrl: context.baseUrl,
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
    callees,
    transcript,
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
