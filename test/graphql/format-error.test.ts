import { ApolloServer } from '@apollo/server';
import { GraphQLError } from 'graphql';
import { describe, expect, it } from 'vitest';
import { unauthenticated } from '../../src/access/refusal.ts';
import { ProviderError, Refusal } from '../../src/calls/failure.ts';
import { Forbidden } from '../../src/calls/rights.ts';
import { formatError } from '../../src/graphql/format-error.ts';

const masked = { message: 'Something went wrong here.', code: 'INTERNAL_SERVER_ERROR' };
const secret = 'https://user:secret@10.0.0.1/';

/** The one error of an operation, as a client gets it, when `field` throws this. */
async function errorOf(thrown: unknown, query = '{ field }', variables = {}) {
  const server = new ApolloServer({
    typeDefs: `
      type Query { field(n: Int): Int, list: [Int!]!, twice(n: Int!): Int, named(by: By!): Int }
      input By { n: Int!, name: String }
    `,
    resolvers: {
      Query: {
        field: () => {
          throw thrown;
        },
        list: () => [1, thrown],
      },
    },
    formatError,
    includeStacktraceInErrorResponses: true,
    stopOnTerminationSignals: false,
  });
  const { body } = await server.executeOperation({ query, variables });
  await server.stop();
  const errors = body.kind === 'single' ? (body.singleResult.errors ?? []) : [];
  expect(errors).toHaveLength(1);
  return errors[0];
}

describe('an error that is shown', () => {
  it('is a failure, with its code, field and waiting time, and where it happened', async () => {
    const failure = new Refusal('INVALID_INPUT', 'No such cursor.', {
      field: ['after'],
      cause: new Error(secret),
    });
    expect(await errorOf(failure)).toEqual({
      message: 'No such cursor.',
      path: ['field'],
      locations: [{ line: 1, column: 3 }],
      extensions: { code: 'INVALID_INPUT', field: ['after'] },
    });
    const told = new ProviderError('PROVIDER_UNAVAILABLE', 'Down.', { providerErrorId: 'e-1' });
    expect((await errorOf(told))?.extensions).toEqual({ code: told.code, providerErrorId: 'e-1' });
    const limited = new ProviderError('RATE_LIMITED', 'Too many.', { retryAfter: 0 });
    expect((await errorOf(limited))?.extensions).toEqual({ code: 'RATE_LIMITED', retryAfter: 0 });
  });

  it('is that the caller may not write', async () => {
    expect(await errorOf(new Forbidden('main'))).toMatchObject({
      message: 'You may not place or change calls of account main.',
      path: ['field'],
      extensions: { code: 'FORBIDDEN' },
    });
  });

  it.each([
    ['a syntax error', '{ field', {}, 'GRAPHQL_PARSE_FAILED', 'Expected Name'],
    ['an unknown field', '{ nothing }', {}, 'GRAPHQL_VALIDATION_FAILED', 'Cannot query field "nothing"'],
    [
      'a bad variable',
      'query ($n: Int) { field(n: $n) }',
      { n: 'x' },
      'BAD_USER_INPUT',
      'Variable "$n" got invalid',
    ],
    [
      'a null for an argument',
      'query ($n: Int = 1) { twice(n: $n) }',
      { n: null },
      'BAD_USER_INPUT',
      'Argument "n" of non-null type "Int!" must not be null.',
    ],
    [
      'a null within an argument, whose other values are not repeated',
      'query ($n: Int = 1) { named(by: { n: $n, name: "+19195550123" }) }',
      { n: null },
      'BAD_USER_INPUT',
      'Argument "by" has an invalid value.',
    ],
    [
      'a condition that is null',
      'query ($is: Boolean = true) { field @skip(if: $is) }',
      { is: null },
      'BAD_USER_INPUT',
      'Argument "if" of non-null type "Boolean!" must not be null.',
    ],
    [
      'no operation',
      'query A { field } query B { field }',
      {},
      'OPERATION_RESOLUTION_FAILURE',
      'Must provide operation',
    ],
  ])('is what the client got wrong: %s', async (_, query, variables, code, message) => {
    const error = await errorOf(undefined, query, variables);
    expect(error?.extensions).toEqual({ code });
    expect(error?.message).toContain(message);
  });

  it('is a refusal of our own scalars', async () => {
    const refusal = new GraphQLError('A URL is absolute.', {
      extensions: { code: 'INVALID_INPUT', more: secret },
    });
    expect(await errorOf(refusal)).toMatchObject({
      message: 'A URL is absolute.',
      extensions: { code: 'INVALID_INPUT' },
    });
    expect((await errorOf(refusal))?.extensions).not.toHaveProperty('more');
  });

  it('is who may not ask at all, without what is for HTTP alone', () => {
    const refusal = unauthenticated();
    const shown = formatError({ message: 'x', path: ['field'] }, refusal);
    expect(shown).toEqual({
      message: refusal.message,
      path: ['field'],
      extensions: { code: 'UNAUTHENTICATED' },
    });
  });

  it('tells a client of persisted queries to send the whole query', () => {
    const error = {
      message: 'PersistedQueryNotSupported',
      extensions: { code: 'PERSISTED_QUERY_NOT_SUPPORTED' },
    };
    expect(formatError(error, new GraphQLError(error.message))).toEqual(error);
  });
});

describe('an error that is masked', () => {
  it.each([
    ['a bug', new TypeError(secret)],
    ['a GraphQLError without code', new GraphQLError(secret)],
    ['a GraphQLError with another code', new GraphQLError(secret, { extensions: { code: 'SECRET' } })],
    [
      'an error that borrows a code',
      Object.assign(new Error(secret), { extensions: { code: 'BAD_USER_INPUT' } }),
    ],
    [
      'an error that borrows our shape',
      Object.assign(new Error(secret), { code: 'NOT_FOUND', field: ['id'] }),
    ],
    ['a failure within another error', new Error(secret, { cause: new Refusal('NOT_FOUND', 'x') })],
    ['text', secret],
    ['nothing', undefined],
    ['an object', { message: secret }],
  ])('is anything else: %s', async (_, thrown) => {
    const error = await errorOf(thrown);
    expect(error).toMatchObject({ message: masked.message, path: ['field'] });
    expect(error?.extensions).toEqual({ code: masked.code });
    expect(JSON.stringify(error)).not.toContain('secret');
  });

  it('is an answer of ours that does not fit the schema', async () => {
    const error = await errorOf(secret, '{ list }');
    expect(error).toEqual({
      message: masked.message,
      path: ['list', 1],
      locations: [{ line: 1, column: 3 }],
      extensions: { code: masked.code },
    });
  });

  it('is one without place or extensions, too', () => {
    expect(formatError({ message: secret }, new Error(secret))).toEqual({
      message: masked.message,
      extensions: { code: masked.code },
    });
  });
});
