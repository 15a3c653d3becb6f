import type { Clock } from '../../clock.ts';
import type { Random } from '../../random.ts';
import type { Roster } from '../../roster.ts';
import type { RestcommCall } from '../call.ts';
import type { Database } from '../like.ts';
import type { Dialect } from '../record.ts';
import type { Selections } from '../selections.ts';

/** How a Restcomm SBC is to behave. Every member may be left out. */
export interface SbcOptions {
  /** 0, the default, picks a free port. */
  readonly port?: number;
  readonly clock?: Clock;
  /** Calls of the last seven days to begin with; none by default. */
  readonly seed?: { readonly calls: number; readonly seed: number } | undefined;
  /** An account's sid; the e-mail does as well. */
  readonly username?: string;
  readonly password?: string;
  readonly email?: string;
  /** True: the server of the documentation, which creates calls. Real ones answer 405, the default. */
  readonly create?: boolean;
  /** Milliseconds between two sweeps that write ended calls; 60 000 by default. */
  readonly sweep?: number;
  /** The server's zone, in minutes east of UTC; 0 by default. */
  readonly zoneOffsetMinutes?: number;
  /** hsqldb by default */
  readonly database?: Database;
  /** Real milliseconds before every answer. */
  readonly latency?: number;
}

/** What the operations of one SBC share. */
export interface Setting {
  readonly clock: Clock;
  readonly random: Random;
  readonly roster: Roster<RestcommCall>;
  readonly selections: Selections;
  readonly username: string;
  readonly password: string;
  readonly email: string;
  readonly friendlyName: string;
  readonly create: boolean;
  readonly sweep: number;
  /** When the server started, in milliseconds: sweeps are counted from here. */
  readonly started: number;
  readonly database: Database;
  readonly dialect: Dialect;
}
