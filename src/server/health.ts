import type { FastifyInstance } from 'fastify';

/**
 * Adds `/healthz`, which answers 200 while the process lives, and `/readyz`, which answers 503 once the server is
 * closing, so that a load balancer sends it no more requests.
 */
export function addHealth(app: FastifyInstance): void {
  let isClosing = false;
  app.addHook('preClose', async () => {
    isClosing = true;
  });
  // A connection in use when the server closes would be kept alive, and keep the process running.
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (isClosing) reply.header('connection', 'close');
    done();
  });
  app.get('/healthz', async () => ({ status: 'ok' }));
  app.get('/readyz', async (_, reply) => reply.code(isClosing ? 503 : 200).send({ ready: !isClosing }));
}
