import { describe, expect, it, onTestFinished } from 'vitest';
import { startProduct } from '../support/product.ts';

const json = { 'content-type': 'application/json' };

/** Status, headers and body of the same request, asked four times. */
async function askFourTimes(init: RequestInit, path = '') {
  const product = await startProduct({ sandbox: 5, file: { introspection: true } });
  onTestFinished(() => product.close());
  const headers = { ...(init.headers ?? json), 'x-request-id': 'the-same' };
  const answers = [];
  for (let times = 0; times < 4; times += 1) {
    const response = await fetch(product.url + path, { method: 'POST', ...init, headers });
    const { date: _, ...received } = Object.fromEntries(response.headers);
    answers.push({ status: response.status, headers: received, body: await response.text() });
  }
  return answers;
}

async function expectSame(init: RequestInit, path?: string) {
  const [first, ...others] = await askFourTimes(init, path);
  expect(others).toEqual([first, first, first]);
  return first;
}

const list = 'query L($n: Int) { calls(first: $n) { nodes { id from createdAt } pageInfo { hasNextPage } } }';

const filtered = 'query F($f: CallFilter) { calls(filter: $f) { nodes { id } } }';
const unknownKeys = (many: number) => Object.fromEntries([...Array(many).keys()].map((i) => [`key${i}`, i]));

/** The first two times that a text comes, Apollo Server answers it; from the third time on, the fast lane may. */
describe('an operation that comes again', () => {
  it.each([
    ['data', { query: list, variables: { n: 2 } }],
    ['no variables', { query: list, variables: null }],
    ['an error of a resolver', { query: list, variables: { n: -1 } }],
    ['a malformed id', { query: '{ call(id: "x") { id } accounts { key } }' }],
    ['a variable that is no number', { query: list, variables: { n: 'x' } }],
    [
      'a failing mutation',
      { query: 'mutation { updateCallBxml(input: { id: "x", bxml: "" }) { userErrors { code field } } }' },
    ],
    ['one of several operations', { query: `${list} query M { accounts { id } }`, operationName: 'M' }],
    ['no operation named', { query: `${list} query M { accounts { id } }` }],
    ['an unknown operation', { query: list, operationName: 'Nobody' }],
    ['too costly an operation', { query: list, variables: { n: 500 }, extensions: null }],
    ['a look at the schema', { query: '{ __schema { queryType { name } } }' }],
    ['extensions', { query: list, extensions: { a: 1 } }],
    ['a persisted query', { query: list, extensions: { persistedQuery: { version: 1, sha256Hash: 'x' } } }],
    ['a variable of every object', { query: list, variables: JSON.parse('{ "__proto__": { "n": 1 } }') }],
    [
      'a null where none may be',
      { query: 'query N($id: ID = "x") { call(id: $id) { id } }', variables: { id: null } },
    ],
    ['a thousand bad values', { query: filtered, variables: { f: unknownKeys(1_000) } }],
    ['more values than there is a use for', { query: filtered, variables: { f: unknownKeys(6_000) } }],
    ['more values than are parsed', { query: filtered, variables: { f: unknownKeys(30_000) } }],
    ['a text that is longer than any', { query: list, variables: { x: 'x'.repeat(200_000) } }],
    ['a document that is too long', { query: `${list} #${'x'.repeat(65_536)}` }],
    ['an error behind many lines', { query: `\n\r\n# \n${list}`, variables: { n: -1 } }],
    ['a fault in a variable behind many lines', { query: `\n\r\n# \n${list}`, variables: { n: 'x' } }],
    ['bad variables', { query: list, variables: [1] }],
    [
      'a skipped field',
      { query: 'query S($s: Boolean!) { accounts { key id @skip(if: $s) } }', variables: { s: true } },
    ],
  ])('is answered the same: %s', async (_, body) => {
    await expectSame({ body: JSON.stringify(body) });
  });

  it.each([
    '*/*',
    'application/json',
    'application/graphql-response+json',
    'application/graphql-response+json,application/json;q=0.9',
    'application/graphql-response+json, application/graphql+json, application/json, text/event-stream, multipart/mixed',
    'application/json;q=0.1, application/graphql-response+json;q=0.2',
    'text/html',
    'image/png',
  ])('is answered in the same form to a client that accepts %s', async (accept) => {
    await expectSame({ headers: { ...json, accept }, body: JSON.stringify({ query: list }) });
  });

  /** Too many bad variables used to be INTERNAL_SERVER_ERROR, by the fast lane and by Apollo Server alike. */
  it.each([1, 6, 1_000, 6_000, 30_000])('is the client’s mistake with %i bad values', async (many) => {
    const answer = await expectSame({
      body: JSON.stringify({ query: filtered, variables: { f: unknownKeys(many) } }),
    });
    const { errors } = JSON.parse(answer?.body ?? '');
    expect(errors).toHaveLength(1);
    expect(errors[0].extensions).toEqual({ code: 'BAD_USER_INPUT', requestId: 'the-same' });
  });

  it('has its errors where they are in the text', async () => {
    const query = '# a comment\n\r\nquery L {\r  calls(first: -1) { nodes { id } } }';
    const answer = await expectSame({ body: JSON.stringify({ query }) });
    expect(JSON.parse(answer?.body ?? '').errors[0].locations).toEqual([{ line: 4, column: 3 }]);
  });

  it('is turned away the same as GET and as a form', async () => {
    await expectSame({ method: 'GET' }, `?query=${encodeURIComponent('{ accounts { key } }')}`);
    await expectSame({ headers: { 'content-type': 'text/plain' }, body: JSON.stringify({ query: list }) });
  });
});
