import type { GraphQLFormattedError } from 'graphql';
import { describe, expect, it } from 'vitest';
import { RateLimiter } from '../../../src/cost/rate-limiter.ts';
import { type Answer, serve } from '../../access/served.ts';
import { repeat } from '../../cost/asked.ts';

const callById = 'call(id: "x") { id }';

/** The limits that an answer says were exceeded, as `name found/allowed`. */
function exceeded({ body }: Answer): string[] {
  const [error] = body.errors as readonly GraphQLFormattedError[];
  const figures = error?.extensions?.figures as readonly { limit: string; allowed: number; found: number }[];
  return figures.map(({ limit, found, allowed }) => `${limit} ${found}/${allowed}`);
}

describe('an operation over a limit', () => {
  const cases: readonly [string, string, string[]][] = [
    ['depth', '{ call(id: "x") { parent { parent { id } } } }', ['depth 4/3']],
    [
      'aliases',
      '{ a: __typename b: __typename c: __typename d: __typename }',
      ['aliases 4/3', 'rootFields 4/3'],
    ],
    [
      'directives',
      '{ accounts @skip(if: false) { key @skip(if: false) id @skip(if: false) name @skip(if: false) } }',
      ['directives 4/3'],
    ],
    ['nodes', '{ calls(first: 11) { __typename } }', ['nodes 11/10']],
    ['requests', '{ nodes(ids: [1, 2, 3, 4, 5, 6]) { id } }', ['requests 6/5']],
    [
      'several limits',
      `{ ${repeat(6, (i) => `a${i}: call(id: "x") { parent { parent { id } } }`)} }`,
      ['depth 4/3', 'aliases 6/3', 'rootFields 6/3', 'nodes 18/10', 'requests 18/5'],
    ],
  ];
  const limits = { depth: 3, aliases: 3, rootFields: 3, directives: 3, nodes: 10, requests: 5 };

  it.each(cases)(
    'is refused, with the figures, before any of it is resolved: %s',
    async (_, text, figures) => {
      const { ask, resolved } = serve({ limits });
      for (const time of ['at first', 'from the cache']) {
        const answer = await ask(text);
        expect([time, answer.status, answer.code]).toEqual([time, 400, 'OPERATION_TOO_COSTLY']);
        expect(exceeded(answer)).toEqual(figures);
        expect(answer.body.data).toBeUndefined();
      }
      expect(resolved()).toBe(0);
    },
  );

  it('is told in words as well, and what is for HTTP is not told', async () => {
    const { body } = await serve({ limits }).ask('{ calls(first: 11) { nodes { parent { id } } } }');
    expect(body.errors).toEqual([
      {
        message:
          'The operation is too costly: depth 4, at most 3; nodes 22, at most 10; requests 13, at most 5.',
        extensions: {
          code: 'OPERATION_TOO_COSTLY',
          figures: [
            { limit: 'depth', allowed: 3, found: 4 },
            { limit: 'nodes', allowed: 10, found: 22 },
            { limit: 'requests', allowed: 5, found: 13 },
          ],
        },
      },
    ]);
  });

  it('is refused by its tokens with the same code', async () => {
    const answer = await serve({ limits: { tokens: 10 } }).ask(`{ ${repeat(9, () => '__typename')} }`);
    expect([answer.status, answer.code, exceeded(answer)]).toEqual([
      400,
      'OPERATION_TOO_COSTLY',
      ['tokens 11/10'],
    ]);
  });

  it('is judged by its variables each time, though its text is known', async () => {
    const { ask } = serve();
    const text =
      'query ($ids: [ID!]!, $n: Int) { nodes(ids: $ids) { ... on Call { account { calls(first: $n) { nodes { id } } } } } }';
    const ids = Array.from({ length: 20 }, () => 'x');
    const codes = [];
    for (const n of [2, 500, 2]) codes.push((await ask(text, { variables: { ids, n } })).code);
    expect(codes).toEqual([undefined, 'OPERATION_TOO_COSTLY', undefined]);
  });

  it('is judged by the accounts that its caller may see', async () => {
    const limits = { requests: 5 };
    const text = '{ calls { nodes { id } } }';
    const codes = [5, 6].map(async (accounts) => (await serve({ limits, accounts }).ask(text)).code);
    expect(await Promise.all(codes)).toEqual([undefined, 'OPERATION_TOO_COSTLY']);
  });

  it('is judged by itself, but a text over a limit keeps the whole document out', async () => {
    const { ask } = serve({ limits: { depth: 3, nodes: 10 } });
    const dear = 'query A { calls(first: 11) { nodes { id } } } query B { __typename }';
    expect((await ask(dear, { operationName: 'A' })).code).toBe('OPERATION_TOO_COSTLY');
    expect((await ask(dear, { operationName: 'B' })).code).toBeUndefined();
    const deep = 'query A { calls { nodes { parent { id } } } } query B { __typename }';
    expect((await ask(deep, { operationName: 'A' })).code).toBe('OPERATION_TOO_COSTLY');
    expect((await ask(deep, { operationName: 'B' })).code).toBe('OPERATION_TOO_COSTLY');
    expect((await ask(deep, { operationName: 'C' })).code).toBe('OPERATION_TOO_COSTLY');
  });

  it('is refused by its text before it is validated', async () => {
    const answer = await serve().ask(`{ ${repeat(60, (i) => `a${i}: nothing`)} }`);
    expect(exceeded(answer)).toEqual(['aliases 60/50', 'rootFields 60/30']);
  });

  it('that is not valid, or not there, is told so as ever', async () => {
    const { ask } = serve();
    expect((await ask('{ nothing }')).code).toBe('GRAPHQL_VALIDATION_FAILED');
    expect((await ask('{')).code).toBe('GRAPHQL_PARSE_FAILED');
    expect((await ask('query A { __typename }', { operationName: 'B' })).code).toBe(
      'OPERATION_RESOLUTION_FAILURE',
    );
    expect((await ask('query ($n: Int!) { calls(first: $n) { nodes { id } } }')).code).toBe('BAD_USER_INPUT');
  });
});

