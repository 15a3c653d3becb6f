import { describe, expect, it } from 'vitest';
import { CallEventHub } from '../../src/calls/events/call-event-hub.ts';
import { MemoryEventLog } from '../../src/calls/events/memory-event-log.ts';
import { digestOf } from '../../src/calls/events/to-change.ts';
import { tellApplication } from '../../src/hosting/application.ts';
import { CallbackProxy, hangupDocument } from '../../src/hosting/callback-proxy.ts';
import { Hosting, type HostingOptions } from '../../src/hosting/hosting.ts';
import { findForbidden } from '../../src/hosting/with-hosted-documents.ts';
import { Cipher } from '../../src/store/cipher.ts';
import { MemoryStore } from '../../src/store/memory-store.ts';
import { StoreFull } from '../../src/store/store-failure.ts';
import { ownRedis, storeAt } from '../store/store-harness.ts';
import { hasOwnRedis, unlessNoOwnRedis } from '../support/redis-server.ts';
import { someAccount, someCall } from '../support/some-call.ts';

const day = 24 * 60 * 60 * 1000;

function createOn(options: Partial<HostingOptions> = {}) {
  const hosting = new Hosting({
    store: new MemoryStore(),
    cipherOf: () => undefined,
    isReachable: true,
    baseUrl: () => 'https://calls.example.com',
    mayFetch: () => true,
    ...options,
  });
  hosting.know('alpha');
  return hosting;
}

const secretOf = (url = '') => url.split('/').at(-1) ?? '';
const add = async (hosting: ReturnType<typeof createOn>, bxml = '<Bxml/>', caller = 'someone') =>
  secretOf((await hosting.add('alpha', bxml, caller))?.url);
const gather = '<Bxml><Gather gatherUrl="https://app.example.com/menu"/></Bxml>';
const call = { owner: 'o', root: 'r', until: Date.now() + day, callId: 'CA1' };

describe('what is hosted', () => {
  it('costs no look at the store if its secret is forged', async () => {
    const store = new MemoryStore();
    let looks = 0;
    const { get } = store;
    store.get = (key) => {
      looks += 1;
      return get.call(store, key);
    };
    const hosting = createOn({ store });
    const secret = await add(hosting);
    for (let at = 0; at < secret.length; at += 1) {
      const forged = `${secret.slice(0, at)}${secret[at] === 'x' ? 'y' : 'x'}${secret.slice(at + 1)}`;
      // The last of 22 characters has two bits that are none of the code's: as text, it differs all the same.
      expect(await hosting.find('document', forged)).toBeUndefined();
    }
    for (const other of ['', 'x', `${secret}x`, secretOf('a/b')]) {
      expect(await hosting.find('document', other)).toBeUndefined();
    }
    expect(await hosting.find('callback', secret)).toBeUndefined();
    expect(looks).toBe(0);
    expect(await hosting.find('document', secret)).toMatchObject({ accountKey: 'alpha', index: 0 });
    expect(looks).toBe(1);
  });

  it('is gone after 24 hours, and some time after the end of its call', async () => {
    let now = Date.now();
    const clock = () => now;
    const store = new MemoryStore({ now: clock });
    const hosting = createOn({ store, now: clock, afterEnd: 0 });
    const first = await add(hosting);
    now += day - 1;
    expect(await hosting.find('document', first)).toBeDefined();
    now += 1;
    expect(await hosting.find('document', first)).toBeUndefined();
    const second = await hosting.add('alpha', '<Bxml/>', 'someone');
    second?.bind('CA1');
    hosting.end({ accountKey: 'alpha', providerCallId: 'CA2' });
    expect(await hosting.find('document', secretOf(second?.url))).toBeDefined();
    hosting.end({ accountKey: 'alpha', providerCallId: 'CA1' });
    await expect.poll(() => hosting.find('document', secretOf(second?.url))).toBeUndefined();
  });

  it('is removed where another process has placed the call, and one has seen its end', async () => {
    const [store, cipher] = [new MemoryStore(), new Cipher('a secret that both processes have', 'alpha')];
    const log = new MemoryEventLog();
    const open = () => {
      const hosting = createOn({ store, cipherOf: () => cipher, afterEnd: 0 });
      const hub = new CallEventHub({
        log,
        accounts: new Map([['alpha', someAccount()]]),
        awaitsEnd: (digest) => hosting.isHosted(digest),
        onEnd: (ended) => hosting.end(ended),
      });
      return { hosting, hub };
    };
    // The last one is told of what is in the log.
    const [{ hosting: serving, hub }, { hosting: placing }] = [open(), open()];
    const placed = await placing.add('alpha', gather, 'someone');
    placed?.bind('CA1');
    const { script } = (await serving.find('document', secretOf(placed?.url))) ?? expect.unreachable();
    const running = { ...script.call, callId: 'CA1' };
    await serving.translate('alpha', { bxml: gather }, running);
    await serving.translate('alpha', { bxml: gather }, { ...running, callId: 'CA2', parentCallId: 'CA1' });
    expect(store.size.entries).toBe(3);
    // A leg of the call ends before it.
    expect(serving.isHosted(digestOf({ accountKey: 'alpha', providerCallId: 'CA2' }))).toBe(false);
    await hub.observe({ call: someCall({ providerCallId: 'CA1', status: 'COMPLETED' }), source: 'WEBHOOK' });
    await expect.poll(() => store.size.entries, { interval: 1 }).toBe(0);
  });

  it('is bounded for each caller, and what is removed makes room', async () => {
    const hosting = createOn({ maxBytes: 4_000 });
    const first = await hosting.add('alpha', 'x'.repeat(1_500), 'one');
    await expect(hosting.add('alpha', 'x'.repeat(1_500), 'one')).rejects.toBeInstanceOf(StoreFull);
    await add(hosting, 'x'.repeat(1_500), 'another');
    // Two bytes a character.
    await expect(hosting.add('alpha', 'й'.repeat(1_500), 'third')).rejects.toBeInstanceOf(StoreFull);
    first?.discard();
    await add(hosting, 'x'.repeat(1_500), 'one');
  });

  it('is kept once, however often the same document is answered to the same call', async () => {
    const store = new MemoryStore();
    const hosting = createOn({ store });
    const source = { bxml: gather, baseUrl: 'https://app.example.com/' };
    const first = await hosting.translate('alpha', source, call);
    for (let count = 0; count < 100; count += 1) {
      expect(await hosting.translate('alpha', source, call)).toEqual(first);
    }
    expect(store.size.entries).toBe(1);
    await hosting.translate('alpha', source, { ...call, callId: 'CA2' });
    expect(store.size.entries).toBe(2);
  });
});

