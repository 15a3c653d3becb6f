import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toListScope } from '../../src/graphql/relay/cursor.ts';
import { repeat } from '../cost/asked.ts';
import { accountId, callId, cursorOf, hintsOf, positionOf } from '../support/client-ids.ts';
import { createVariables } from '../support/new-call.ts';
import { type ProbedProcess, startProbed } from './probed-process.ts';

/**
 * One request that holds the event loop while everybody else waits. What a request of at most 512 KB may cost is
 * told in processor time of the server's process, as a multiple of some work of always the same size: how long others
 * keep the machine busy is in neither. `HOSTILE_FIGURES=1` prints the figures, with the delay of the event loop.
 */
let server: ProbedProcess;
/** Processor time of 10 ms on the machine that this was written on while it was idle. */
let unit = Number.POSITIVE_INFINITY;
beforeAll(async () => {
  server = await startProbed({ cost: { pointsPerMinute: 1_000_000_000 } });
  for (let times = 0; times < 10; times += 1) unit = Math.min(unit, (await server.spin()).cpu);
});
afterAll(() => server.stop());

/** Some 100 ms: 3 times what the slowest takes, and less than those took that are here for a reason. */
const mostUnits = 10;
/** The code is compiled by the first of them, and some are disturbed: no more are made than it takes to be sure. */
const mostTries = 12;
const enough = mostUnits / 3;
const isToldFigures = process.env.HOSTILE_FIGURES === '1';

const list = 'query ($f: CallFilter) { calls(first: 1, filter: $f) { nodes { id } } }';
const large = 440_000;
const nested = (depth: number, begin: string, end: string, inner = '') =>
  begin.repeat(depth) + inner + end.repeat(depth);
const keys = (many: number, make = (i: number) => `k${i}`) =>
  Object.fromEntries([...Array(many).keys()].map((i) => [make(i), 1]));
const items = <T>(many: number, item: T) => Array<T>(many).fill(item);
const account = accountId('nowhere');
const call = (id: string) => callId('nowhere', id);
const newCall = createVariables('nowhere').input;
/** As dear to convert to ASCII as any: no two neighbours are near each other. */
const ideographs = (many: number) =>
  repeat(many, (i) => String.fromCodePoint(0x4e00 + ((i * 7919) % 20_000))).replaceAll(' ', '');
const redirect = (url: string) =>
  `updateCall(input:{id:"a",change:{redirect:{url:${url}}}}){userErrors{code}}`;
/** A cursor that nobody gave out, with the digest of one that somebody did: it holds no secret. */
function madeUp(content: string): string {
  const list = { accounts: [{ key: 'nowhere' }] as never, order: 'NEWEST_FIRST', filter: {} } as const;
  return cursorOf(toListScope(list).fingerprint, content);
}
const place = `1${positionOf(0, '')}`;
const thirty = (variable: string, field: string) =>
  `query (${variable}) { ${repeat(30, (i) => `a${i}: ${field}`)} }`;
const ten = (variable: string, field: string) =>
  `mutation (${variable}) { ${repeat(10, (i) => `a${i}: ${field} { userErrors { code } }`)} }`;

