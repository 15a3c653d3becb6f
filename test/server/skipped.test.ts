import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { registry } from '../../src/adapters/registry.ts';
import { createAdapterFactory } from '../../src/calls/calls-adapter.ts';
import { skipReasons } from '../../src/calls/lists/skip-reasons.ts';
import { readConfig } from '../../src/config/config.ts';
import { createServer } from '../../src/server/create-server.ts';
import { ArrayAdapter } from '../support/array-adapter.ts';
import { accountId } from '../support/client-ids.ts';
import { someAccount, someCall } from '../support/some-call.ts';

/** Two accounts of three calls each; the first of them has a row without a time, too. */
const factory = createAdapterFactory(z.strictObject({}), (_, { key, name }) => {
  const account = someAccount({ key, name });
  const calls = [1, 2, 3].map((hour) =>
    someCall({ account, providerCallId: `${key}-${hour}`, createdAt: `2026-11-21T0${hour}:00:00.000Z` }),
  );
  const near = '2026-11-21T02:00:00.000Z';
  const row = { providerCallId: `${key}-x`, reason: skipReasons.noTime, near };
  return Object.assign(new ArrayAdapter(account, calls), { unplaced: key === 'alpha' ? [row] : [] });
});

const accounts = ['alpha', 'beta'].map((key) => ({ key, provider: 'bandwidth' }));
const config = readConfig({ ...registry, BANDWIDTH: factory }, { accounts }, { LOG_LEVEL: 'silent' });
const server = await createServer(config);
afterAll(() => server.close());

interface Page {
  readonly nodes: readonly { readonly providerCallId: string }[];
  readonly skipped: readonly object[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}

const selection = `nodes { providerCallId } pageInfo { hasNextPage endCursor }
  skipped { account { key } providerCallId reason }`;
const row = { account: { key: 'alpha' }, providerCallId: 'alpha-x', reason: skipReasons.noTime };

async function ask<Data>(query: string, variables: object): Promise<Data> {
  const response = await server.app.inject({
    method: 'POST',
    url: '/graphql',
    payload: { query, variables },
  });
  expect(response.json()).not.toHaveProperty('errors');
  return response.json().data;
}

describe('a row that cannot be placed in the order, to a client', () => {
  it('is told once on the way through a merged list, and stands among no nodes', async () => {
    const pages: Page[] = [];
    let after: string | null = null;
    do {
      const query = `query ($after: String) { calls(first: 1, after: $after) { ${selection} } }`;
      const { calls }: { calls: Page } = await ask(query, { after });
      pages.push(calls);
      after = calls.pageInfo.endCursor;
    } while (pages.at(-1)?.pageInfo.hasNextPage);
    expect(pages.flatMap(({ nodes }) => nodes.map(({ providerCallId }) => providerCallId))).toEqual(
      [3, 2, 1].flatMap((hour) => [`beta-${hour}`, `alpha-${hour}`]),
    );
    expect(pages.flatMap(({ skipped }) => skipped)).toEqual([row]);
  });

  it('is told in the list of its account, and in no other', async () => {
    const query = `query ($a: ID!, $b: ID!) {
      alpha: account(id: $a) { calls { ${selection} } } beta: account(id: $b) { calls { ${selection} } }
    }`;
    const ids = { a: accountId('alpha'), b: accountId('beta') };
    const { alpha, beta } = await ask<Record<'alpha' | 'beta', { calls: Page }>>(query, ids);
    expect([alpha.calls.skipped, beta.calls.skipped]).toEqual([[row], []]);
  });
});
