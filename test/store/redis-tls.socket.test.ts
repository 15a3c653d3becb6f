import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { type Created, createQuery, createVariables } from '../support/new-call.ts';
import { post, send } from '../support/post.ts';
import { hasOwnRedis } from '../support/redis-server.ts';
import { killServers, runServer } from '../support/run-server.ts';
import { adminOf, ownRedis } from './store-harness.ts';

/** A redis-server that was built without TLS takes the option for an unknown one. */
const hasTls =
  hasOwnRedis &&
  spawnSync('openssl', ['version']).status === 0 &&
  !spawnSync('redis-server', ['--port', '0', '--tls-port', '1']).stdout.includes('Bad directive');

/** A Redis with a certificate of its own making, and the address at which it speaks TLS. */
async function open() {
  const folder = mkdtempSync(join(tmpdir(), 'redis-tls-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [certificate, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  const request = '-x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -subj /CN=redis'.split(
    ' ',
  );
  const name = ['-addext', 'subjectAltName=IP:127.0.0.1'];
  execFileSync('openssl', ['req', ...request, ...name, '-keyout', key, '-out', certificate], {
    stdio: 'ignore',
  });
  const tls = ['--tls-cert-file', certificate, '--tls-key-file', key, '--tls-auth-clients', 'no'];
  const { url } = await ownRedis(undefined, '--appendonly', 'yes', ...tls);
  // Free, as that of a cluster's bus would be.
  const port = Number(new URL(url).port) + 10_000;
  await (await adminOf(url)).call('CONFIG', 'SET', 'tls-port', String(port));
  return { url: `rediss://127.0.0.1:${port}`, certificate };
}

/** What a server hears of a Redis, and its client of a call with a key that is asked for twice. */
async function outcome(store: string, env: Readonly<Record<string, string>>) {
  const server = await runServer({ file: { sandbox: true, store }, env });
  const variables = createVariables('connect-sandbox', { idempotencyKey: 'key' });
  const ask = async () => (await post<Created>(server.url, createQuery, variables)).data.createCall;
  const asked = [await ask(), await ask()].map(({ replayed, userErrors }) => userErrors[0]?.code ?? replayed);
  const { text } = await send(new URL('/readyz', server.url).href);
  return { asked, store: JSON.parse(text).store };
}

describe.skipIf(!hasTls)('a Redis behind TLS (skipped without openssl or a redis-server with TLS)', () => {
  afterEach(killServers);

  it('is used if its certificate is trusted, and else told why not', async () => {
    const { url, certificate } = await open();
    const [trusting, others] = await Promise.all([
      outcome(url, { NODE_EXTRA_CA_CERTS: certificate }),
      outcome(url, {}),
    ]);
    expect(trusting).toEqual({ asked: [false, true], store: { state: 'ok' } });
    expect(others).toMatchObject({
      asked: ['PROVIDER_UNAVAILABLE', 'PROVIDER_UNAVAILABLE'],
      store: { state: 'degraded', code: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
    });
  });
});