const bodies: Record<string, string | object> = {
  'wide variables': { query: list, variables: { f: keys(40_000) } },
  'wide variables that are few enough to be parsed': { query: list, variables: { f: keys(18_000) } },
  'variables that nothing declares': { query: list, variables: keys(18_000) },
  'variables with long names': {
    query: list,
    variables: { f: keys(4_000, (i) => `createdAfte${'r'.repeat(90)}${i}`) },
  },
  'a variable with a name of 440 KB': { query: list, variables: { f: { ['k'.repeat(large)]: 1 } } },
  'variables with a constructor': `{"query":${JSON.stringify(list)},"variables":${JSON.stringify({ f: { ...keys(18_000), constructor: {} } })}}`,
  'deep variables': `{"query":${JSON.stringify(list)},"variables":{"f":${nested(70_000, '{"a":', '}', '1')}}}`,
  'a list of nulls': { query: list, variables: { f: { statuses: items(80_000, null) } } },
  'a list of nulls that are few enough': { query: list, variables: { f: { statuses: items(4_900, null) } } },
  'a long list of statuses, thirty times': {
    query: thirty('$f: CallFilter', 'calls(filter: $f) { nodes { id } }'),
    variables: { f: { statuses: items(4_900, 'COMPLETED') } },
  },
  'a long list of ids': {
    query: 'query ($i: [ID!]!) { nodes(ids: $i) { id } }',
    variables: { i: items(100_000, 'a') },
  },
  'a long list of objects for ids': {
    query: 'query ($i: [ID!]!) { nodes(ids: $i) { id } }',
    variables: { i: items(19_000, {}) },
  },
  'a long list of accounts, thirty times': {
    query: thirty('$i: [ID!]', 'calls(accountIds: $i) { nodes { id } }'),
    variables: { i: items(4_900, account) },
  },
  'a long cursor, thirty times': {
    query: thirty('$a: String', 'calls(after: $a) { nodes { id } }'),
    variables: { a: 'A'.repeat(99_000) },
  },
  'a cursor of many hints, thirty times': {
    query: thirty('$a: String', 'calls(after: $a) { nodes { id } }'),
    variables: { a: madeUp(`4${place}${hintsOf('H'.repeat(1_900))}`) },
  },
  'a cursor of many marks, thirty times': {
    query: thirty('$a: String', 'calls(after: $a) { nodes { id } }'),
    variables: { a: madeUp(`0${place}${'0123abcd'.repeat(360)}`) },
  },
  'a long id, thirty times': {
    query: thirty('$a: ID!', 'call(id: $a) { id }'),
    variables: { a: call('x'.repeat(70_000)) },
  },
  'a long address, thirty times': {
    query: thirty('$f: CallFilter', 'calls(filter: $f) { nodes { id } }'),
    variables: { f: { to: `${' '.repeat(99_000)}x` } },
  },
  'a text of 440 KB': { query: list, variables: { f: { to: 'x'.repeat(large) } } },
  'long blanks in a number, ten times': {
    query: ten('$c: CreateCallInput!', 'createCall(input: $c)'),
    variables: { c: { ...newCall, from: `+1${' '.repeat(99_000)}x` } },
  },
  'a long URL, ten times': {
    query: ten('$c: CreateCallInput!', 'createCall(input: $c)'),
    variables: { c: { ...newCall, answerUrl: `https://a.example/${'|'.repeat(99_000)}` } },
  },
  'a long host, ten times': {
    query: ten('$c: CreateCallInput!', 'createCall(input: $c)'),
    variables: { c: { ...newCall, answerUrl: `https://${ideographs(99_000)}/` } },
  },
  'a host as long as a URL may be, in ten calls': {
    query: `mutation (${repeat(10, (i) => `$c${i}: CreateCallInput!`)}) { ${repeat(10, (i) => `a${i}: createCall(input: $c${i}) { userErrors { code } }`)} }`,
    variables: Object.fromEntries(
      [...Array(10).keys()].map((i) => [
        `c${i}`,
        {
          ...newCall,
          answerUrl: `https://${ideographs(250)}.example/`,
          statusUrl: `https://${ideographs(2_030)}/`,
        },
      ]),
    ),
  },
  'a long document of BXML, ten times': {
    query: ten('$c: UpdateCallBxmlInput!', 'updateCallBxml(input: $c)'),
    variables: { c: { id: call('c-1'), bxml: `<Bxml>${'<a/>'.repeat(15_000)}</Bx>` } },
  },
  'a long operation name': { query: '{ __typename }', operationName: 'x'.repeat(large) },
  'an operation name that suggests again and again': {
    query: '{ __typename }',
    operationName: ' Did you mean '.repeat(31_000),
  },
  'an operation name of quotations': { query: '{ __typename }', operationName: "Int '".repeat(80_000) },
  'wide extensions': { query: '{ __typename }', extensions: keys(18_000) },
  'deep extensions': `{"query":"{ __typename }","extensions":{"a":${nested(220_000, '[', ']')}}}`,
  'a deep body': nested(250_000, '[', ']'),
  'a body of members': { query: '{ __typename }', ...keys(40_000) },
  'a body of empty lists': JSON.stringify(items(150_000, [])),
  'a body of escapes': `{"query":"{ __typename }","x":"${'\\u0061'.repeat(75_000)}"}`,
  'a body of one number': `{"query":"{ __typename }","x":${'1'.repeat(large)}}`,
};

