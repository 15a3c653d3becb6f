import { expect, it } from 'vitest';
import { guard } from '../support/guard.ts';
import { withProduct } from '../support/product.ts';
import { startStubServer } from '../support/stub-server.ts';

guard();

/** A Restcomm Connect that says it has so many calls, and shows none of them. */
async function totalOf(...totals: number[]) {
  const accountSid = `AC${'0'.repeat(32)}`;
  const carriers = await Promise.all(
    totals.map((total) =>
      startStubServer((response, { url }) => {
        const size = Number(new URLSearchParams(url.split('?')[1]).get('PageSize'));
        const uri = `/2012-04-24/Accounts/${accountSid}/Calls`;
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify({ page: 0, page_size: size, num_pages: 0, total, uri, calls: [] }));
      }),
    ),
  );
  const accounts = carriers.map(({ origin }, i) => ({
    key: `connect-${i}`,
    provider: 'restcomm',
    accountSid,
    baseUrl: `${origin}/restcomm/2012-04-24`,
    auth: { username: 'user', password: 'password' },
  }));
  const { data, errors } = await withProduct({ file: { accounts } }, ({ ask }) =>
    ask<{ calls: { totalCount: number | null } }>('{ calls(first: 0) { totalCount } }'),
  );
  await Promise.all(carriers.map((carrier) => carrier.close()));
  expect(errors).toEqual([]);
  return data.calls.totalCount;
}

it.each([
  ['the sum of all accounts', [2_000_000_000, 147_483_647], 2_147_483_647],
  ['null for more than an Int holds', [2_000_000_000, 147_483_648], null],
  ['null where one account says more than that', [1, 2_147_483_648], null],
])('the total is %s', async (_, totals, expected) => {
  expect(await totalOf(...totals)).toBe(expected);
});
