import { ConfigError } from '../config/config.ts';
import { Metrics } from '../telemetry/metrics.ts';
import { loadPromClient } from '../telemetry/prom-client.ts';

/**
 * Creates the metrics of an API.
 *
 * @throws ConfigError if the package that they need is not installed
 */
export async function createMetrics(): Promise<Metrics> {
  const client = await loadPromClient();
  if (client !== undefined) return new Metrics(client);
  const message = 'needs the package prom-client, which is not installed (npm install prom-client@15)';
  throw new ConfigError([{ path: 'metrics', message }]);
}
