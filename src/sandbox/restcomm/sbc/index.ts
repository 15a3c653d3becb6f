import { createHash } from 'node:crypto';
import { SWEEP_MS } from '../../choices.ts';
import { systemClock } from '../../clock.ts';
import { createRandom, hashOf } from '../../random.ts';
import { createRoster } from '../../roster.ts';
import { type CarrierServer, startServer } from '../../server.ts';
import { trouble } from '../answers.ts';
import { blankCall, type GivenCall, type RestcommCall, readGiven } from '../call.ts';
import { createSelections } from '../selections.ts';
import { drawSid } from '../sid.ts';
import { endStep, sweepAfter, sweepStep } from './life.ts';
import { route } from './routes.ts';
import { seedCalls } from './seed.ts';
import type { SbcOptions, Setting } from './setting.ts';

/** A Restcomm SBC of one's own. */
export interface SbcCarrier extends CarrierServer {
  /** `http://127.0.0.1:PORT/restcomm-sbc/2012-04-24` */
  readonly baseUrl: string;
  readonly username: string;
  readonly password: string;
  readonly email: string;
  /** Lets one in at the first door only: 500. */
  readonly friendlyName: string;
  /** Every call as of now, oldest first, those included that are not written yet. */
  readonly calls: readonly Readonly<RestcommCall>[];
  /** Puts a row there exactly as given, the rest filled in. One whose end is still to come is written after it. */
  add(call: GivenCall): Readonly<RestcommCall>;
  remove(sid: string): boolean;
  clear(): void;
}

/** Starts an emulated Restcomm SBC on a loopback socket. */
export async function startSbc(options: SbcOptions = {}): Promise<SbcCarrier> {
  const clock = options.clock ?? systemClock;
  const username = options.username ?? 'ACae6e420f425248d6a26948c17a9e2acf';
  const setting: Setting = {
    clock,
    random: createRandom((options.seed?.seed ?? 1) ^ hashOf(`sbc ${username}`)),
    roster: createRoster((call) => call.sid),
    selections: createSelections(),
    username,
    password: options.password ?? createHash('md5').update('sandbox').digest('hex'),
    email: options.email ?? 'administrator@company.example',
    friendlyName: 'Default Administrator Account',
    create: options.create ?? false,
    sweep: options.sweep ?? SWEEP_MS,
    started: clock.now(),
    database: options.database ?? 'hsqldb',
    dialect: {
      zoneMinutes: options.zoneOffsetMinutes ?? 0,
      hasAccounts: false,
      uriOf: (call) => `2012-04-24/Calls/${call.sid}`,
    },
  };
  if (options.seed !== undefined) seedCalls(setting, options.seed.calls);
  const server = await startServer({
    port: options.port ?? 0,
    clock,
    latency: options.latency ?? 0,
    handle: (request, junk) => route(setting, request, junk),
    word: trouble,
  });
  const members = {
    baseUrl: `${server.origin}/restcomm-sbc/2012-04-24`,
    username,
    password: setting.password,
    email: setting.email,
    friendlyName: setting.friendlyName,
    get calls() {
      setting.roster.settle(clock.now());
      return setting.roster.inOrder().map((entry) => entry.call);
    },
    add: (given: GivenCall) => write(setting, completeCall(setting, readGiven(given))),
    remove: (sid: string) => setting.roster.remove(sid),
    clear: () => setting.roster.clear(),
  };
  return Object.defineProperties(server, Object.getOwnPropertyDescriptors(members)) as SbcCarrier;
}

/** A row that has ended is there at once; one that has not is in memory until the sweep after its end. */
function write(setting: Setting, call: RestcommCall): RestcommCall {
  const end = call.end_time ?? call.date_created;
  if (end <= setting.clock.now()) {
    setting.roster.insert(call, { createdAt: call.date_created });
    return call;
  }
  const visibleFrom = sweepAfter(setting, end);
  const plan = [endStep(end, call.status), sweepStep(visibleFrom)];
  const current = call.status === 'COMPLETED' || call.status === 'FAILED' ? 'IN_PROGRESS' : call.status;
  const live = { ...call, status: current, end_time: call.date_created, duration: null };
  setting.roster.insert(live, { createdAt: call.date_created, visibleFrom, plan });
  return live;
}

/** What a test leaves out: an inbound call of two minutes that ended just now. */
function completeCall(setting: Setting, given: Partial<RestcommCall>): RestcommCall {
  const created = given.date_created ?? given.start_time ?? setting.clock.now() - 122_000;
  const start = given.start_time ?? created + 2_000;
  const end = given.end_time === undefined ? start + 120_000 : given.end_time;
  const call: RestcommCall = {
    ...blankCall(given.sid ?? drawSid(setting.random, 'RN'), created),
    parent_call_sid: drawSid(setting.random, 'RN'),
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
