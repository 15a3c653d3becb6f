import { isIP } from 'node:net';
import { z } from 'zod';

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

const notPort = 'must be a port';

/** The environment variables that are settings. CALLS_CONFIG and those that the accounts file names are not here. */
export const environment = z.object({
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, notPort)
    .transform(Number)
    .refine((port) => port <= 65_535, notPort)
    .default(4000),
  HOST: z
    .string()
    .transform((text) => text.replace(/^\[(.*)\]$/, '$1'))
    .refine(isHost, "must be an address of this machine's or a host name, without scheme and port")
    .default('127.0.0.1'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  NODE_ENV: z
    .string()
    .refine(isSpelledRight, 'must be exactly `production` where production is meant')
    .optional(),
});

export function isHost(text: string): boolean {
  return isIP(text) !== 0 || /^[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?\.?$/.test(text);
}

/** `prod` or `Production` would leave introspection and the explorer on in production. */
function isSpelledRight(text: string): boolean {
  return text === 'production' || !/^\s*prod/i.test(text);
}
