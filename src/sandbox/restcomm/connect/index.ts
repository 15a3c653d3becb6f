import { CLIENTS } from '../../choices.ts';
import { systemClock } from '../../clock.ts';
import { createRandom, hashOf } from '../../random.ts';
import { createRoster } from '../../roster.ts';
import { type CarrierServer, startServer } from '../../server.ts';
import { trouble } from '../answers.ts';
import { blankCall, type GivenCall, type RestcommCall, readGiven } from '../call.ts';
import { createSelections } from '../selections.ts';
import { drawSid } from '../sid.ts';
import { route } from './routes.ts';
import { seedCalls } from './seed.ts';
import { type ConnectOptions, drawCallSid, ownAccount, type Setting, toStored } from './setting.ts';

/** A Restcomm Connect of one's own. */
export interface ConnectCarrier extends CarrierServer {
  /** `http://127.0.0.1:PORT/restcomm/2012-04-24` */
  readonly baseUrl: string;
  readonly accountSid: string;
  readonly authToken: string;
  /** Does for the user name as well. */
  readonly email: string;
  /** Every call as of now, oldest first, of all accounts. */
  readonly calls: readonly Readonly<RestcommCall>[];
  /** Puts a call there exactly as given, the rest filled in; it stays so until somebody modifies it. */
  add(call: GivenCall): Readonly<RestcommCall>;
  /** Alters members of a call. */
  change(sid: string, members: GivenCall): void;
  remove(sid: string): boolean;
  clear(): void;
}

/** Starts an emulated Restcomm Connect on a loopback socket. */
export async function startConnect(options: ConnectOptions = {}): Promise<ConnectCarrier> {
  const clock = options.clock ?? systemClock;
  const own = ownAccount(options);
  const random = createRandom((options.seed?.seed ?? 1) ^ hashOf(own.sid));
  const setting: Setting = {
    clock,
    random,
    roster: createRoster((call) => call.sid),
    selections: createSelections(),
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
    lastList: null,
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
    baseUrl: `${server.origin}/restcomm/2012-04-24`,
    accountSid: own.sid,
    authToken: own.authToken,
    email: own.email,
    get calls() {
      setting.roster.settle(clock.now());
      return setting.roster.inOrder().map((entry) => entry.call);
    },
    add(given: GivenCall) {
      const call = completeCall(setting, readGiven(given));
      setting.roster.insert(call, { createdAt: call.date_created });
      return call;
    },
    change(sid: string, changed: GivenCall) {
      const entry = setting.roster.get(sid);
      if (entry === undefined) throw new RangeError(`no such call: ${sid}`);
      Object.assign(entry.call, readGiven(changed));
      setting.roster.replan(entry, entry.plan);
    },
    remove: (sid: string) => setting.roster.remove(sid),
    clear: () => setting.roster.clear(),
  };
  return Object.defineProperties(server, Object.getOwnPropertyDescriptors(members)) as ConnectCarrier;
}

/** What a test leaves out: an inbound call of two minutes that ended just now, or one that agrees with what is given. */
function completeCall(setting: Setting, given: Partial<RestcommCall>): RestcommCall {
  const created = toStored(
    given.date_created ?? given.start_time ?? setting.clock.now() - 123_000,
    setting.database,
  );
  const status = given.status ?? 'completed';
  const ended = status === 'completed' ? created + 123_000 : null;
  const call: RestcommCall = {
    ...blankCall(given.sid ?? drawCallSid(setting), created),
    instance_id: setting.instanceId,
    account_sid: setting.accounts[0]?.sid ?? null,
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
