import { afterEach, expect, it, onTestFinished } from 'vitest';
import { type Facade, startFacade } from './facade.ts';

let facade: Facade;
afterEach(() => facade.close());

it('a cursor that one account takes and another refuses leaves no rejection to nobody', async () => {
  const unheard: unknown[] = [];
  const note = (reason: unknown) => unheard.push(reason);
  process.on('unhandledRejection', note);
  onTestFinished(() => void process.off('unhandledRejection', note));
  facade = await startFacade({ calls: 30 });
  const query = (n: number) =>
    `query Q${n}($after: String) { accounts { calls(first: 2, after: $after) { pageInfo { endCursor } } } }`;
  interface Data {
    readonly accounts: readonly { readonly calls: { readonly pageInfo: { readonly endCursor: string } } }[];
  }
  const { data } = await facade.ask<Data>(query(1));
  for (const { faults } of [facade.sandbox.bandwidth, facade.sandbox.connect, facade.sandbox.sbc]) {
    faults.add({ do: { kind: 'status', status: 500 } });
  }
  const [first] = data.accounts;
  const answer = await facade.ask(query(2), { after: first?.calls.pageInfo.endCursor });
  expect(answer.errors?.length).toBeGreaterThan(0);
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  expect(unheard).toEqual([]);
});
