import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generate } from '@graphql-codegen/cli';
import { Client, fetchExchange, type TypedDocumentNode } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';
import { persistedExchange } from '@urql/exchange-persisted';
import { buildSchema, introspectionFromSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Product, startProduct } from '../support/product.ts';
import { allCalls, type Connection, callToPlace, type Payload } from './client-operations.ts';

const documents = fileURLToPath(new URL('../fixtures/clients/operations.graphql', import.meta.url));

/** Of what codegen's client preset writes, what is used here. */
interface Generated {
  readonly ListCallsDocument: TypedDocumentNode<{ calls: Connection }, { first: number; after?: string }>;
  readonly ReadCallDocument: TypedDocumentNode<{ node: object }, { id: string }>;
  readonly PlaceCallDocument: TypedDocumentNode<{ createCall: Payload }, { input: object }>;
  readonly ChangeCallDocument: TypedDocumentNode<{ updateCall: Payload }, { id: string; change: object }>;
}

/** What the preset adds to a document. */
interface Persisted {
  readonly __meta__: { readonly hash: string };
}

let product: Product;
let folder: string;
let text: string;
let operations: Generated;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'client-preset-'));
  const persisted = join(folder, 'persisted-documents.json');
  writeFileSync(persisted, '{}');
  product = await startProduct({ sandbox: 10, file: { operations: { files: [persisted] } } });
  // As a user would write it in codegen.yml: the address of the SDL, and the preset.
  const files: { filename: string; content: string }[] = await generate(
    {
      schema: `${product.url}/schema.graphql`,
      documents,
      generates: {
        [`${folder}/`]: {
          preset: 'client',
          presetConfig: { persistedDocuments: { hashAlgorithm: 'sha256' } },
          config: { strictScalars: true, scalars: { DateTime: 'string', URL: 'string' } },
        },
      },
      silent: true,
    },
    false,
  );
  for (const { filename, content } of files) {
    mkdirSync(dirname(filename), { recursive: true });
    writeFileSync(filename, content);
  }
  product.reload();
  text = files.find(({ filename }) => filename.endsWith('/graphql.ts'))?.content ?? '';
  operations = await import(join(folder, 'graphql.ts'));
});
afterAll(async () => {
  await product.close();
  rmSync(folder, { recursive: true });
});

/** @param preferGetMethod urql's own default if absent */
async function createClient({ preferGetMethod }: { preferGetMethod?: false }): Promise<Client> {
  const sdl = await (await fetch(`${product.url}/schema.graphql`)).text();
  const cache = cacheExchange({
    schema: introspectionFromSchema(buildSchema(sdl), { descriptions: false }),
    resolvers: { Query: { calls: relayPagination() } },
    keys: { BandwidthCallDetails: () => null, RestcommCallDetails: () => null },
  });
  const options = preferGetMethod === undefined ? {} : { preferGetMethod };
  return new Client({ url: product.url, exchanges: [cache, fetchExchange], ...options });
}

describe("codegen's client preset", () => {
  it('writes the types of a client from the address of the SDL', () => {
    expect(text).toMatch(/^export type ListCallsQuery = /m);
    // One member of the union for each field of the @oneOf input.
    expect(text).toMatch(/end: CallEnd; muted\?: never; redirect\?: never;/);
    expect(text).toContain('createdAt: string | null');
  });
});

describe('urql', () => {
  it('pages through a connection to its end with preferGetMethod: false', async () => {
    const client = await createClient({ preferGetMethod: false });
    let after: string | undefined;
    let page: Connection | undefined;
    let requests = 0;
    do {
      const variables = after === undefined ? { first: 7 } : { first: 7, after };
      const { data, error } = await client.query(operations.ListCallsDocument, variables);
      expect(error).toBeUndefined();
      page = data?.calls;
      after = page?.pageInfo.endCursor;
      requests += 1;
    } while (page?.pageInfo.hasNextPage);
    const ids = await allCalls(product);
    // Graphcache gives all pages so far.
    expect(page?.edges.map(({ node }) => node.id)).toEqual(ids);
    expect(requests).toBeGreaterThan(2);
  });

  it('places a call, reads it again by its global id, and sees it end', async () => {
    const client = await createClient({ preferGetMethod: false });
    const placed = await client.mutation(operations.PlaceCallDocument, { input: callToPlace });
    expect(placed.data?.createCall.userErrors).toEqual([]);
    const id = placed.data?.createCall.call.id as string;
    const read = await client.query(operations.ReadCallDocument, { id });
    expect(read.data?.node).toMatchObject({ id, details: { apiVersion: '2012-04-24' } });
    const change = { id, change: { end: 'HANG_UP' } };
    const ended = await client.mutation(operations.ChangeCallDocument, change);
    expect(ended.data?.updateCall.userErrors).toEqual([]);
    // From the cache: the mutation's payload changed the same object.
    const cached = client.readQuery(operations.ReadCallDocument, { id });
    expect(cached?.data?.node).toMatchObject({ id, status: 'CANCELED' });
  });

  it('sends the ids that the preset has given to documents, queries by GET, and never a text', async () => {
    const sent: string[] = [];
    const persisted = persistedExchange({
      enforcePersistedQueries: true,
      enableForMutation: true,
      generateHash: async (_, document) => (document as unknown as Persisted).__meta__.hash,
    });
    const client = new Client({
      url: product.url,
      exchanges: [persisted, fetchExchange],
      preferGetMethod: false,
      fetch: (url, init) => {
        sent.push(`${init?.method} ${decodeURIComponent(String(url))} ${init?.body ?? ''}`);
        return fetch(url, init);
      },
    });
    const page = await client.query(operations.ListCallsDocument, { first: 3 });
    expect(page.data?.calls.edges).toHaveLength(3);
    const placed = await client.mutation(operations.PlaceCallDocument, { input: callToPlace });
    expect(placed.data?.createCall.userErrors).toEqual([]);
    expect(sent).toEqual([expect.stringMatching(/^GET /), expect.stringMatching(/^POST /)]);
    for (const request of sent) expect(request).not.toMatch(/[?&"]query["=]/);
  });

  it('has queries refused that it sends by GET, as it does by default: another site could send them', async () => {
    const client = await createClient({});
    const { data, error } = await client.query(operations.ListCallsDocument, { first: 7 });
    expect(data).toBeUndefined();
    expect(error?.message).toContain('CSRF');
    expect(error?.response?.status).toBe(400);
  });
});