const documents: Record<string, string> = {
  '440 KB': `{ __typename } #${'x'.repeat(large)}`,
  '32,000 comments': `{ __typename }${'\n#'.repeat(32_000)}`,
  '600 operations without names': '{a}'.repeat(600),
  '600 valid operations without names': '{__typename}'.repeat(600),
  '400 operations': repeat(400, (i) => `query Q${i} { __typename }`),
  '140 operations that spread 120 fragments': `${repeat(140, (i) => `query Q${i}{...F0}`)}${repeat(120, (i) => `fragment F${i} on Query{...F${i + 1}}`)}fragment F120 on Query{__typename}`,
  '300 subscriptions': 'subscription{__typename}'.repeat(300),
  '900 unknown fragments': `{ accounts { ${repeat(900, (i) => `...F${i}`)} } }`,
  '150 fragments in the same braces': `{accounts{${repeat(150, (i) => `...F${i}`)}}}${repeat(150, (i) => `fragment F${i} on Account{key}`)}`,
  '300 fragments in place': `{accounts{${repeat(300, () => '...{key}')}}}`,
  'fragments that are nested deep': `{...F0}${repeat(200, (i) => `fragment F${i} on Query{...F${i + 1}}`)}fragment F200 on Query{__typename}`,
  '60 chains of parents to merge': `{call(id:"x"){${repeat(60, () => `...{${nested(9, 'parent{', '}', 'id')}}`)}}}`,
  'a host of 20,000 characters': `mutation{${redirect(`"https://${ideographs(20_000)}/"`)}}`,
  'a host of 20,000 characters by default': `mutation($u:URL!="https://${ideographs(20_000)}/"){${redirect('$u')}}`,
  'ten hosts of 2,000 characters': `mutation{${repeat(10, (i) => `a${i}:${redirect(`"https://${ideographs(2_000)}/"`)}`)}}`,
  '80 hosts of 253 characters': `mutation{${repeat(80, (i) => `a${i}:${redirect(`"https://${ideographs(253)}/"`)}`)}}`,
  '900 directives': `{ __typename ${'@aa '.repeat(900)} }`,
  '380 variables': `query(${repeat(380, (i) => `$v${i}:Int`)}){__typename}`,
  '380 variables of one name': `query(${repeat(380, () => '$v:Int')}){__typename}`,
  '480 unknown arguments': `{calls(${repeat(480, (i) => `createdAfter${i}:1`)}){nodes{id}}}`,
  '1,900 unknown fields': `{${repeat(1_900, (i) => `createCal${i}`)}}`,
  'an unknown field of 60 KB': `{call(id:"x"){${'t'.repeat(60_000)}}}`,
  '1,900 unknown words of an enum': `{calls(filter:{statuses:[${repeat(1_900, (i) => `COMPLETE${i}`)}]}){nodes{id}}}`,
  'lists within lists': `{nodes(ids:${nested(900, '[', ']', '1')}){id}}`,
  'objects within objects': `{calls(filter:${nested(480, '{to:', '}', '"a"')}){nodes{id}}}`,
  'selections within selections': `{${nested(450, '...{', '}', '__typename')}}`,
  'a block of 20,000 lines': `{node(id:"""${'\n x'.repeat(20_000)}"""){id}}`,
  'a text of escapes': `{node(id:"${'\\u{61}'.repeat(10_500)}"){id}}`,
  'a text that suggests again and again': `{calls(first:"${' Did you mean '.repeat(4_400)}"){nodes{id}}}`,
  'a number of 60,000 digits': `{calls(first:${'1'.repeat(60_000)}){nodes{id}}}`,
  'errors behind 60,000 lines': `${'\n'.repeat(60_000)}{a b c d e f g}`,
  'errors of resolvers behind 60,000 lines': `${'\n'.repeat(60_000)}{ ${repeat(30, (i) => `a${i}:account(id:"x"){id}`)} }`,
  'a syntax error behind 60,000 lines': `${'\n'.repeat(60_000)}}`,
};

