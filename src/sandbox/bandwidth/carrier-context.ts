import type { Alarm } from '../alarm.ts';
import type { Arrivals } from '../arrivals.ts';
import { RETENTION_MS } from '../assumptions.ts';
import type { CallTable } from '../call-table.ts';
import type { Clock } from '../clock.ts';
import type { Random } from '../random.ts';
import type { Callee } from '../voice/callees.ts';
import type { TranscriptLine } from '../voice/transcript.ts';
import type { WebhookSender } from '../webhooks/create-webhooks.ts';
import type { ConferenceRoom } from './bxml/conference-room.ts';
import type { BandwidthCall } from './call.ts';
import type { BandwidthCallbacks, CallHooks } from './call-hooks.ts';
import type { Queue } from './queue.ts';

/** The state of an emulated Bandwidth, shared by its operations. */
export interface CarrierContext {
  readonly options: Required<
    Omit<BandwidthOptions, 'seed' | 'port' | 'clock' | 'latency' | 'callbacks' | 'log' | 'arrivalsPerMinute'>
  >;
  /** `http://127.0.0.1:PORT/api/v2`; known once the server listens. */
  baseUrl: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly table: CallTable<BandwidthCall>;
  readonly queue: Queue;
  readonly webhooks: WebhookSender;
  readonly alarm: Alarm;
  readonly arrivals: Arrivals;
  readonly hooks: WeakMap<BandwidthCall, CallHooks>;
  readonly conferences: Map<string, ConferenceRoom>;
  callbacks: BandwidthCallbacks;
  /** The person at the far end of a call. */
  readonly meet: (number: string, callId: string) => Callee;
  /** Writes to the transcript. */
  readonly write: (line: TranscriptLine) => void;
  readonly log: (line: string) => void;
}

/** Options of an emulated Bandwidth. */
export interface BandwidthOptions {
  /** 0, the default, picks a free port. */
  readonly port?: number;
  readonly clock?: Clock;
  /** Initial calls of the last seven days; none by default. */
  readonly seed?: { readonly calls: number; readonly seed: number } | undefined;
  readonly accountId?: string;
  readonly applicationId?: string;
  readonly clientId?: string;
  readonly clientSecret?: string;
  readonly username?: string;
  readonly password?: string;
  /** A user with valid credentials but without access to the voice API: 403. */
  readonly forbiddenUsername?: string;
  readonly forbiddenPassword?: string;
  /** Lifetime of an access token in seconds; 3600 by default. */
  readonly tokenLifetime?: number;
  /** Milliseconds after which a created call can be read; 0 by default. */
  readonly readLag?: number;
  /** GET returns an array with the call, as Bandwidth's migration toolkit has observed. */
  readonly getAsArray?: boolean;
  /** Calls dialled per second; no limit by default (Bandwidth's default is 5). */
  readonly cps?: number;
  /** Concurrent calls; no limit by default (Bandwidth's default is 100). */
  readonly maxSessions?: number;
  /** False: the list ignores minStartTime and maxStartTime. */
  readonly honoursWindow?: boolean;
  /** Milliseconds for which a call is retained after its end; seven days by default. */
  readonly retention?: number;
  /** Real milliseconds before every response. */
  readonly latency?: number;
  /** The webhooks of the application for inbound calls; none by default. */
  readonly callbacks?: BandwidthCallbacks;
  /** Inbound calls that arrive by themselves, on average; 0 by default. */
  readonly arrivalsPerMinute?: number;
  /** How long a call goes on whose application answers with 2xx and no body; 0, a hang-up, by default. */
  readonly emptyReplyLasts?: number;
  /** True: events have members that are not documented, one of them unknown. */
  readonly extraKeys?: boolean;
  /** Told what the carrier does not do; nobody by default. */
  readonly log?: (line: string) => void;
}

/** Applies the defaults of the options. */
export function withDefaults(options: BandwidthOptions): CarrierContext['options'] {
  return {
    accountId: options.accountId ?? '9900000',
    applicationId: options.applicationId ?? '04e88489-df02-4e34-a0ee-27a91849555f',
    clientId: options.clientId ?? 'sandbox-client',
    clientSecret: options.clientSecret ?? 'sandbox-secret',
    username: options.username ?? 'sandbox-user',
    password: options.password ?? 'sandbox-password',
    forbiddenUsername: options.forbiddenUsername ?? 'sandbox-user-without-voice',
    forbiddenPassword: options.forbiddenPassword ?? 'sandbox-password',
    tokenLifetime: options.tokenLifetime ?? 3600,
    readLag: options.readLag ?? 0,
    getAsArray: options.getAsArray ?? false,
    cps: options.cps ?? Number.POSITIVE_INFINITY,
    maxSessions: options.maxSessions ?? Number.POSITIVE_INFINITY,
    honoursWindow: options.honoursWindow ?? true,
    retention: options.retention ?? RETENTION_MS,
    emptyReplyLasts: options.emptyReplyLasts ?? 0,
    extraKeys: options.extraKeys ?? false,
  };
}

/** Generates a callId: `c-`, eight hexadecimal digits, and 36 characters of a UUID's shape; 47 in all. */
export function drawCallId(random: Random): string {
  return `c-${random.hex(8)}-${random.uuid()}`;
}
