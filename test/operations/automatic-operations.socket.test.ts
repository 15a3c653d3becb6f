import { hash } from 'node:crypto';
import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { describe, expect, it, onTestFinished } from 'vitest';
import { AutomaticOperations } from '../../src/operations/automatic-operations.ts';
import { MemoryStore } from '../../src/store/memory-store.ts';
import { startProduct } from '../support/product.ts';

interface Answer {
  readonly data: { readonly accounts: readonly object[] };
}

const sha256 = (text: string) => hash('sha256', text, 'hex');

describe('a document that a client has registered', () => {
  it('is sent as a text once by Apollo Client, and by its hash from then on', async () => {
    const product = await startProduct({ sandbox: 0, file: { operations: { automatic: true } } });
    onTestFinished(() => product.close());
    const sent: string[] = [];
    const http = new HttpLink({
      uri: product.url,
      fetch: (url, init) => {
        sent.push(/"query":/.test(String(init?.body)) ? 'text' : 'hash');
        return fetch(url, init);
      },
    });
    const link = new PersistedQueryLink({ sha256 }).concat(http);
    const client = new ApolloClient({ cache: new InMemoryCache(), link });
    for (let times = 0; times < 4; times += 1) {
      const { data } = await client.query<{ accounts: object[] }>({
        query: gql`query Keys { accounts { key } }`,
        fetchPolicy: 'network-only',
      });
      expect(data?.accounts).toHaveLength(3);
    }
    expect(sent).toEqual(['hash', 'text', 'hash', 'hash', 'hash']);
  });

  it('needs a header by GET, as any text does: it is not one of our own front ends', async () => {
    const product = await startProduct({ sandbox: 0, file: { operations: { automatic: true } } });
    onTestFinished(() => product.close());
    const query = '{ accounts { key } }';
    const persistedQuery = { version: 1, sha256Hash: sha256(query) };
    const registered = await fetch(product.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, extensions: { persistedQuery } }),
    });
    expect(((await registered.json()) as Answer).data.accounts).toHaveLength(3);
    const url = `${product.url}?extensions=${encodeURIComponent(JSON.stringify({ persistedQuery }))}`;
    expect((await fetch(url)).status).toBe(400);
    const answer = await fetch(url, { headers: { 'apollo-require-preflight': '1' } });
    expect(((await answer.json()) as Answer).data.accounts).toHaveLength(3);
  });

  it('is found by another process in the store', async () => {
    const store = new MemoryStore();
    const [one, other] = [new AutomaticOperations(store), new AutomaticOperations(store)];
    const text = '{ accounts { key } }';
    await one.set(`apq:${sha256(text)}`, text);
    expect(await other.get(sha256(text))).toBe(text);
    expect(await other.get(sha256(`${text} `))).toBeUndefined();
    expect(await other.get('apq:../../x')).toBeUndefined();
  });

  it('is not kept with a text literal, which may be a number, nor if it is long', async () => {
    const automatic = new AutomaticOperations(new MemoryStore());
    for (const text of [
      '{ calls(filter: { from: "+19195550100" }) { nodes { id } } }',
      `{ a } #${'x'.repeat(20_000)}`,
    ]) {
      await automatic.set(sha256(text), text);
      expect(await automatic.get(sha256(text))).toBeUndefined();
    }
  });

  it('takes no more than 2,048 entries of the store, and leaves it half of its room', async () => {
    const store = new MemoryStore();
    const keys = new Set<string>();
    const write = store.write.bind(store);
    store.write = (step) => {
      for (const { key } of step.writes) keys.add(key);
      expect(step.reserve).toBe(0.5);
      return write(step);
    };
    const automatic = new AutomaticOperations(store);
    for (let i = 0; i < 6_000; i += 1) await automatic.set(sha256(`{ a${i} }`), `{ a${i} }`);
    expect(keys.size).toBeGreaterThan(1_800);
    expect(keys.size).toBeLessThanOrEqual(2_048);
  });
});
