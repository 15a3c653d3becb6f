import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Accounts } from '../../src/api/accounts.ts';
import { Calls } from '../../src/calls/calls.ts';
import type { CallsDependencies } from '../../src/calls/calls-source.ts';
import type { ConfiguredAccount } from '../../src/config/accounts.ts';
import { ArrayAdapter } from '../support/array-adapter.ts';
import { someAccount, someOperation, someRights } from '../support/some-call.ts';

const limits = { connectTimeout: 1, headersTimeout: 1, readDeadline: 1, maxBodyBytes: 1 };
const factory = { settings: z.any(), create: () => new ArrayAdapter(someAccount()) };

function configured(key: string, more: Partial<ConfiguredAccount> = {}): ConfiguredAccount {
  const entry = { key, name: key, limits };
  return { factory, settings: { user: key }, entry, webhookSecret: undefined, identity: key, ...more };
}

/** Accounts, and the names of the adapters that were opened and closed. */
function open(...keys: string[]) {
  const opened: string[] = [];
  const closed: string[] = [];
  const accounts = new Accounts(
    keys.map((key) => configured(key)),
    {
      openAdapter: ({ entry: { key } }) => {
        const name = `${key}-${opened.filter((each) => each.startsWith(key)).length}`;
        opened.push(name);
        const close = async () => void closed.push(name);
        return Object.assign(new ArrayAdapter(someAccount({ key, name })), { close });
      },
      toCalls: (all) =>
        ({
          adapters: new Map([...all].map(([key, { adapter }]) => [key, adapter])),
        }) as Partial<CallsDependencies> as CallsDependencies,
    },
  );
  const names = ({ adapters }: Pick<CallsDependencies, 'adapters'> = accounts.current) =>
    [...adapters.values()].map(({ account }) => account.name);
  return { accounts, opened, closed, names };
}

describe('accounts that change', () => {
  it('keep the adapters of those that stay, and tell which do not', () => {
    const { accounts, opened, closed, names } = open('a', 'b', 'c');
    const changed = accounts.set([
      configured('a'),
      configured('b', { settings: { user: 'other' } }),
      configured('d'),
    ]);
    expect([...changed].sort()).toEqual(['b', 'c', 'd']);
    expect(names()).toEqual(['a-0', 'b-1', 'd-0']);
    expect(opened).toHaveLength(5);
    expect(closed.sort()).toEqual(['b-0', 'c-0']);
  });

  it('keep the adapter of one whose webhooks arrive elsewhere, but tell of the change', () => {
    const { accounts, closed, names } = open('a');
    expect(accounts.set([configured('a', { webhookSecret: 'a'.repeat(16) })])).toEqual(['a']);
    expect(accounts.set([configured('a', { webhookSecret: 'a'.repeat(16) })])).toEqual([]);
    expect([names(), closed]).toEqual([['a-0'], []]);
  });

  it('are looked through once for each caller, and again when they have changed', () => {
    const { accounts } = open('a', 'b');
    const seenBy = ({ keys }: { readonly keys: string[] }) => {
      const asked: string[] = [];
      const rights = { ...someRights(), maySee: (key: string) => asked.push(key) > 0 && keys.includes(key) };
      const see = () => new Calls(accounts.current, someOperation(), rights).accounts.map(({ key }) => key);
      return { asked, see };
    };
    const [all, some] = [seenBy({ keys: ['a', 'b', 'c'] }), seenBy({ keys: ['b'] })];
    expect([all.see(), some.see(), all.see(), some.see()]).toEqual([['a', 'b'], ['b'], ['a', 'b'], ['b']]);
    expect([all.asked, some.asked]).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
    accounts.set([configured('b'), configured('c')]);
    expect([all.see(), some.see()]).toEqual([['b', 'c'], ['b']]);
  });

  it('stay as they were for those who took them before, and close when the last has released them', () => {
    const { accounts, closed, names } = open('a', 'b');
    const [first, second] = [accounts.take(), accounts.take()];
    accounts.set([configured('a')]);
    const third = accounts.take();
    accounts.set([]);
    expect([names(first.calls), names(third.calls), names()]).toEqual([['a-0', 'b-0'], ['a-0'], []]);
    first.release();
    expect(closed).toEqual([]);
    second.release();
    expect(closed).toEqual(['b-0']);
    third.release();
    expect(closed).toEqual(['b-0', 'a-0']);
  });

  it('get another adapter when they come back', () => {
    const { accounts, closed, names } = open('a');
    const before = accounts.take();
    accounts.set([]);
    accounts.set([configured('a')]);
    before.release();
    expect([names(), closed]).toEqual([['a-1'], ['a-0']]);
  });

  it('are all closed at the end, those too that somebody holds', async () => {
    const { accounts, closed } = open('a', 'b');
    accounts.take();
    accounts.set([configured('b')]);
    await accounts.close();
    expect(closed.sort()).toEqual(['a-0', 'b-0']);
  });
});