describe('what front ends send', () => {
  it.each([
    ['twenty aliased calls', `{ ${repeat(20, (i) => `c${i}: ${callById}`)} }`],
    [
      'a page of 500 with account and parent',
      '{ calls(first: 500) { nodes { id account { key } parent { id } } } }',
    ],
    ['a hundred nodes', `{ nodes(ids: [${repeat(100, (i) => `${i}`)}]) { id } }`],
  ])('passes: %s', async (_, text) => {
    const { body } = await serve().ask(text);
    expect(body.errors).toBeUndefined();
  });
});

describe('a caller', () => {
  /** Of 60 points a minute, with a clock that stands. */
  const createLimiter = () => new RateLimiter(60, { now: () => 0 });

  it('is refused when the points are spent, and told for how long', async () => {
    const { ask, resolved } = serve({ rateLimiter: createLimiter() });
    const text = `{ ${repeat(20, (i) => `c${i}: ${callById}`)} }`;
    const { code } = await ask(text);
    const answer = await ask(text);
    // 21 for the operation and 12 for its document, each time.
    expect([code, answer.code, resolved()]).toEqual([undefined, 'RATE_LIMITED', 20]);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '19']);
    expect(answer.body).toEqual({
      errors: [
        {
          message: 'Rate limit exceeded; retry in 19 s.',
          extensions: { code: 'RATE_LIMITED', retryAfter: 19 },
        },
      ],
    });
  });

  it('may spend more than a full bucket holds, once it is full', async () => {
    let now = 0;
    const { ask } = serve({ rateLimiter: new RateLimiter(60, { now: () => now }), requestsPerCall: 1 });
    const text = `query ($ids: [ID!]!) { nodes(ids: $ids) { id } }`;
    const ids = Array.from({ length: 100 }, (_, i) => `${i}`);
    for (const minutes of [0, 2, 4]) {
      now = minutes * 60_000;
      expect((await ask(text, { variables: { ids } })).code).toBeUndefined();
      expect((await ask(text, { variables: { ids } })).code).toBe('RATE_LIMITED');
    }
  });

  it('pays for a document to be checked until it is known, be it refused or not', async () => {
    const limiter = createLimiter();
    const { ask } = serve({ rateLimiter: limiter });
    const left = () =>
      [...Array(61).keys()].filter((points) => limiter.waitFor('somebody', points) === 0).at(-1);
    const text = `{ ${repeat(20, () => 'accounts { key }')} }`;
    const spent = [];
    for (const asked of [text, text, text, `{ nothing }`, `{ ${repeat(20, (i) => `a${i}: nothing`)} }`]) {
      const before = left() ?? 0;
      await ask(asked);
      spent.push(before - (left() ?? 0));
    }
    expect(spent).toEqual([6, 6, 1, 2, 5]);
  });

  it('is no matter to another', async () => {
    const { ask } = serve({ rateLimiter: createLimiter() });
    const text = '{ nodes(ids: [1, 2, 3, 4, 5, 6, 7, 8, 9]) { id } }';
    const codes = [];
    for (let i = 0; i < 61; i++) codes.push((await ask('{ __typename }', { as: 'a' })).code);
    expect(codes.slice(-2)).toEqual(['RATE_LIMITED', 'RATE_LIMITED']);
    expect((await ask(text, { as: 'b' })).code).toBeUndefined();
  });

  it('pays for what an operation cost in truth', async () => {
    const limiter = createLimiter();
    const { ask } = serve({ rateLimiter: limiter, requestsPerCall: 10 });
    await ask(`{ ${callById} }`);
    // 60, less 1 for asking, 1 for a document not known, and 10.
    expect([limiter.waitFor('somebody', 48), limiter.waitFor('somebody', 49)]).toEqual([0, 1]);
  });

  it('gets back what an operation did not cost', async () => {
    const limiter = createLimiter();
    const { ask } = serve({ rateLimiter: limiter, requestsPerCall: 0 });
    await ask(`{ ${callById} }`);
    expect([limiter.waitFor('somebody', 58), limiter.waitFor('somebody', 59)]).toEqual([0, 1]);
  });

  it('pays for what is refused, is not valid, or is no GraphQL, too', async () => {
    const limiter = createLimiter();
    const { ask } = serve({ rateLimiter: limiter, limits: { nodes: 1 } });
    await ask('{ nodes(ids: [1, 2]) { id } }');
    await ask('{ nothing }');
    await ask('{');
    expect([limiter.waitFor('somebody', 55), limiter.waitFor('somebody', 56)]).toEqual([0, 1]);
  });

  it('pays for a large answer', async () => {
    const limiter = createLimiter();
    const { ask } = serve({ rateLimiter: limiter });
    await ask('{ calls(first: 500) { nodes { id } } }');
    // 1 for asking, 1 for the document, 5 for 500 nodes; the requests foreseen were not made.
    expect([limiter.waitFor('somebody', 53), limiter.waitFor('somebody', 54)]).toEqual([0, 1]);
  });

  it('is not limited where there is no limiter', async () => {
    const { ask } = serve();
    const answers = await Promise.all(Array.from({ length: 200 }, () => ask(`{ ${callById} }`)));
    expect(answers.every(({ body }) => body.errors === undefined)).toBe(true);
  });
});
