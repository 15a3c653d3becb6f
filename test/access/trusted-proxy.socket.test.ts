import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createTrustedReader } from '../../src/access/trusted-proxy.ts';
import { accessSettings } from '../../src/config/access-settings.ts';
import { send } from '../support/post.ts';
import { type Product, startProduct } from '../support/product.ts';

const from = ['10.0.0.0/8', '192.0.2.7', '2001:db8::/32', 'fe80::/10'];
const now = 1_800_000_000_000;
const settings = accessSettings.parse({ trusted: { header: 'X-Caller', from } });
const trusted = settings === 'open' ? undefined : settings.trusted;
if (trusted === undefined) throw new Error('There are no settings.');
const read = createTrustedReader(trusted, () => now);
const ann = JSON.stringify({ sub: 'ann', accounts: ['acme-*'], may: ['read'] });

describe('the header of a trusted proxy', () => {
  it.each(['10.255.0.1', '::ffff:10.0.0.1', '192.0.2.7', '::FFFF:192.0.2.7', '2001:db8::1', 'fe80::1%eth0'])(
    'names the caller from %s',
    (address) => {
      const caller = read(ann, address);
      expect(caller.id).toMatch(/^proxy:[\w-]{22}$/);
      expect([caller.maySee('acme-eu'), caller.mayWrite('acme-eu'), caller.maySee('other')]).toEqual([
        true,
        false,
        false,
      ]);
    },
  );

  it.each(['11.0.0.1', '192.0.2.8', '::ffff:11.0.0.1', '2001:db9::1', '::10.0.0.1', '::1', '', undefined])(
    'is refused from %s',
    (address) => {
      expect(() => read(ann, address)).toThrow(expect.objectContaining({ status: 401 }));
    },
  );

  it.each([
    ['twice', [ann, ann]],
    ['twice in one', `${ann}, ${ann}`],
    ['as a name', 'ann'],
    ['empty', ''],
    ['as null', 'null'],
    ['as a list', `[${ann}]`],
    ['without a name', '{"accounts":["*"],"may":["read"]}'],
    ['with an end that has passed', JSON.stringify({ sub: 'ann', exp: now / 1000 })],
    ['with an end that is no number', '{"sub":"ann","exp":"later"}'],
    ['of 8,193 characters', JSON.stringify({ sub: 'a'.repeat(8_183) })],
  ])('is refused %s', (_, value) => {
    expect(() => read(value, '10.0.0.1')).toThrow(expect.objectContaining({ status: 401 }));
  });

  it('gives no rights that it does not name, and ends when it says', () => {
    const caller = read(JSON.stringify({ sub: 'ann', exp: now / 1000 + 1 }), '10.0.0.1');
    expect([caller.maySee('acme-eu'), caller.expiresAt]).toEqual([false, now + 1_000]);
  });
});

describe('from end to end', () => {
  let product: Product;
  beforeAll(async () => {
    product = await startProduct({
      file: { access: { trusted: { header: 'x-caller', from: ['127.0.0.2'] } } },
    });
  });
  afterAll(() => product.close());

  const caller = JSON.stringify({ sub: 'ann', accounts: ['bandw*'], may: ['read'] });

  /** Asks for the keys of the accounts, from an address of this machine. */
  async function ask(localAddress: string, headers: Readonly<Record<string, string>>) {
    const type = { 'content-type': 'application/json' };
    const body = JSON.stringify({ query: '{ accounts { key } }' });
    return send(product.url, { method: 'POST', headers: { ...type, ...headers }, body, localAddress });
  }

  it('the caller that it names sees its accounts', async () => {
    const { text } = await ask('127.0.0.2', { 'x-caller': caller });
    expect(JSON.parse(text).data).toEqual({ accounts: [{ key: 'bandwidth' }] });
  });

  it('it is refused from elsewhere, whatever is said of the address', async () => {
    const forwarded = {
      'x-forwarded-for': '127.0.0.2',
      forwarded: 'for=127.0.0.2',
      'x-real-ip': '127.0.0.2',
    };
    const { status, text } = await ask('127.0.0.1', { 'x-caller': caller, ...forwarded });
    const [error] = JSON.parse(text).errors;
    expect([status, error.extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
    expect(error.message).toMatch(/`x-caller` is not accepted: it is for trusted proxies/);
    expect(text).not.toContain('127.0.0');
  });

  it('a request without it has no caller', async () => {
    expect((await ask('127.0.0.2', {})).status).toBe(401);
  });

  it('it counts for WebSockets, beside credentials that are sent later', async () => {
    const connect = async (localAddress: string) => {
      const headers = { 'x-caller': caller };
      const url = product.url.replace('http', 'ws');
      const socket = new WebSocket(url, 'graphql-transport-ws', { headers, localAddress });
      await once(socket, 'open');
      socket.send(JSON.stringify({ type: 'connection_init', payload: { 'x-api-key': 'k' } }));
      const answer = await Promise.race([once(socket, 'message'), once(socket, 'close')]);
      socket.terminate();
      return String(answer[0]);
    };
    expect(await connect('127.0.0.2')).toBe('{"type":"connection_ack"}');
    expect(await connect('127.0.0.1')).toBe('4403');
  });
});
