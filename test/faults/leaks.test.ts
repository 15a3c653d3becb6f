import { createHash } from 'node:crypto';
import { connect as connectSocket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type BandwidthCarrier,
  type ConnectCarrier,
  type FaultAction,
  startBandwidth,
  startConnect,
} from '../../src/sandbox/index.ts';
import { accountId, callId } from '../support/client-ids.ts';
import { guard } from '../support/guard.ts';
import { post, type Reply, send } from '../support/post.ts';
import { type RunningServer, runServer } from '../support/run-server.ts';
import { type StubServer, startStubServer } from '../support/stub-server.ts';

guard();

/** Nobody but whom they belong to may see these: neither the log nor any client. */
const secrets = {
  clientSecret: 'canary-client-secret',
  authToken: 'canary-auth-token',
  strangerPassword: 'canary-stranger-password',
  apiKey: 'canary-api-key',
  otherKey: 'canary-other-key',
  upstreamText: 'canary-upstream-text',
  upstreamHeader: 'canary-upstream-header',
  storePassword: 'canary-store-password',
};
/** These come from a client, who may see them again as data, but neither in an error nor in the log. */
const inputs = {
  callbackPassword: 'canary-callback-password',
  callbackUser: 'canary-callback-user',
  answerToken: 'canary-answer-token',
  tag: 'canary-tag',
  bxml: 'canary-bxml',
  wrongKey: 'canary-wrong-key',
};
/** But for the last two digits. */
const numbers = ['+150055500', '+441632960'];
const from = `${numbers[0]}42`;
const to = `${numbers[1]}77`;
const hiddenSid = `AC${'c'.repeat(32)}`;

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const base64 = (...parts: string[]) => Buffer.from(parts.join(':')).toString('base64');

let bandwidth: BandwidthCarrier;
let connect: ConnectCarrier;
let stranger: StubServer;
let server: RunningServer;
let log = '';
/** What clients were answered: what was asked for, and what went wrong. */
const answers: Reply[] = [];
const failures: Reply[] = [];

const good = { 'x-api-key': secrets.apiKey };

async function ask(query: string, variables: object = {}, headers: Record<string, string> = good) {
  const answer = await post<unknown>(server.url, query, variables, headers);
  (answer.code === undefined ? answers : failures).push(answer);
  return answer;
}

const createQuery = `mutation Call15005550042 ($input: CreateCallInput!) { createCall(input: $input) {
  userErrors { code message field } call { id from to } } }`;
const newCall = (account: string, changes: object = {}) => ({
  input: {
    accountId: accountId(account),
    from,
    to,
    answerUrl: `https://example.com/answer?token=${inputs.answerToken}`,
    ...(account === 'bandwidth' && {
      bandwidth: {
        tag: inputs.tag,
        callbackCredentials: { username: inputs.callbackUser, password: inputs.callbackPassword },
        fallbackCredentials: { username: inputs.callbackUser, password: inputs.callbackPassword },
      },
    }),
    ...changes,
  },
});

const saysTooMuch = `${secrets.upstreamText} ${from} https://10.0.0.1/secret`;
const faults: FaultAction[] = [
  ...[400, 401, 403, 404, 409, 418, 429, 500, 503].map((status) => ({
    kind: 'status' as const,
    status,
    headers: { 'X-Secret': secrets.upstreamHeader, 'WWW-Authenticate': secrets.upstreamHeader },
    body: JSON.stringify({ type: 'validation', description: `Invalid to: ${saysTooMuch}`, id: 'x' }),
  })),
  { kind: 'status', status: 200, body: saysTooMuch },
  { kind: 'redirect', location: `https://${secrets.upstreamText}.example/` },
  { kind: 'reset' },
  { kind: 'half-body' },
  { kind: 'hang' },
  { kind: 'html' },
];

