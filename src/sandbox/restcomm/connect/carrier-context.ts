import { createHash } from 'node:crypto';
import type { Alarm } from '../../alarm.ts';
import type { Arrivals } from '../../arrivals.ts';
import type { CallTable } from '../../call-table.ts';
import type { Clock } from '../../clock.ts';
import type { Random } from '../../random.ts';
import type { Callee } from '../../voice/callees.ts';
import type { TranscriptLine } from '../../voice/transcript.ts';
import type { WebhookSender } from '../../webhooks/create-webhooks.ts';
import type { RestcommCall } from '../call.ts';
import type { Database } from '../like.ts';
import type { ListPosition } from '../page.ts';
import type { Dialect } from '../record.ts';
import type { RowCache } from '../row-cache.ts';
import { drawSid } from '../sid.ts';
import type { ConnectAccount } from './accounts.ts';
import type { ConnectCallbacks, Leg } from './leg.ts';

/** The state of an emulated Connect, shared by its operations. */
export interface CarrierContext {
  readonly clock: Clock;
  readonly random: Random;
  readonly table: CallTable<RestcommCall>;
  readonly rowCache: RowCache;
  /** The carrier's own account first. */
  readonly accounts: readonly ConnectAccount[];
  readonly instanceId: string;
  readonly sortBy: boolean;
  readonly database: Database;
  readonly unstableTies: boolean;
  readonly clients: Readonly<Record<string, number>>;
  readonly outboundProxy: boolean;
  readonly plainSids: boolean;
  readonly dialect: Dialect;
  readonly webhooks: WebhookSender;
  readonly alarm: Alarm;
  readonly arrivals: Arrivals;
  readonly legs: WeakMap<RestcommCall, Leg>;
  callbacks: ConnectCallbacks;
  /** `http://127.0.0.1:PORT/restcomm/2012-04-24`; known once the server listens. */
  baseUrl: string;
  /** The person at the far end of a call. */
  readonly meet: (number: string, callId: string) => Callee;
  /** Writes to the transcript. */
  readonly write: (line: TranscriptLine) => void;
  readonly log: (line: string) => void;
  readonly responseTimeout: number;
  readonly ringTimer: boolean;
  /** The state of the shared list converter: the last list; null until the first one. */
  lastList: { position: ListPosition; items: readonly RestcommCall[] } | null;
}

/** Options of an emulated Restcomm Connect. */
export interface ConnectOptions {
  /** 0, the default, picks a free port. */
  readonly port?: number;
  readonly clock?: Clock;
  /** Initial calls of the last seven days; none by default. */
  readonly seed?: { readonly calls: number; readonly seed: number } | undefined;
  readonly accountSid?: string;
  readonly authToken?: string;
  readonly email?: string;
  /** Further accounts, including sub-accounts. */
  readonly accounts?: readonly ConnectAccount[];
  /** False: a server from before 2018-06, which ignores SortBy and lists by start_time ascending. */
  readonly sortBy?: boolean;
  /** The server's time zone, in minutes east of UTC; 0 by default. */
  readonly zoneOffsetMinutes?: number;
  /** hsqldb by default */
  readonly database?: Database;
  /** True: rows with equal sort keys change their order with each request. */
  readonly unstableTies?: boolean;
  /** Registered clients, and the number of their devices. */
  readonly clients?: Readonly<Record<string, number>>;
  /** False: no number can be dialled, 500. */
  readonly outboundProxy?: boolean;
  /** True: sids as before 2017-03, `CA` and 32 digits. */
  readonly plainSids?: boolean;
  /** Real milliseconds before every response. */
  readonly latency?: number;
  /** The requests of the incoming numbers; none by default. */
  readonly callbacks?: ConnectCallbacks;
  /** Inbound calls that arrive by themselves, on average; 0 by default. */
  readonly arrivalsPerMinute?: number;
  /** How long the server waits for the response to a request of its own, in milliseconds; 6000 by default. */
  readonly responseTimeout?: number;
  /** True: an unanswered call ends as NO_ANSWER, without a completed callback. */
  readonly ringTimer?: boolean;
  /** Told what the carrier does not do; nobody by default. */
  readonly log?: (line: string) => void;
}

/** The defaults of the carrier's own account; the token is the MD5 of a password, as in a real one. */
export function ownAccount(options: ConnectOptions): ConnectAccount {
  return {
    sid: options.accountSid ?? 'ACae6e420f425248d6a26948c17a9e2acf',
    authToken: options.authToken ?? createHash('md5').update('sandbox').digest('hex'),
    email: options.email ?? 'administrator@company.example',
    friendlyName: 'Default Administrator Account',
  };
}

/** Applies everything that is due. */
export function settle({ arrivals, clock, table }: CarrierContext): void {
  const now = clock.now();
  arrivals.settle(now);
  table.settle(now);
}

/** Generates a call sid in the format of the server's version. */
export function drawCallSid(context: CarrierContext): string {
  const plain = drawSid(context.random, 'CA');
  return context.plainSids ? plain : `${context.instanceId}-${plain}`;
}

/** Rounds an instant to the resolution of the database: MariaDB's DATETIME has whole seconds. */
export function toStored(milliseconds: number, database: Database): number {
  return database === 'mariadb' ? Math.floor(milliseconds / 1000) * 1000 : milliseconds;
}
