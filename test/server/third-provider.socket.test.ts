import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { registry } from '../../src/adapters/registry.ts';
import { readConfig } from '../../src/config/config.ts';
import { loadSchema } from '../../src/graphql/load-schema.ts';
import { systemClock } from '../../src/sandbox/clock.ts';
import { createServer } from '../../src/server/create-server.ts';
import { acme } from '../support/third-provider/provider/index.ts';
import { sdl } from '../support/third-provider/sdl.ts';
import { startThirdProvider } from '../support/third-provider/server.ts';

const support = new URL('../support/third-provider/', import.meta.url);
const linesOf = (file: string) => readFileSync(new URL(file, support), 'utf8').split('\n').length - 1;

describe('a third provider', () => {
  it('costs one folder of at most 400 lines, its SDL included', () => {
    const files = readdirSync(new URL('provider', support));
    const lines = files.reduce((sum, file) => sum + linesOf(`provider/${file}`), 0);
    expect(lines).toBeGreaterThan(200);
    expect(lines).toBeLessThanOrEqual(400);
    expect(linesOf('server.ts')).toBeLessThanOrEqual(150);
  });

  it('is served like any other once it is in the registry', async () => {
    const carrier = await startThirdProvider(systemClock);
    const { accountSid, authToken, origin: baseUrl } = carrier;
    const config = readConfig(
      { ...registry, ACME: acme },
      { accounts: [{ key: 'acme-main', provider: 'acme', accountSid, authToken, baseUrl }] },
      { LOG_LEVEL: 'silent' },
    );
    const server = await createServer(config, loadSchema([sdl]));
    onTestFinished(async () => {
      await server.close();
      await carrier.close();
    });
    carrier.add(Date.now() - 3_600_000);
    const query = `{ calls { nodes {
      provider status duration details { __typename ... on AcmeCallDetails { parentCallSid } } account { key capabilities }
    } } }`;
    const response = await server.app.inject({ method: 'POST', url: '/graphql', payload: { query } });
    expect(response.json()).toEqual({
      data: {
        calls: {
          nodes: [
            {
              provider: 'ACME',
              status: 'COMPLETED',
              duration: 120,
              details: { __typename: 'AcmeCallDetails', parentCallSid: null },
              account: {
                key: 'acme-main',
                capabilities: ['CREATE_CALL', 'REDIRECT_CALL', 'HANG_UP_CALL', 'CANCEL_CALL'],
              },
            },
          ],
        },
      },
    });
  });
});