const playEverything = async () => {
  const { callId: id } = bandwidth.add({ from, to, state: 'answered', errorMessage: 'x' });
  connect.add({ from, to });
  const everyAccount = ['bandwidth', 'connect', 'stranger', 'refused'];
  for (const account of everyAccount) {
    await ask(createQuery, newCall(account, { idempotencyKey: 'canary-key' }));
    await ask('query ($id: ID!) { account(id: $id) { calls { nodes { id from to } } } }', {
      id: accountId(account),
    });
  }
  await ask('{ calls { nodes { id from to } unavailable { code message } } }');
  await ask('query ($id: ID!) { call(id: $id) { from to } }', { id: callId('bandwidth', id) });
  const change =
    'mutation ($input: UpdateCallInput!) { updateCall(input: $input) { userErrors { code message } } }';
  const bxml =
    'mutation ($input: UpdateCallBxmlInput!) { updateCallBxml(input: $input) { userErrors { code message } } }';
  const input = { id: callId('bandwidth', id) };
  const credentials = { username: inputs.callbackUser, password: inputs.callbackPassword };
  const url = `https://example.com/?token=${inputs.answerToken}`;
  for (const fault of [undefined, ...faults]) {
    if (fault !== undefined) for (const { faults: of } of [bandwidth, connect]) of.add({ do: fault });
    await Promise.all([
      ask(createQuery, newCall('bandwidth')),
      ask(createQuery, newCall('connect')),
      ask('{ calls { nodes { id } unavailable { code message } } }'),
      ask('query ($f: CallFilter) { calls(filter: $f) { nodes { id } } }', { f: { to, from } }),
      ask(change, {
        input: {
          ...input,
          change: { redirect: { url, bandwidth: { tag: inputs.tag, callbackCredentials: credentials } } },
        },
      }),
      ask(bxml, { input: { ...input, bxml: `<Bxml><SpeakSentence>${inputs.bxml}</SpeakSentence></Bxml>` } }),
    ]);
    for (const { faults: of } of [bandwidth, connect]) of.clear();
  }
};

