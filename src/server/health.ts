import type { FastifyInstance } from 'fastify';
import type { AccountHealth } from '../calls/account-health.ts';
import type { Store } from '../store/store.ts';

/**
 * Adds `/healthz`, which answers 200 while the process lives, and `/readyz`, which answers 503 once the server is
 * closing, so that a load balancer sends it no more requests. A provider or a store that fails does not make
 * a process less ready than the others, so it only shows in the body.
 *
 * @returns makes `/readyz` answer 503 from now on, while requests are still accepted
 */
export function addHealth(
  app: FastifyInstance,
  store: Store,
  accounts: () => Iterable<MonitoredAccount>,
): () => void {
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
  app.get('/readyz', async (_, reply) => {
    const body = { ready: !isClosing, store: store.health, accounts: Array.from(accounts(), toState) };
    return reply.code(isClosing ? 503 : 200).send(body);
  });
  return () => {
    isClosing = true;
  };
}

interface MonitoredAccount {
  readonly account: { readonly key: string };
  readonly health: Pick<AccountHealth, 'state' | 'code' | 'since'>;
}

function toState({ account: { key }, health: { code, since } }: MonitoredAccount) {
  return code === null ? { key, state: 'ok' } : { key, state: 'degraded', code, since };
}
