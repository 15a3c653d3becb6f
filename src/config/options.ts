import type { z } from 'zod';
import type { fileSettings } from './file-settings.ts';
import type { limitsSettings } from './limits.ts';

/** Settings of a process that has a server of its own. */
type OfServer = 'sandboxPorts' | 'metrics' | 'shutdown' | 'explorer' | 'console';

/** The accounts file as an object, for applications that embed the API: the same names, defaults and checks. */
export interface Options
  extends Readonly<Omit<z.input<typeof fileSettings>, OfServer | 'accounts' | 'store'>> {
  /** The accounts at providers. Without any, the emulated carriers run, in production only with `sandbox: true`. */
  readonly accounts?: readonly AccountOptions[];
  /** The Redis that several processes share, `redis://…` or more about it; this process's memory by default. */
  readonly store?: string | object;
}

/** One account at a provider. */
export interface AccountOptions {
  /** `a-z`, `0-9` and `-`. Part of global ids, so it must not change. */
  readonly key: string;
  /** The key by default. */
  readonly name?: string;
  /** `bandwidth`, `restcomm`, or that of an own adapter in lower case. */
  readonly provider: string;
  readonly limits?: Omit<z.input<typeof limitsSettings>, 'requestsPerList'>;
  /** Settings of the provider: README.md lists those of Bandwidth and Restcomm. */
  readonly [setting: string]: unknown;
}
