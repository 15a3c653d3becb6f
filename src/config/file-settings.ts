import { z } from 'zod';
import { accessSettings } from './access-settings.ts';
import { corsSettings } from './cors-settings.ts';
import { costSettings } from './cost-settings.ts';
import { delay } from './duration.ts';
import { isLoopback } from './is-loopback.ts';
import { limitsSettings } from './limits.ts';
import { metricsSettings } from './metrics-settings.ts';
import { operationsSettings } from './operations-settings.ts';
import { sandboxPorts } from './sandbox.ts';
import { storeSettings } from './store-settings.ts';

const host = z
  .string()
  .refine(isHost, 'must be a host name without scheme, port and path, such as app.example.com')
  .transform((text) => new URL(`https://${text}`).hostname);

/**
 * The schema of the accounts file, and of the options of an API that is embedded. Accounts are validated elsewhere, by the
 * schema of their provider.
 */
export const fileSettings = z.strictObject({
  accounts: z.array(z.unknown()).min(1).optional(),
  /** `true` runs on the emulated carriers, in production too, so that no real call is placed. */
  sandbox: z.boolean().optional(),
  sandboxPorts: sandboxPorts.optional(),
  /** Deadlines such as `2s`, sizes in bytes, and how much of the providers' lists is read for one page. */
  limits: limitsSettings.default({}),
  /**
   * Who may send operations by HTTP: API keys, tokens, a trusted proxy, or `open` for everybody. An API that is embedded has
   * no HTTP without it but that of the sandbox; operations that are executed in the process name their caller.
   */
  access: accessSettings.optional(),
  /** What one operation may cost, and one caller in a minute. */
  cost: costSettings.default(costSettings.parse({})),
  /** The Redis that replicas share; what it would hold is in memory if absent. */
  store: storeSettings.optional(),
  /** Documents that clients name by an id. */
  operations: operationsSettings.optional(),
  /**
   * Where the providers reach this server, such as `https://calls.example.com`: their webhooks arrive below `/webhooks/`, and
   * they ask for documents of calls below `/documents/` and `/callbacks/`. With the prefix or path that an embedded API is
   * mounted at: `https://bff.example.com/api` for `app.register(api.fastify, { prefix: '/api' })`. Parsed to have no slash
   * at the end.
   */
  publicUrl: z
    .string()
    .refine(isPublicUrl, 'must be an https URL without user name, query and fragment')
    .transform((text) => new URL(text).href.replace(/\/+$/, ''))
    .optional(),
  /** The only hosts that callbacks of documents may name; all public ones by default. */
  egress: z.strictObject({ allow: z.array(host).min(1) }).optional(),
  shutdown: z.strictObject({ delay: delay.optional() }).default({}),
  /** Where metrics are served; nowhere if absent. */
  metrics: metricsSettings.optional(),
  /** Whether clients may ask for the schema; only outside production by default. */
  introspection: z.boolean().optional(),
  explorer: z.boolean().optional(),
  console: z.boolean().optional(),
  /** Origins of browser applications, such as `https://app.example.com`; whether their cookies come along. */
  cors: corsSettings.optional(),
  /** `false` sends all responses as they are; by default they are compressed for clients that ask for it. */
  compress: z.boolean().default(true),
  /** Whether responses tell in `Server-Timing` what took how long; not by default. */
  serverTiming: z.boolean().default(false),
  /** Whether a gateway may use it as a subgraph of Apollo Federation 2; not by default. */
  subgraph: z.boolean().default(false),
});

function isHost(text: string): boolean {
  return /^[^\s/?#@:\\[\]*]+$/.test(text) && URL.canParse(`https://${text}`);
}

/** `http:` is for providers on this machine, as of the sandbox. A path is that of a proxy. */
function isPublicUrl(text: string): boolean {
  if (!URL.canParse(text) || /[\s?#]/.test(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  const isSafe = protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
  return isSafe && username === '' && password === '';
}