const byGet: Record<string, [query: string, headers?: Record<string, string>]> = {
  'a long query': [`query=${encodeURIComponent('{__typename}#')}${'x'.repeat(14_000)}`],
  'thousands of parameters': [repeat(3_000, (i) => `q=${i % 10}`).replaceAll(' ', '&')],
  'deep variables': [`query={__typename}&variables=${nested(7_000, '[', ']')}`],
  'deep variables in an object': [`query={__typename}&variables=${nested(2_500, '{"a":', '}', '1')}`],
  'thousands of media types': ['query={__typename}', { accept: `${'a/b,'.repeat(3_000)}application/json` }],
  'long credentials': ['query={__typename}', { authorization: `Bearer${' '.repeat(14_000)}x y` }],
};

interface Sent {
  readonly method: string;
  readonly path?: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
}

function send({ method, path = '', headers, body }: Sent): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const sending = request(server.url + path, { method, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    sending.on('error', reject).end(body);
  });
}

const json = { 'content-type': 'application/json' };
const post = (body: string | object): Sent => ({
  method: 'POST',
  headers: json,
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

/** It must also be answered as what it is, the client's mistake or none. */
async function expectCheap(name: string, hostile: Sent | ((time: number) => Sent)): Promise<void> {
  // What is hostile may come to light only for an operation that has come before.
  for (const _ of [1, 2]) await send(post({ query: list }));
  let cheapest = { cpu: Number.POSITIVE_INFINITY, delay: 0 };
  for (let times = 0; times < mostTries && cheapest.cpu / unit > enough; times += 1) {
    const sent = typeof hostile === 'function' ? hostile(times) : hostile;
    expect(sent.body?.length ?? 0).toBeLessThanOrEqual(512 * 1024);
    await server.load();
    const { status, text } = await send(sent);
    expect(status, text.slice(0, 500)).toBeLessThan(500);
    expect(text).not.toContain('INTERNAL_SERVER_ERROR');
    const load = await server.load();
    if (load.cpu < cheapest.cpu) cheapest = load;
  }
  if (isToldFigures) console.info(name, cheapest.cpu, 'ms,', cheapest.delay, 'ms without a turn, unit', unit);
  expect(cheapest.cpu / unit, `${cheapest.cpu} ms`).toBeLessThan(mostUnits);
}

describe('a request that holds the event loop no longer than others', () => {
  it.each(Object.entries(bodies))('by its body: %s', (name, body) => expectCheap(name, post(body)));

  it.each(Object.entries(documents))('by its document: %s', (name, query) =>
    expectCheap(name, post({ query })),
  );

  // What is refused is remembered as such, so that the same document costs something once.
  it.each(Object.entries(documents))('by its document, new each time: %s', (name, query) =>
    expectCheap(name, (time) => post({ query: `${query} #${time}` })),
  );

  it.each(Object.entries(byGet))('by its address or headers: %s', (name, [query, headers]) =>
    expectCheap(name, { method: 'GET', path: `?${query}`, headers: { ...json, ...headers } }),
  );
});
