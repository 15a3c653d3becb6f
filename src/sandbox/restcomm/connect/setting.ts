import { createHash } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import type { Random } from '../../random.ts';
import type { Roster } from '../../roster.ts';
import type { RestcommCall } from '../call.ts';
import type { Database } from '../like.ts';
import type { Standing } from '../page.ts';
import type { Dialect } from '../record.ts';
import type { Selections } from '../selections.ts';
import { drawSid } from '../sid.ts';
import type { ConnectAccount } from './accounts.ts';

/** How a Restcomm Connect is to behave. Every member may be left out. */
export interface ConnectOptions {
  /** 0, the default, picks a free port. */
  readonly port?: number;
  readonly clock?: Clock;
  /** Calls of the last seven days to begin with; none by default. */
  readonly seed?: { readonly calls: number; readonly seed: number } | undefined;
  readonly accountSid?: string;
  readonly authToken?: string;
  readonly email?: string;
  /** Further accounts, sub-accounts among them. */
  readonly accounts?: readonly ConnectAccount[];
  /** False: a server from before 2018-06, which ignores SortBy and lists by start_time ascending. */
  readonly sortBy?: boolean;
  /** The server's zone, in minutes east of UTC; 0 by default. */
  readonly zoneOffsetMinutes?: number;
  /** hsqldb by default */
  readonly database?: Database;
  /** True: rows of the same instant change places from request to request. */
  readonly unstableTies?: boolean;
  /** Registered clients and on how many devices. */
  readonly clients?: Readonly<Record<string, number>>;
  /** False: no number can be dialled, 500. */
  readonly outboundProxy?: boolean;
  /** True: sids as before 2017-03, `CA` and 32 digits. */
  readonly plainSids?: boolean;
  /** Real milliseconds before every answer. */
  readonly latency?: number;
}

/** What the operations of one Connect share. */
export interface Setting {
  readonly clock: Clock;
  readonly random: Random;
  readonly roster: Roster<RestcommCall>;
  readonly selections: Selections;
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
  /** What the shared list converter was last told; null until the first list. */
  lastList: { standing: Standing; items: readonly RestcommCall[] } | null;
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

/** A call's sid as the server's age has it. */
export function drawCallSid(setting: Setting): string {
  const plain = drawSid(setting.random, 'CA');
  return setting.plainSids ? plain : `${setting.instanceId}-${plain}`;
}

/** An instant as the database keeps it: MariaDB's DATETIME has no fractions. */
export function toStored(milliseconds: number, database: Database): number {
  return database === 'mariadb' ? Math.floor(milliseconds / 1000) * 1000 : milliseconds;
}