it('a document that is being kept is not taken for one that is kept: if the store fails, all are told', async () => {
  const store = new MemoryStore();
  let fail = (_: Error): void => undefined;
  store.write = () =>
    new Promise((_, reject) => {
      fail = reject;
    });
  const hosting = createOn({ store });
  const both = [1, 2].map(() => hosting.translate('alpha', { bxml: gather }, call));
  fail(new Error('no store'));
  for (const each of await Promise.allSettled(both)) expect(each.status).toBe('rejected');
});

it('no callback of a document is overlooked that names a host which is not asked', () => {
  const mayFetch = (url: string) => !url.includes('bad');
  const transfer = '<Transfer><PhoneNumber>+19195551234</PhoneNumber></Transfer>';
  for (const verb of [
    '<Redirect redirectUrl="https://bad.example/"/>',
    '<Redirect redirectUrl="https://app.example/" redirectFallbackUrl="https://bad.example/"/>',
    `${transfer}<Redirect redirectUrl="https://bad.example/"/>`,
    '<Record recordCompleteUrl="https://app.example/" recordingAvailableUrl="https://bad.example/"/>',
  ]) {
    expect(findForbidden(`<Bxml>${verb}</Bxml>`, mayFetch), verb).toBeDefined();
  }
});

describe.skipIf(!hasOwnRedis)(`with a store that processes share ${unlessNoOwnRedis}`, () => {
  it('a document of one is served by another, and the store shows nothing of it', async () => {
    const { url } = await ownRedis();
    const [here, there] = ['here', 'there'].map(() => {
      const store = storeAt(url);
      return { store, hosting: createOn({ store, cipherOf: (key) => new Cipher('a secret', key) }) };
    });
    const secret = await add(here?.hosting as never, gather);
    const found = await there?.hosting.find('document', secret);
    expect(found?.script.documents).toEqual([gather]);
    // Long enough that no cipher text holds it by chance.
    const callId = 'CA1de02bd3a16d4bd58e9a4b5b7e0c4d2f';
    const { document } =
      (await there?.hosting.translate('alpha', { bxml: gather }, { ...call, callId })) ?? {};
    const callback = secretOf(/action="([^"]+)"/.exec(document ?? '')?.[1]);
    const asked = await here?.hosting.find('callback', callback);
    expect(asked?.script.callbacks[asked.index]).toMatchObject({ url: 'https://app.example.com/menu' });
    const keys = ((await here?.store.run?.("return redis.call('keys', '*')", [], [])) ?? []) as string[];
    expect(keys).toHaveLength(2);
    const values = await Promise.all(keys.map((key) => here?.store.get(key.replace(/^calls-graphql:/, ''))));
    const shown = JSON.stringify([keys, values]);
    for (const part of ['app.example.com', callId, secret, callback]) expect(shown).not.toContain(part);
  });
});

