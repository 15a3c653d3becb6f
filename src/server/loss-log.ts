import type { FastifyInstance } from 'fastify';
import { LossLog } from '../api/loss-log.ts';

/**
 * Returns a function that counts what was refused or lost. The count is logged at intervals, and when the server closes.
 *
 * @param name of the count in the log line
 */
export function createLossLog(app: FastifyInstance, name: string, message: string, more = {}): () => void {
  const log = new LossLog(app.log, name, message, more);
  app.addHook('onClose', async () => log.end());
  return () => log.add();
}
