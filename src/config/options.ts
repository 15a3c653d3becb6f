import type { z } from 'zod';
import type { accessSettings } from './access-settings.ts';
import type { corsSettings } from './cors-settings.ts';
import type { costSettings } from './cost-settings.ts';
import type { limitsSettings } from './limits.ts';
import type { operationsSettings } from './operations-settings.ts';

/** The accounts file as an object, for applications that embed the API: the same names, defaults and checks. */
export interface Options {
  /** The accounts at providers. Without any, the emulated carriers run, in production only with `sandbox: true`. */
  readonly accounts?: readonly AccountOptions[];
  /** `true` runs on the emulated carriers, in production too, so that no real call is placed. */
  readonly sandbox?: boolean;
  /** Deadlines such as `2s`, sizes in bytes, and how much of the providers' lists is read for one page. */
  readonly limits?: z.input<typeof limitsSettings>;
  /**
   * Who may send operations by HTTP: API keys, tokens, a trusted proxy, or `open` for everybody. Without it there is no
   * HTTP but that of the sandbox; operations that are executed in the process name their caller.
   */
  readonly access?: z.input<typeof accessSettings>;
  /** What one operation may cost, and one caller in a minute. */
  readonly cost?: z.input<typeof costSettings>;
  /** The Redis that several processes share, `redis://…` or more about it; this process's memory by default. */
  readonly store?: string | object;
  /** Documents that clients name by an id. */
  readonly operations?: z.input<typeof operationsSettings>;
  /**
   * Where the providers reach this server, such as `https://calls.example.com`: their webhooks arrive below `/webhooks/`, and
   * they ask for documents of calls below `/documents/` and `/callbacks/`. With the prefix or path that the API is mounted
   * at: `https://bff.example.com/api` for `app.register(api.fastify, { prefix: '/api' })`.
   */
  readonly publicUrl?: string;
  /** The only hosts that callbacks of documents may name; all public ones by default. */
  readonly egress?: { readonly allow: string[] };
  /** Whether clients may ask for the schema; only outside production by default. */
  readonly introspection?: boolean;
  /** Origins of browser applications, such as `https://app.example.com`; whether their cookies come along. */
  readonly cors?: z.input<typeof corsSettings>;
  /** `false` sends all responses as they are; by default they are compressed for clients that ask for it. */
  readonly compress?: boolean;
  /** Whether responses tell in `Server-Timing` what took how long; not by default. */
  readonly serverTiming?: boolean;
  /** Whether a gateway may use it as a subgraph of Apollo Federation 2; not by default. */
  readonly subgraph?: boolean;
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
