import {
  buildSchema,
  GraphQLError,
  type GraphQLScalarType,
  getOperationAST,
  getVariableValues,
  parse,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { Variables } from '../../../src/graphql/execution/variables.ts';

let parsed = 0;
const schema = buildSchema(`
  scalar Even
  enum Method { GET POST }
  input Filter { evens: [Even!], method: Method, text: String, inner: Filter }
  type Query { field(filter: Filter, evens: [Even!]!): Int }
`);
Object.assign(schema.getType('Even') as GraphQLScalarType, {
  parseValue(value: unknown) {
    parsed += 1;
    if (typeof value === 'number' && value % 2 === 0) return value;
    throw new GraphQLError('An Even is even.', { extensions: { code: 'INVALID_INPUT' } });
  },
});

const text = `query ($filter: Filter, $evens: [Even!]! = [2])
  { field(filter: $filter, evens: $evens) }`;
const operation = getOperationAST(parse(text)) ?? expect.unreachable();

function faultOf(given: Record<string, unknown>): GraphQLError {
  parsed = 0;
  try {
    new Variables(schema, operation).coerce(given);
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
  return expect.unreachable();
}

const many = <T>(times: number, make: (i: number) => T) => Array.from({ length: times }, (_, i) => make(i));

describe('the reading of variables', () => {
  it('ends with the first fault', () => {
    const { message } = faultOf({ evens: [2, 4, ...many(1_000, () => 1)] });
    expect([parsed, message]).toEqual([
      3,
      'Variable "$evens" got invalid value at "evens[2]"; An Even is even.',
    ]);
  });

  it('writes no value into what it says, however large', () => {
    const filter = Object.fromEntries(many(4_000, (i) => [`key${i}`, 'secret']));
    expect(faultOf({ filter }).message).toBe(
      'Variable "$filter" got invalid value; Field "key0" is not defined by type "Filter".',
    );
  });

  it.each([
    ['an unknown member', { filter: { inner: { texts: 'x' } } }],
    ['an enum', { filter: { inner: { method: 'PUT' } } }],
    ['a number for a text', { filter: { text: 1 } }],
    ['a text for an object', { filter: 'x' }],
    ['a list for an object', { filter: [] }],
    ['a null for a list', { evens: null }],
    ['a null in a list', { evens: [2, null] }],
  ])('says of it what graphql-js says, but for the value: %s', (_, given) => {
    const usual = getVariableValues(schema, operation.variableDefinitions ?? [], given).errors?.[0];
    const own = faultOf(given);
    const withoutValue = usual?.message.replace(/(got invalid value) .*?( at "|; )/, '$1$2');
    expect([own.message, own.nodes]).toEqual([withoutValue, usual?.nodes]);
    expect(own.extensions).toEqual({ code: 'BAD_USER_INPUT', http: { status: 400 } });
  });

  it('leaves the code of a scalar as it is', () => {
    expect(faultOf({ evens: 1 }).extensions.code).toBe('INVALID_INPUT');
  });

  it('gives what graphql-js gives where there is no fault', () => {
    for (const given of [
      {},
      { filter: null },
      { filter: { text: null }, evens: 4 },
      { evens: [] },
      { other: 1 },
    ]) {
      const usual = getVariableValues(schema, operation.variableDefinitions ?? [], given).coerced;
      expect(new Variables(schema, operation).coerce(given)).toEqual(usual);
    }
  });
});

describe('variables beyond what there is a use for', () => {
  const deep = many(60, (i) => i).reduce<object>((inner) => ({ inner }), {});
  it.each([
    ['values', { evens: many(6_000, () => 2) }, 'The variables hold more than 5000 values.'],
    [
      'values in lists of lists',
      { evens: many(80, () => many(80, () => 2)) },
      'The variables hold more than 5000 values.',
    ],
    [
      'variables',
      Object.fromEntries(many(6_000, (i) => [`v${i}`, 1])),
      'The variables hold more than 5000 values.',
    ],
    ['depth', { filter: deep }, 'The variables are nested more than 50 deep.'],
    [
      'a name',
      { filter: { ['x'.repeat(201)]: 1 } },
      'The variables hold a name of more than 200 characters.',
    ],
    ['what is not declared', { other: 'x'.repeat(100_001) }, 'A string has at most 100000 characters.'],
  ])('are refused: %s', (_, given, message) => {
    const { extensions, message: said } = faultOf(given);
    expect([said, extensions.code, parsed]).toEqual([message, 'BAD_USER_INPUT', 0]);
  });

  it('are refused as resolvers refuse a long text: by INVALID_INPUT and the place', () => {
    const { extensions, message } = faultOf({ filter: { inner: { text: 'x'.repeat(100_001) } } });
    expect([message, extensions.code]).toEqual([
      'Variable "$filter" got invalid value at "filter.inner.text"; A string has at most 100000 characters.',
      'INVALID_INPUT',
    ]);
  });

  it('are looked at no further than that', () => {
    let looks = 0;
    const count: ProxyHandler<unknown[]> = {
      get(target, name) {
        looks += 1;
        return Reflect.get(target, name);
      },
    };
    faultOf({
      evens: new Proxy(
        many(100_000, () => 2),
        count,
      ),
    });
    expect(looks).toBeLessThan(20_000);
  });

  it('are not the largest that there is a use for', () => {
    const given = { filter: { text: 'x'.repeat(65_536) }, evens: many(1_000, () => 2) };
    expect(new Variables(schema, operation).coerce(given)).toMatchObject(given);
  });
});
