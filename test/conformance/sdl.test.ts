import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import {
  buildClientSchema,
  buildSchema,
  getIntrospectionQuery,
  type IntrospectionQuery,
  type IntrospectionSchema,
  parse,
  visit,
} from 'graphql';
import { buildSchema as buildSchema15 } from 'graphql-15';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { printSdl } from '../../src/graphql/print-sdl.ts';
import { type Product, startProduct } from '../support/product.ts';

// The CommonJS builds, which share the test's graphql.
const require = createRequire(import.meta.url);
const { diff }: typeof import('@graphql-inspector/core') = require('@graphql-inspector/core');
const { composeServices }: typeof import('@apollo/composition') = require('@apollo/composition');

let product: Product;
let sdl: string;
let introspected: IntrospectionSchema;

beforeAll(async () => {
  product = await startProduct({ sandbox: 0 });
  const response = await fetch(`${product.url}/schema.graphql`);
  sdl = await response.text();
  const query = getIntrospectionQuery({
    specifiedByUrl: true,
    directiveIsRepeatable: true,
    schemaDescription: true,
    inputValueDeprecation: true,
    oneOf: true,
  });
  introspected = (await product.ask<IntrospectionQuery>(query)).data.__schema;
});
afterAll(() => product.close());

describe('the SDL', () => {
  it('is what the running server tells of itself: graphql-inspector finds no difference', async () => {
    // Introspection has no applied directives, so graphql-inspector is given what can be printed of it.
    const running = printSdl(buildClientSchema({ __schema: introspected }));
    expect(await diff(buildSchema(sdl), buildSchema(running))).toEqual([]);
    expect(await diff(buildSchema(running), buildSchema(sdl))).toEqual([]);
    expect(running).toBe(sdl);
  });

  it('breaks nothing that the last release has', async () => {
    const released = buildSchema(
      readFileSync(new URL('../fixtures/released.graphql', import.meta.url), 'utf8'),
    );
    const breaking = async (text: string) =>
      (await diff(released, buildSchema(text)))
        .filter(({ criticality }) => criticality.level === 'BREAKING')
        .map(({ message }) => message);
    expect(await breaking(sdl)).toEqual([]);
    expect(await breaking(sdl.replaceAll('createdAt', 'placedAt'))).not.toEqual([]);
  });

  it.each([
    ['@oneOf', 'input CallChange @oneOf', 'input CallChange'],
    ['a specification', /scalar URL @specifiedBy.*/, 'scalar URL'],
    ['a description', /"""\nA moment in time[^"]*"""/, ''],
    ['a field of a provider', 'bandwidth: BandwidthRedirectInput', 'bandwidth: BandwidthCreateCallInput'],
  ])('would be found to differ without %s', async (_, part, replacement) => {
    expect(await diff(buildSchema(sdl), buildSchema(sdl.replace(part, replacement)))).not.toEqual([]);
  });

  it('declares each directive that it applies, unless GraphQL has had it since 2021', () => {
    const known = new Set(['deprecated', 'specifiedBy']);
    const applied = new Set<string>();
    visit(parse(sdl), {
      DirectiveDefinition: ({ name }) => void known.add(name.value),
      Directive: ({ name }) => void applied.add(name.value),
    });
    expect(applied).toContain('oneOf');
    expect([...applied].filter((name) => !known.has(name))).toEqual([]);
  });

  it('is read by graphql-js 15, which knows no @oneOf', () => {
    expect(buildSchema15(sdl).getType('CallChange')).toBeDefined();
  });

  it.each([
    ['Federation 1', ''],
    ['Federation 2', 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9")\n'],
  ])("composes as a subgraph of Apollo's, %s", (_, link) => {
    const { errors, supergraphSdl } = composeServices([
      { name: 'calls', url: product.url, typeDefs: parse(link + sdl) },
    ]);
    expect(errors).toBeUndefined();
    expect(supergraphSdl).toContain('input CallChange');
  });
});

describe('the running server', () => {
  it.each(['DateTime', 'URL'])('describes and specifies %s', (name) => {
    const type = introspected.types.find((each) => each.name === name);
    expect(type).toMatchObject({
      kind: 'SCALAR',
      description: expect.stringMatching(/\w/),
      specifiedByURL: expect.stringMatching(/^https:/),
    });
  });
});
