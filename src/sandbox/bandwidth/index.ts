import { createAlarm } from '../alarm.ts';
import { createArrivals } from '../arrivals.ts';
import { TALK_MS } from '../assumptions.ts';
import { createCallTable } from '../call-table.ts';
import { systemClock } from '../clock.ts';
import { createRandom, hashOf } from '../random.ts';
import { startServer } from '../server.ts';
import { createCallees } from '../voice/callees.ts';
import { createTranscript } from '../voice/transcript.ts';
import { createWebhooks, type Webhooks } from '../webhooks/create-webhooks.ts';
import { arrive } from './arrive.ts';
import { createTokens } from './auth.ts';
import { type BandwidthCall, completeCall, createdAtOf } from './call.ts';
import type { BandwidthCallbacks } from './call-hooks.ts';
import type { BandwidthCarrier } from './carrier.ts';
import { type BandwidthOptions, type CarrierContext, drawCallId, withDefaults } from './carrier-context.ts';
import { toErrorReply } from './errors.ts';
import { nextDue, settle } from './lifecycle.ts';
import { createQueue } from './queue.ts';
import { route } from './routes.ts';
import { seedCalls } from './seed.ts';

/** Starts an emulated Bandwidth on a loopback socket. */
export async function startBandwidth(options: BandwidthOptions = {}): Promise<BandwidthCarrier> {
  const clock = options.clock ?? systemClock;
  const settled = withDefaults(options);
  const random = createRandom((options.seed?.seed ?? 1) ^ hashOf(settled.accountId));
  const idOf = (call: BandwidthCall) => call.callId;
  const table = createCallTable(idOf);
  const { callees, meet } = createCallees();
  const { transcript, write } = createTranscript();
  const log = options.log ?? (() => {});
  const context: CarrierContext = {
    options: settled,
    baseUrl: '',
    clock,
    random,
    table,
    queue: createQueue(settled.cps),
    webhooks: createWebhooks(clock, log),
    alarm: createAlarm(
      clock,
      () => nextDue(context),
      () => settle(context),
    ),
    arrivals: createArrivals({
      perMinute: options.arrivalsPerMinute ?? 0,
      clock,
      random: createRandom(hashOf(settled.accountId)),
      table,
      idOf,
      arrive: ({ from, to, talks }, at) => arrive(context, { from, to }, talks, at),
    }),
    hooks: new WeakMap(),
    conferences: new Map(),
    meet,
    write,
    log,
    callbacks: options.callbacks ?? {},
  };
  const tokens = createTokens();
  if (options.seed !== undefined) seedCalls(context, options.seed.calls);
  const server = await startServer({
    port: options.port ?? 0,
    clock,
    latency: options.latency ?? 0,
    handle: (request) => {
      const reply = route(context, tokens, request);
      context.alarm.set();
      return reply;
    },
    toErrorReply: toErrorReply,
  });
  context.baseUrl = `${server.origin}/api/v2`;
  context.alarm.set();
  const { close } = server;
  const members = {
    baseUrl: context.baseUrl,
    tokenUrl: `${server.origin}/api/v1/oauth2/token`,
    accountId: settled.accountId,
    applicationId: settled.applicationId,
    clientId: settled.clientId,
    clientSecret: settled.clientSecret,
    username: settled.username,
    password: settled.password,
    forbiddenUsername: settled.forbiddenUsername,
    forbiddenPassword: settled.forbiddenPassword,
    get calls() {
      settle(context);
      return context.table.inOrder().map((entry) => entry.call);
    },
    add(given: Partial<BandwidthCall>) {
      const callId = given.callId ?? drawCallId(context.random);
      const call = completeCall(given, { ...settled, callId, now: clock.now() });
      context.table.insert(call, { createdAt: createdAtOf(call) });
      return call;
    },
    arrive: (given: Partial<BandwidthCall> = {}, talks = TALK_MS) =>
      arrive(context, given, talks, clock.now()),
    change(callId: string, changed: Partial<BandwidthCall>) {
      const entry = context.table.get(callId);
      if (entry === undefined) throw new RangeError(`no such call: ${callId}`);
      Object.assign(entry.call, changed);
      context.table.replan(entry, entry.plan);
    },
    remove(callId: string) {
      const entry = context.table.get(callId);
      if (entry !== undefined) context.queue.leave(entry);
      return context.table.remove(callId);
    },
    clear() {
      context.table.clear();
      context.queue.clear();
    },
    webhooks: context.webhooks as Webhooks,
    callees,
    transcript,
    async close() {
      context.alarm.close();
      await Promise.all([context.webhooks.close(), close()]);
    },
    revokeTokens: () => tokens.revoke(),
    get callbacks() {
      return context.callbacks;
    },
    set callbacks(callbacks: BandwidthCallbacks) {
      context.callbacks = callbacks;
    },
  };
  return Object.defineProperties(server, Object.getOwnPropertyDescriptors(members)) as BandwidthCarrier;
}
