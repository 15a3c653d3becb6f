import { RETENTION_MS } from '../choices.ts';
import type { Clock } from '../clock.ts';
import type { Random } from '../random.ts';
import type { Roster } from '../roster.ts';
import type { BandwidthCall } from './call.ts';
import type { Queue } from './queue.ts';

/** How a Bandwidth carrier is to behave. Every member may be left out. */
export interface BandwidthOptions {
  /** 0, the default, picks a free port. */
  readonly port?: number;
  readonly clock?: Clock;
  /** Calls of the last seven days to begin with; none by default. */
  readonly seed?: { readonly calls: number; readonly seed: number } | undefined;
  readonly accountId?: string;
  readonly applicationId?: string;
  readonly clientId?: string;
  readonly clientSecret?: string;
  readonly username?: string;
  readonly password?: string;
  /** A user who is known but may not use the voice API: 403. */
  readonly forbiddenUsername?: string;
  readonly forbiddenPassword?: string;
  /** Seconds a token is good for; 3600 by default. */
  readonly tokenLifetime?: number;
  /** Milliseconds until a created call can be read; 0 by default. */
  readonly readLag?: number;
  /** GET answers an array of one, as Bandwidth's own migration toolkit has met it. */
  readonly getAsArray?: boolean;
  /** Calls dialled per second; no limit by default (Bandwidth's own default is 5). */
  readonly cps?: number;
  /** Calls under way at once; no limit by default (Bandwidth's own default is 100). */
  readonly maxSessions?: number;
  /** False: the list ignores minStartTime and maxStartTime. */
  readonly honoursWindow?: boolean;
  /** Milliseconds a call is kept after its end; seven days by default. */
  readonly retention?: number;
  /** Real milliseconds before every answer. */
  readonly latency?: number;
}

/** What the operations of one Bandwidth carrier share. */
export interface Setting {
  readonly options: Required<Omit<BandwidthOptions, 'seed' | 'port' | 'clock' | 'latency'>>;
  /** `http://127.0.0.1:PORT/api/v2`; known once the server listens. */
  baseUrl: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly roster: Roster<BandwidthCall>;
  readonly queue: Queue;
}

/** The options with what was left out filled in. */
export function withDefaults(options: BandwidthOptions): Setting['options'] {
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
  };
}

/** A callId: `c-`, eight hexadecimal digits, and 36 characters of a UUID's shape; 47 in all. */
export function drawCallId(random: Random): string {
  return `c-${random.hex(8)}-${random.uuid()}`;
}