/** Whatever a client can get wrong, with something in it that is nobody's business. */
const sayEverythingWrong = async () => {
  const credentials = { username: inputs.callbackUser, password: inputs.callbackPassword };
  const wrong: object[] = [
    { to: `${to}x` },
    { to: `client:${to}` },
    { to: `\n${to}` },
    { from: `${from}x` },
    { to: [to] },
    { answerUrl: `https://${inputs.callbackUser}:${inputs.callbackPassword}@example.com/` },
    { answerUrl: `ftp://example.com/${inputs.answerToken}` },
    { answerUrl: `http://example.com/${inputs.answerToken}` },
    { answerUrl: { url: inputs.answerToken } },
    { bandwidth: { callbackCredentials: { ...credentials, more: inputs.callbackPassword } } },
    { bandwidth: { callbackCredentials: { password: inputs.callbackPassword } } },
    { bandwidth: { callbackCredentials: inputs.callbackPassword } },
    { bandwidth: { callbackCredentials: [inputs.callbackPassword] } },
    {
      bandwidth: {
        callbackCredentials: { username: inputs.callbackUser, password: [inputs.callbackPassword] },
      },
    },
    { bandwidth: { more: 1, callbackCredentials: credentials } },
    { bandwidth: { tag: inputs.tag.repeat(500), callbackCredentials: credentials } },
    { bandwidth: { priority: inputs.tag } },
    {
      bandwidth: {
        callbackCredentials: { username: inputs.callbackUser, password: inputs.callbackPassword.repeat(100) },
      },
    },
    { more: 1, bandwidth: { callbackCredentials: credentials } },
    { answerMethod: inputs.tag },
    { ringTimeout: inputs.tag },
  ];
  for (const changes of wrong) await ask(createQuery, newCall('bandwidth', changes));
  await ask(createQuery, newCall('stranger', { bandwidth: { callbackCredentials: credentials } }));
  const literal = (argument: string) =>
    ask(
      `mutation { createCall(input: { accountId: "x", from: "${from}", to: "${to}", answerUrl: "https://a.example", ${argument} }) { replayed } }`,
    );
  await literal(`bandwidth: { callbackCredentials: "${inputs.callbackPassword}" }`);
  await literal(
    `bandwidth: { callbackCredentials: { username: "u", password: ["${inputs.callbackPassword}"] } }`,
  );
  await literal(
    `bandwidth: { callbackCredentials: { username: "u", password: ${inputs.callbackPassword.replaceAll('-', '_')} } }`,
  );
  await literal(`bandwidth: { callbackCredentials: { username: "u" "${inputs.callbackPassword}" } }`);
  const given = `accountId: "x", from: "${from}", answerUrl: "https://a.example/?token=${inputs.answerToken}",
    bandwidth: { callbackCredentials: { username: "${inputs.callbackUser}", password: "${inputs.callbackPassword}" } }`;
  const nullWithin: [string, object][] = [
    [
      `mutation ($to: String = "${to}") { createCall(input: { ${given}, to: $to }) { replayed } }`,
      { to: null },
    ],
    [
      `query ($s: CallStatus = BUSY) { calls(filter: { to: "${to}", statuses: [$s] }) { nodes { id } } }`,
      { s: null },
    ],
  ];
  // Apollo Server answers the first time, the fast lane may from then on.
  for (const [query, variables] of [...nullWithin, ...nullWithin]) {
    expect((await ask(query, variables)).code).toBe('BAD_USER_INPUT');
  }
  const bxml =
    'mutation ($input: UpdateCallBxmlInput!) { updateCallBxml(input: $input) { userErrors { code message } } }';
  for (const text of [
    `<Bxml>${inputs.bxml}`,
    `<${inputs.bxml}/>`,
    `<Bxml>&${inputs.bxml};</Bxml>`,
    inputs.bxml,
    `<!DOCTYPE ${inputs.bxml}><Bxml/>`,
  ]) {
    await ask(bxml, { input: { id: callId('bandwidth', 'c-1'), bxml: text } });
  }
  await ask('{ __typename }', {}, { 'x-api-key': inputs.wrongKey });
  await ask('{ __typename }', {}, { authorization: `Bearer ${inputs.wrongKey}` });
  await ask(
    'query ($id: ID!) { account(id: $id) { key } node(id: $id) { id } }',
    { id: accountId('hidden') },
    { 'x-api-key': secrets.otherKey },
  );
  await ask(createQuery, newCall('hidden'), { 'x-api-key': secrets.otherKey });
  await ask(createQuery, newCall('connect'), { 'x-api-key': secrets.otherKey });
  const json = { ...good, 'content-type': 'application/json' };
  const half = `{"query":"mutation { x }","variables":{"to":"${to}","password":"${inputs.callbackPassword}"`;
  const inAddress = `query=${encodeURIComponent('{ x }')}&to=${encodeURIComponent(to)}&password=${inputs.callbackPassword}&key=${secrets.apiKey}`;
  failures.push(
    await send(server.url, { method: 'POST', headers: json, body: half }),
    await send(server.url, {
      method: 'POST',
      headers: { ...good, 'content-type': 'text/plain' },
      body: half,
    }),
    await send(server.url, {
      method: 'POST',
      headers: json,
      body: `{"x":"${inputs.tag}${'x'.repeat(600_000)}"}`,
    }),
    await send(server.url, { method: 'POST', headers: { ...json, host: `${inputs.tag} x` }, body: '{}' }),
    await send(`${server.url}?${inAddress}`, { headers: json }),
    await send(`${server.url}?${inAddress}`),
    await send(`${new URL('/nowhere', server.url)}?${inAddress}`),
    await send(server.url, { method: 'PUT', headers: json, body: half }),
  );
  const { port } = new URL(server.url);
  await new Promise<void>((resolve) => {
    const socket = connectSocket(Number(port), '127.0.0.1');
    socket.on('close', () => resolve()).on('error', () => resolve());
    socket.write(
      `POST /graphql HTTP/1.1\r\nx-api-key: ${secrets.apiKey}\r\nbad header ${to} ${inputs.callbackPassword}\r\n\r\n`,
    );
    socket.on('data', () => socket.end());
  });
  await ask('query Call_1_500_555_0042 { __typename }');
};

