import { z } from 'zod';
import { isHost } from './environment.ts';

/** `metrics` in the accounts file: where Prometheus reads them. They have no access rules, so the default is this machine. */
export const metricsSettings = z.strictObject({
  port: z.int().min(0).max(65_535),
  host: z.string().refine(isHost, "must be an address of this machine's or a host name").default('127.0.0.1'),
});
