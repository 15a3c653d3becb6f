import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { StatusHooks } from '../../../src/calls/events/status-hooks.ts';
import { Cipher } from '../../../src/store/cipher.ts';
import { MemoryStore } from '../../../src/store/memory-store.ts';
import type { Store } from '../../../src/store/store.ts';
import { eventually } from '../../support/eventually.ts';
import { aNewCall, createVariables } from '../../support/new-call.ts';
import { type Product, type ProductOptions, withProduct } from '../../support/product.ts';

interface Created {
  readonly createCall: {
    readonly replayed: boolean;
    readonly call: { readonly id: string; readonly providerCallId: string } | null;
    readonly userErrors: readonly { readonly code: string; readonly field: readonly string[] | null }[];
  };
}

const mutation = `mutation ($input: CreateCallInput!) {
  createCall(input: $input) { replayed call { id providerCallId } userErrors { code field } }
}`;

async function create({ ask }: Product, account: string, changes: object) {
  const { data } = await ask<Created>(mutation, createVariables(account, changes));
  return data.createCall;
}

/** An application of the client, with the webhooks that it has got. */
async function startApplication() {
  const received: string[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { 'content-type': type = '', authorization = '' } = request.headers;
    received.push(`${request.method} ${request.url} ${type} ${authorization} ${Buffer.concat(chunks)}`);
    response.writeHead(204).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { received, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/status?order=7` };
}

/** The addresses that the calls placed so far have given to the carrier. */
function statusUrls({ bandwidth, connect }: Product): string[] {
  const bodies = [bandwidth, connect].flatMap(({ journal }) =>
    journal.filter(({ method, path }) => method === 'POST' && /\/Calls(?:\.json)?$/i.test(path)),
  );
  return bodies.map(({ body }) =>
    body.startsWith('{') ? JSON.parse(body).disconnectUrl : new URLSearchParams(body).get('StatusCallback'),
  );
}

const onSandbox: ProductOptions = { sandbox: 0 };
const post = (url: string, type: string, body: string) =>
  fetch(url, { method: 'POST', headers: { 'content-type': type }, body });

it('the status webhooks of a call arrive here, and go on to its statusUrl as the provider has sent them', async () => {
  const { received, url } = await startApplication();
  await withProduct(onSandbox, async (product) => {
    const ids: string[] = [];
    for (const [account, input] of [
      ['bandwidth-sandbox', { statusUrl: url }],
      ['connect-sandbox', { statusUrl: url }],
      ['connect-sandbox', {}],
    ] as const) {
      ids.push((await create(product, account, input)).call?.providerCallId ?? '');
    }
    const [ofBandwidth = '', ofConnect = '', silent = ''] = statusUrls(product);
    const origin = new URL(product.url).origin;
    for (const [account, hook] of [
      ['bandwidth', ofBandwidth],
      ['connect', ofConnect],
      ['connect', silent],
    ]) {
      expect(hook).toMatch(new RegExp(`^${origin}/webhooks/${account}-sandbox/[\\w-]{43}$`));
    }
    expect(new Set([ofBandwidth, ofConnect, silent]).size).toBe(3);
    const json = `{ "eventType":"something-new",  "callId":"${ids[0]}" }`;
    expect((await post(ofBandwidth, 'application/json', json)).status).toBe(204);
    expect(await eventually(() => received.length === 1)).toBe(true);
    const formOf = (id = '') => `CallSid=${id}&ForwardedFrom&CallStatus=something-new`;
    const form = formOf(ids[1]);
    for (const [each, id] of [
      [silent, ids[2]],
      [ofConnect, ids[1]],
    ] as const) {
      const type = 'application/x-www-form-urlencoded; charset=UTF-8';
      expect((await post(each, type, formOf(id))).status).toBe(204);
    }
    expect(await eventually(() => received.length >= 2)).toBe(true);
    expect(received).toEqual([
      `POST /status?order=7 application/json  ${json}`,
      `POST /status?order=7 application/x-www-form-urlencoded; charset=UTF-8  ${form}`,
    ]);
    // An address is of one account, and a call's own secret opens nothing else.
    expect((await fetch(ofConnect.replace('connect-', 'bandwidth-'))).status).toBe(404);
    expect((await fetch(`${ofConnect.slice(0, -1)}-`)).status).toBe(404);
    // And an address is of one call: those of another one of the account, and of none, are not taken.
    for (const body of [json.replace(ids[0] ?? '', 'c-1'), '{}', '{']) {
      expect((await post(ofBandwidth, 'application/json', body)).status).toBe(404);
    }
    expect(received).toHaveLength(2);
  });
});

describe('the address of a call', () => {
  const seal = new Cipher('a secret of sixteen', 'bw');
  const onlyCall = 'c-0';
  const open = async (
    maxCalls?: number,
    store: Store = new MemoryStore(),
    cipher?: Cipher,
    answerWaits = [1],
  ) => {
    const hooks = new StatusHooks({
      ...{ store, accountKey: 'bw', cipher, seal, baseUrl: () => 'https://calls.example/webhooks' },
      mayReach: () => true,
      answerWaits,
    });
    const { call, bind } = await hooks.interpose(aNewCall(), maxCalls);
    const secret = call.statusUrl?.split('/').at(-1) ?? '';
    const accepts = async (id: string) => {
      const hook = await hooks.find(secret);
      return hook !== undefined && hooks.accepts(hook, id);
    };
    return { hooks, secret, bind, accepts };
  };

  it('takes its webhooks only, of which the first may come before the provider has answered', async () => {
    const { accepts, bind } = await open();
    expect(await accepts(onlyCall)).toBe(true);
    expect([await accepts('c-other'), await accepts(onlyCall)]).toEqual([false, true]);
    await bind(onlyCall);
    expect([await accepts('c-other'), await accepts(onlyCall)]).toEqual([false, true]);
  });

  it('is that of the call which the provider has answered with, whatever came before', async () => {
    const { accepts, bind } = await open();
    expect(await accepts('c-forged')).toBe(true);
    const early = Array.from({ length: 99 }, () => accepts(onlyCall));
    const late = [accepts('c-other'), accepts(onlyCall)];
    expect(await late[1], 'a hundred wait already').toBe(false);
    await bind(onlyCall);
    expect(new Set(await Promise.all(early))).toEqual(new Set([true]));
    expect([await late[0], await accepts('c-forged'), await accepts(onlyCall)]).toEqual([false, false, true]);
  });

  it('is asked for again where the store fails while a webhook waits for the answer', async () => {
    const store = new MemoryStore();
    const { hooks, secret, accepts, bind } = await open(1, store, undefined, [1, 1]);
    expect(await accepts('c-forged')).toBe(true);
    const hook = await hooks.find(secret);
    if (hook === undefined) throw new Error('The address was not found.');
    await bind(onlyCall);
    const members = vi.spyOn(store, 'members').mockRejectedValueOnce(new Error('away'));
    expect(await hooks.accepts(hook, onlyCall)).toBe(true);
    expect(members).toHaveBeenCalledTimes(2);
  });

  it('takes those of a bounded number of calls, where a client is called on several devices', async () => {
    const { accepts, bind } = await open(8);
    await bind(onlyCall);
    const taken = [];
    for (let i = 1; i <= 12; i += 1) taken.push(await accepts(`c-${i}`));
    expect(taken.filter(Boolean)).toHaveLength(8);
    expect([await accepts('c-1'), await accepts(onlyCall), await accepts('c-12')]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('is known to have been made here without the store, which one read is enough for at a time', async () => {
    const store = new MemoryStore();
    const members = vi.spyOn(store, 'members');
    const { hooks, secret } = await open(1, store, seal);
    expect(hooks.isGenuine(secret)).toBe(true);
    for (let at = 0; at < secret.length - 1; at += 1) {
      const other = secret[at] === 'A' ? 'B' : 'A';
      expect(hooks.isGenuine(secret.slice(0, at) + other + secret.slice(at + 1))).toBe(false);
    }
    for (const text of ['', 'x'.repeat(43), `${secret}A`, secret.slice(1)]) {
      expect(hooks.isGenuine(text)).toBe(false);
    }
    const otherAccount = new StatusHooks({
      ...{ store, accountKey: 'rc', cipher: undefined, seal: new Cipher('a secret of sixteen', 'rc') },
      ...{ baseUrl: () => undefined, mayReach: () => true },
    });
    expect(otherAccount.isGenuine(secret)).toBe(false);
    seal.renew('another secret');
    expect(hooks.isGenuine(secret)).toBe(true);
    expect(members).not.toHaveBeenCalled();
    await Promise.all(Array.from({ length: 50 }, () => hooks.find(secret)));
    expect(members).toHaveBeenCalledTimes(1);
  });
});

it('an idempotency key stands for the input, whose statusUrl it is', async () => {
  const { url } = await startApplication();
  await withProduct(onSandbox, async (product) => {
    const input = { statusUrl: url, idempotencyKey: 'order-1' };
    const first = await create(product, 'bandwidth-sandbox', input);
    expect(await create(product, 'bandwidth-sandbox', input)).toEqual({ ...first, replayed: true });
    expect(await create(product, 'bandwidth-sandbox', { ...input, statusUrl: `${url}1` })).toMatchObject({
      userErrors: [{ code: 'CONFLICT' }],
    });
    expect(statusUrls(product)).toHaveLength(1);
  });
});

it('the address of a call that was refused is gone', async () => {
  await withProduct(onSandbox, async (product) => {
    product.bandwidth.faults.add({
      when: ({ path }) => path.endsWith('/calls'),
      do: { kind: 'status', status: 400 },
    });
    await create(product, 'bandwidth-sandbox', {});
    const [hook = ''] = statusUrls(product);
    expect((await post(hook, 'application/json', '{}')).status).toBe(404);
  });
});

it.each([
  'http://app.example.com/status',
  'https://127.0.0.1/status',
  'https://169.254.169.254/latest',
  'https://localhost/status',
])('with a publicUrl, a statusUrl that may not be called is refused: %s', async (statusUrl) => {
  await withProduct({ file: { publicUrl: 'https://calls.example.com/gate' } }, async (product) => {
    expect(await create(product, 'bandwidth', { statusUrl })).toMatchObject({
      call: null,
      userErrors: [{ code: 'INVALID_INPUT', field: ['input', 'statusUrl'] }],
    });
    expect(statusUrls(product)).toEqual([]);
    await create(product, 'bandwidth', { statusUrl: 'https://app.example.com/status' });
    expect(statusUrls(product)).toEqual([
      expect.stringMatching(/^https:\/\/calls\.example\.com\/gate\/webhooks\/bandwidth\/[\w-]{43}$/),
    ]);
  });
});

it('without a publicUrl, the provider calls the statusUrl itself', async () => {
  await withProduct({}, async (product) => {
    const statusUrl = 'http://app.example.com/status';
    for (const input of [{ statusUrl }, {}]) await create(product, 'bandwidth', input);
    expect(statusUrls(product)).toEqual([statusUrl, undefined]);
  });
});