beforeAll(async () => {
  bandwidth = await startBandwidth({ clientSecret: secrets.clientSecret });
  connect = await startConnect({ authToken: secrets.authToken });
  stranger = await startStubServer((response) => {
    response.statusCode = 500;
    response.setHeader('x-secret', secrets.upstreamHeader);
    response.end(`${saysTooMuch}\n    at Server.java:1`);
  });
  const onStranger = {
    provider: 'restcomm',
    accountSid: hiddenSid,
    auth: { username: 'user', password: '$' + '{STRANGER_PASSWORD}' },
  };
  const file = {
    accounts: [
      {
        key: 'bandwidth',
        provider: 'bandwidth',
        accountId: bandwidth.accountId,
        applicationId: bandwidth.applicationId,
        baseUrl: bandwidth.baseUrl,
        tokenUrl: bandwidth.tokenUrl,
        auth: { clientId: bandwidth.clientId, clientSecret: secrets.clientSecret },
      },
      {
        key: 'connect',
        provider: 'restcomm',
        accountSid: connect.accountSid,
        baseUrl: connect.baseUrl,
        auth: { username: connect.accountSid, password: secrets.authToken },
      },
      { key: 'stranger', baseUrl: stranger.origin, ...onStranger },
      { key: 'refused', baseUrl: 'http://127.0.0.1:9', ...onStranger },
      { key: 'hidden', baseUrl: stranger.origin, ...onStranger, accountSid: `AC${'d'.repeat(32)}` },
    ],
    limits: { headersTimeout: '200ms', readDeadline: '500ms', callsPerSecond: 1_000 },
    access: {
      keys: [
        {
          name: 'all',
          sha256: sha256(secrets.apiKey),
          accounts: ['bandwidth', 'connect', 'stranger', 'refused'],
          may: ['write'],
        },
        { name: 'other', sha256: sha256(secrets.otherKey), accounts: ['connect'], may: ['read'] },
      ],
    },
  };
  server = await runServer({
    file,
    env: { STRANGER_PASSWORD: secrets.strangerPassword, LOG_LEVEL: 'trace' },
  });
  await playEverything();
  await sayEverythingWrong();
  expect(await server.stop()).toBe(0);
  log = server.output();
  await Promise.all([bandwidth.close(), connect.close(), stranger.close()]);
}, 60_000);
afterAll(() => {
  server?.process.kill('SIGKILL');
});

const all = { ...secrets, ...inputs };
const credentials = () => [
  base64(bandwidth.clientId, secrets.clientSecret),
  base64(connect.accountSid, secrets.authToken),
  base64('user', secrets.strangerPassword),
];
const tokens = () =>
  bandwidth.journal
    .map(({ headers }) => headers.authorization ?? '')
    .filter((each) => each.startsWith('Bearer '));
const origins = () =>
  [bandwidth.origin, connect.origin, stranger.origin].map((origin) => new URL(origin).host);

/** Where it stands, with a little of what is around it. */
function findIn(text: string, canary: string): string[] {
  const at = text.toLowerCase().indexOf(canary.toLowerCase());
  return at < 0 ? [] : [text.slice(Math.max(0, at - 120), at + canary.length + 40)];
}
const everythingIn = (replies: readonly Reply[], canary: string) =>
  replies.flatMap(({ text, headers }) => findIn(text + JSON.stringify(headers), canary));

