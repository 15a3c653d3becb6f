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

/** The schema of the accounts file. Accounts are validated elsewhere, by the schema of their provider. */
export const fileSettings = z.strictObject({
  accounts: z.array(z.unknown()).min(1).optional(),
  sandbox: z.boolean().optional(),
  sandboxPorts: sandboxPorts.optional(),
  limits: limitsSettings.default({}),
  access: accessSettings.optional(),
  /** What one operation may cost. */
  cost: costSettings.default(costSettings.parse({})),
  /** The Redis that replicas share; what it would hold is in memory if absent. */
  store: storeSettings.optional(),
  /** Documents that clients name by an id. */
  operations: operationsSettings.optional(),
  /** Where the providers reach this server; parsed to have no slash at the end. */
  publicUrl: z
    .string()
    .refine(isPublicUrl, 'must be an https URL without user name, query and fragment')
    .transform((text) => new URL(text).href.replace(/\/+$/, ''))
    .optional(),
  egress: z.strictObject({ allow: z.array(host).min(1) }).optional(),
  shutdown: z.strictObject({ delay: delay.optional() }).default({}),
  /** Where metrics are served; nowhere if absent. */
  metrics: metricsSettings.optional(),
  introspection: z.boolean().optional(),
  explorer: z.boolean().optional(),
  console: z.boolean().optional(),
  cors: corsSettings.optional(),
  /** Whether responses are compressed for clients that ask for it. */
  compress: z.boolean().default(true),
  /** Whether responses have `Server-Timing`. */
  serverTiming: z.boolean().default(false),
  /** Whether the schema is a subgraph of a federation too. */
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
