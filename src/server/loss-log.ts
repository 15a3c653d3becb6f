import type { FastifyInstance } from 'fastify';

/** Milliseconds between two log lines about the same, so that logging does not add to the load. */
const logInterval = 1_000;

/**
 * Returns a function that counts what was refused or lost. The count is logged at intervals, and when the server closes.
 *
 * @param name of the count in the log line
 */
export function createLossLog(app: FastifyInstance, name: string, message: string, more = {}): () => void {
  let count = 0;
  const log = (): void => {
    if (count > 0) app.log.warn({ ...more, [name]: count }, message);
    count = 0;
  };
  app.addHook('onClose', async () => log());
  return () => {
    if (count === 0) setTimeout(log, logInterval).unref();
    count += 1;
  };
}