describe('the log', () => {
  it('is there, and tells of hundreds of operations', () => {
    expect(log.match(/"msg":"operation"/g)?.length).toBeGreaterThan(100);
    expect(answers.length).toBeGreaterThan(10);
    expect(failures.length).toBeGreaterThan(50);
  });

  it.each(Object.entries(all))('holds no %s', (_, canary) => {
    expect(findIn(log, canary)).toEqual([]);
    expect(findIn(log, canary.replaceAll('-', '_'))).toEqual([]);
    expect(findIn(log, base64(canary).replace(/=+$/, ''))).toEqual([]);
    expect(findIn(log, sha256(canary))).toEqual([]);
  });

  it('holds no credentials as they travel, and no token', () => {
    expect(tokens().length).toBeGreaterThan(0);
    for (const canary of [...credentials(), ...tokens(), 'sandbox-']) expect(findIn(log, canary)).toEqual([]);
  });

  it('holds no telephone number but its last two digits', () => {
    for (const number of numbers) expect(findIn(log, number.slice(1))).toEqual([]);
    expect(log).not.toMatch(/\d{3}_\d{3}_\d{4}/);
  });

  it('holds nothing of a request that is no HTTP', () => {
    expect(log).not.toMatch(/rawPacket|"type":"Buffer"/);
  });

  it('tells of no bug', () => {
    expect(log.split('\n').filter((line) => /"level":(50|60)/.test(line))).toEqual([]);
  });
});

describe('an answer', () => {
  it.each(Object.entries(secrets))('holds no %s, whatever came of the request', (_, canary) => {
    expect(everythingIn([...answers, ...failures], canary)).toEqual([]);
  });

  it('holds no credentials, no token, and no address of a provider', () => {
    for (const canary of [...credentials(), ...tokens(), ...origins(), '127.0.0.1:9', '10.0.0.1']) {
      expect(everythingIn([...answers, ...failures], canary)).toEqual([]);
    }
  });

  it.each(Object.entries(inputs))('that is an error holds no %s', (_, canary) => {
    expect(everythingIn(failures, canary)).toEqual([]);
    expect(everythingIn(failures, canary.replaceAll('-', '_'))).toEqual([]);
  });

  it('that is an error holds no telephone number', () => {
    const listed = (reply: Reply) => reply.text.includes('"nodes"') || reply.text.includes('"from"');
    for (const number of numbers) {
      expect(
        everythingIn(
          failures.filter((reply) => !listed(reply)),
          number.slice(1),
        ),
      ).toEqual([]);
    }
  });

  it('holds no stack, no file of ours, and nothing of an account that its caller may not see', () => {
    const replies = [...answers, ...failures];
    for (const { text } of replies)
      expect(text).not.toMatch(/\bat \S+ \(|\bat (file:|node:|\/)|node_modules|\.[jt]s\b|TypeError/);
    expect(everythingIn(replies, 'd'.repeat(32))).toEqual([]);
  });
});

describe.concurrent('a configuration that cannot be used', () => {
  const secret = 'canary-in-the-file';
  it.for([
    [
      'an unknown key',
      `accounts: [{ key: a, provider: bandwidth, accountId: "1", auth: { clientId: a, clientSecret: ${secret}, more: ${secret} } }]`,
    ],
    [
      'a number for a secret',
      `accounts: [{ key: a, provider: bandwidth, accountId: "1", auth: { clientId: a, clientSecret: [${secret}] } }]`,
    ],
    ['YAML that breaks off', `accounts:\n  - auth: { clientSecret: "${secret}\n`],
    ['the same key twice', `accounts:\n  - auth: { password: ${secret}, password: ${secret} }\n`],
    [
      'a store with a password',
      `accounts: [{ key: a, provider: nobody }]\nstore: "http://user:${secret}@127.0.0.1/"`,
    ],
    [
      'an address with a password',
      `accounts: [{ key: a, provider: restcomm, dialect: sbc, baseUrl: "https://user:${secret}@example.com/", auth: { username: a, password: ${secret} } }]`,
    ],
    [
      'a key that is no hash',
      `accounts: [{ key: a, provider: nobody }]\naccess: { keys: [{ name: a, sha256: ${secret}, may: [read] }] }`,
    ],
    ['a provider that is none', `accounts: [{ key: a, provider: { x: ${secret} } }]`],
    ['an account that is no account', `accounts: [${secret}]`],
  ] as const)('is told without what is secret in it: %s', async ([, file], { expect }) => {
    const failed = await runServer({ file });
    expect(await failed.ended).not.toBe(0);
    expect(failed.output()).not.toBe('');
    expect(findIn(failed.output(), secret)).toEqual([]);
    expect(failed.output()).not.toMatch(/\n\s+at /);
  });
});
