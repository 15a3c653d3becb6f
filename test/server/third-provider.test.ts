import { describe, expect, it } from 'vitest';
import { registry } from '../../src/adapters/registry.ts';
import { readConfig } from '../../src/config/config.ts';
import { loadSchema } from '../../src/graphql/load-schema.ts';
import { createServer } from '../../src/server/create-server.ts';
import { acme } from '../fixtures/acme/index.ts';
import { sdl } from '../fixtures/acme/sdl.ts';

describe('a third provider', () => {
  it('costs its SDL, one folder, and one line in the registry', async () => {
    const extended = { ...registry, ACME: acme };
    const config = readConfig(
      extended,
      { accounts: [{ key: 'acme-main', provider: 'acme', greeting: 'hello' }] },
      { LOG_LEVEL: 'silent' },
    );
    const server = await createServer(config, loadSchema([sdl]));
    const query = `{ calls { nodes {
      provider status details { __typename ... on AcmeCallDetails { greeting } } account { key capabilities }
    } } }`;
    const response = await server.app.inject({ method: 'POST', url: '/graphql', payload: { query } });
    await server.close();
    expect(response.json()).toEqual({
      data: {
        calls: {
          nodes: [
            {
              provider: 'ACME',
              status: 'COMPLETED',
              details: { __typename: 'AcmeCallDetails', greeting: 'hello' },
              account: { key: 'acme-main', capabilities: [] },
            },
          ],
        },
      },
    });
  });
});
