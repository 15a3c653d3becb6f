import type { Arrivals } from '../../arrivals.ts';
import type { CallTable } from '../../call-table.ts';
import type { Clock } from '../../clock.ts';
import type { Random } from '../../random.ts';
import type { RestcommCall } from '../call.ts';
import type { Database } from '../like.ts';
import type { Dialect } from '../record.ts';
import type { RowCache } from '../row-cache.ts';

/** The state of an emulated SBC, shared by its operations. */
export interface CarrierContext {
  readonly clock: Clock;
  readonly random: Random;
  readonly table: CallTable<RestcommCall>;
  readonly rowCache: RowCache;
  readonly username: string;
  readonly password: string;
  readonly email: string;
  readonly friendlyName: string;
  readonly create: boolean;
  readonly arrivals: Arrivals;
  readonly sweep: number;
  /** When the server started, in milliseconds: sweeps are counted from here. */
  readonly started: number;
  readonly database: Database;
  readonly dialect: Dialect;
}

/** Options of an emulated Restcomm SBC. */
export interface SbcOptions {
  /** 0, the default, picks a free port. */
  readonly port?: number;
  readonly clock?: Clock;
  /** Initial calls of the last seven days; none by default. */
  readonly seed?: { readonly calls: number; readonly seed: number } | undefined;
  /** The sid of an account. Its e-mail address is accepted too. */
  readonly username?: string;
  readonly password?: string;
  readonly email?: string;
  /** True: the server of the documentation, which creates calls. Real ones answer 405, the default. */
  readonly create?: boolean;
  /** Inbound calls that arrive by themselves, on average; 0 by default. */
  readonly arrivalsPerMinute?: number;
  /** Milliseconds between two sweeps that write ended calls; 60 000 by default. */
  readonly sweep?: number;
  /** The server's time zone, in minutes east of UTC; 0 by default. */
  readonly zoneOffsetMinutes?: number;
  /** hsqldb by default */
  readonly database?: Database;
  /** Real milliseconds before every response. */
  readonly latency?: number;
}

/** Applies everything that is due. */
export function settle({ arrivals, clock, table }: CarrierContext): void {
  const now = clock.now();
  arrivals.settle(now);
  table.settle(now);
}
