import Fastify from 'fastify';
import { createCallsApi } from '../../src/index.ts';

/** A backend on Fastify, with a session of its own and calls at /calls. */
export async function createBackend(sessions: ReadonlyMap<string, string>) {
  const app = Fastify();
  const calls = await createCallsApi({
    sandbox: true,
    authenticate: ({ cookie }) => {
      const user = sessions.get(/\bsession=(\w+)/.exec(`${cookie}`)?.[1] ?? '');
      return user === undefined ? undefined : { id: user, accounts: ['bandwidth-*'], may: ['write'] };
    },
  });
  await app.register(calls.fastify, { path: '/calls' });
  app.addHook('onClose', () => calls.close());
  app.get('/hello', async () => ({ hello: 'world' }));
  return app;
}
