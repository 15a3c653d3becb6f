import { systemClock } from '../clock.ts';
import { createRandom, hashOf } from '../random.ts';
import { createRoster } from '../roster.ts';
import { type CarrierServer, startServer } from '../server.ts';
import { createTokens } from './auth.ts';
import { type BandwidthCall, completeCall, createdAtOf } from './call.ts';
import { refuseAsDocumented } from './errors.ts';
import { settle } from './life.ts';
import { createQueue } from './queue.ts';
import { route } from './routes.ts';
import { seedCalls } from './seed.ts';
import { type BandwidthOptions, drawCallId, type Setting, withDefaults } from './setting.ts';

/** A Bandwidth Voice API of one's own, with its token endpoint, for one account and one application. */
export interface BandwidthCarrier extends CarrierServer {
  /** `http://127.0.0.1:PORT/api/v2` */
  readonly baseUrl: string;
  /** `http://127.0.0.1:PORT/api/v1/oauth2/token` */
  readonly tokenUrl: string;
  readonly accountId: string;
  readonly applicationId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly username: string;
  readonly password: string;
  /** Credentials that are known but may not use the voice API: 403. */
  readonly forbiddenUsername: string;
  readonly forbiddenPassword: string;
  /** Every call as of now, oldest first, those no longer kept included. */
  readonly calls: readonly Readonly<BandwidthCall>[];
  /** Puts a call there exactly as given, the rest filled in; it stays so until somebody updates it. */
  add(call: Partial<BandwidthCall>): Readonly<BandwidthCall>;
  /** Alters members of a call; its place in the list stays. */
  change(callId: string, members: Partial<BandwidthCall>): void;
  remove(callId: string): boolean;
  clear(): void;
  /** Makes every token issued so far worthless. */
  revokeTokens(): void;
}

/** Starts an emulated Bandwidth on a loopback socket. */
export async function startBandwidth(options: BandwidthOptions = {}): Promise<BandwidthCarrier> {
  const clock = options.clock ?? systemClock;
  const settled = withDefaults(options);
  const setting: Setting = {
    options: settled,
    baseUrl: '',
    clock,
    random: createRandom((options.seed?.seed ?? 1) ^ hashOf(settled.accountId)),
    roster: createRoster((call) => call.callId),
    queue: createQueue(settled.cps),
  };
  const tokens = createTokens();
  if (options.seed !== undefined) seedCalls(setting, options.seed.calls);
  const server = await startServer({
    port: options.port ?? 0,
    clock,
    latency: options.latency ?? 0,
    handle: (request) => route(setting, tokens, request),
    word: refuseAsDocumented,
  });
  setting.baseUrl = `${server.origin}/api/v2`;
  const members = {
    baseUrl: setting.baseUrl,
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
      settle(setting);
      return setting.roster.inOrder().map((entry) => entry.call);
    },
    add(given: Partial<BandwidthCall>) {
      const callId = given.callId ?? drawCallId(setting.random);
      const call = completeCall(given, { ...settled, callId, now: clock.now() });
      setting.roster.insert(call, { createdAt: createdAtOf(call) });
      return call;
    },
    change(callId: string, changed: Partial<BandwidthCall>) {
      const entry = setting.roster.get(callId);
      if (entry === undefined) throw new RangeError(`no such call: ${callId}`);
      Object.assign(entry.call, changed);
      setting.roster.replan(entry, entry.plan);
    },
    remove(callId: string) {
      const entry = setting.roster.get(callId);
      if (entry !== undefined) setting.queue.leave(entry);
      return setting.roster.remove(callId);
    },
    clear() {
      setting.roster.clear();
      setting.queue.clear();
    },
    revokeTokens: () => tokens.revoke(),
  };
  return Object.defineProperties(server, Object.getOwnPropertyDescriptors(members)) as BandwidthCarrier;
}