it.each([
  ['<Bxml><Pause duration="x"/></Bxml>', ['value']],
  ['<Bxml><Pause/><StopGather/></Bxml>', ['StopGather']],
])('a document of an application that cannot be run is told of with its rules: %s', async (bxml, rules) => {
  const failures: unknown[] = [];
  const url = 'https://app.example.com/';
  const proxy = new CallbackProxy({
    hosting: createOn(),
    accountOf: () => someAccount(),
    fetch: async () => ({ status: 200, headers: {}, body: Buffer.from(bxml), url }),
    forwarder: { add: async () => undefined },
    onFailure: (_, ...failure) => void failures.push(failure),
    onLoss: () => undefined,
  });
  const reference = { verb: 'Redirect', attribute: 'redirectUrl', url, method: 'POST' } as const;
  const script = { documents: [], callbacks: [reference], call };
  expect(await proxy.answer({ accountKey: 'alpha', script, index: 0, url }, {})).toBe(hangupDocument);
  expect(failures).toEqual([['Redirect', 'invalid document', rules]]);
});

describe('an application that does not answer', () => {
  it('is not waited for, nor is its fallback: the call is hung up', async () => {
    const asked: string[] = [];
    const failures: string[] = [];
    const proxy = new CallbackProxy({
      hosting: createOn(),
      accountOf: () => someAccount(),
      // Ends with its signal only.
      fetch: ({ url }, signal) => {
        asked.push(url);
        return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      },
      forwarder: { add: async () => undefined },
      onFailure: (_, __, why) => void failures.push(why),
      onLoss: () => undefined,
      timeout: 20,
    });
    const reference = {
      verb: 'Redirect',
      attribute: 'redirectUrl',
      url: 'https://app.example.com/main',
      method: 'POST',
      fallbackUrl: 'https://app.example.com/spare',
    } as const;
    const script = { documents: [], callbacks: [reference], call };
    const found = { accountKey: 'alpha', script, index: 0, url: 'https://calls.example.com/callbacks/x' };
    expect(await proxy.answer(found, { CallSid: 'CA1' })).toBe(hangupDocument);
    expect(asked).toEqual([reference.url, reference.fallbackUrl]);
    expect(failures).toEqual(['unreachable', 'unreachable']);
  });

  it.each(['GET', 'POST'] as const)(
    'that only tells by %s is answered once it is kept, or is not kept',
    async (method) => {
      const failures: string[] = [];
      const queues = new Set<string>();
      let keeps = (_: Error): void => undefined;
      const proxy = new CallbackProxy({
        hosting: createOn(),
        accountOf: () => someAccount(),
        fetch: () => Promise.reject(new Error('nobody is asked')),
        forwarder: {
          add: ({ id }) => {
            queues.add(id);
            return new Promise((_, reject) => {
              keeps = reject;
            });
          },
        },
        onFailure: (_, __, why) => void failures.push(why),
        onLoss: () => undefined,
      });
      const url = 'https://app.example.com/available';
      const reference = { verb: 'Record', attribute: 'recordingAvailableUrl', url, method } as const;
      const script = { documents: [], callbacks: [reference], call };
      const found = { accountKey: 'alpha', script, index: 0, url: 'https://calls.example.com/callbacks/x' };
      for (const seconds of ['4', '1e300', '-1', 'x']) {
        let isAnswered = false;
        const answer = proxy.answer(found, { CallSid: 'CA1', RecordingDuration: seconds }).then((text) => {
          isAnswered = true;
          return text;
        });
        await new Promise(setImmediate);
        expect(isAnswered).toBe(false);
        keeps(new Error('no store'));
        expect(await answer).toContain('<Response>');
      }
      expect(failures).toEqual(Array(4).fill('not kept'));
      // One address, one order.
      expect(queues.size).toBe(1);
    },
  );

  it('is told once more if the connection was closed, but not if it cannot be reached', async () => {
    for (const [code, times] of [
      ['ECONNRESET', 2],
      ['UND_ERR_SOCKET', 2],
      ['ECONNREFUSED', 1],
    ] as const) {
      let asked = 0;
      const fetch = () => {
        asked += 1;
        return Promise.reject(Object.assign(new Error('no'), { code }));
      };
      const target = {
        url: 'https://app.example.com/',
        method: 'POST',
        username: undefined,
        password: undefined,
      };
      const telling = tellApplication(fetch, target as never, {}, new AbortController().signal);
      await expect(telling).rejects.toThrow('no');
      expect([code, asked]).toEqual([code, times]);
    }
  });
});
