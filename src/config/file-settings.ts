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
  cost: costSettings.default(costSettings.parse({})),
  store: storeSettings.optional(),
  operations: operationsSettings.optional(),
  publicUrl: z
    .string()
    .refine(isPublicUrl, 'must be an https URL without user name, query and fragment')
    .transform((text) => new URL(text).href.replace(/\/+$/, ''))
    .optional(),
  egress: z.strictObject({ allow: z.array(host).min(1) }).optional(),
  shutdown: z.strictObject({ delay: delay.optional() }).default({}),
  metrics: metricsSettings.optional(),
  introspection: z.boolean().optional(),
  explorer: z.boolean().optional(),
  console: z.boolean().optional(),
  cors: corsSettings.optional(),
  compress: z.boolean().default(true),
  serverTiming: z.boolean().default(false),
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
