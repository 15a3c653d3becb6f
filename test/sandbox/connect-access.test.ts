import { describe, expect, it } from 'vitest';
import { ask, basic, connect } from './emulated.ts';

const child = {
  sid: `AC${'1'.repeat(32)}`,
  authToken: 'child-token',
  parentSid: 'ACae6e420f425248d6a26948c17a9e2acf',
};
const grandchild = { sid: `AC${'2'.repeat(32)}`, authToken: 'grandchild-token', parentSid: child.sid };
const stranger = { sid: `AC${'3'.repeat(32)}`, authToken: 'stranger-token' };
const family = [child, grandchild, stranger];

describe('Connect, who may ask', () => {
  it.each([
    ['nobody', {}],
    ['a wrong token', { authorization: basic('ACae6e420f425248d6a26948c17a9e2acf', 'wrong') }],
    ['an unknown account', { authorization: basic('nobody', 'wrong') }],
    ['the scheme in lower case', { authorization: 'basic x' }],
  ])('answers %s with an empty 401 and a challenge', async (_, headers) => {
    const { carrier, account } = await connect();
    const answer = await ask(`${carrier.baseUrl}${account}/Calls.json`, { headers });
    expect(answer).toMatchObject({ status: 401, text: '' });
    expect(answer.headers.get('www-authenticate')).toBe('Basic realm="Restcomm realm"');
  });

  it('lets in by sid or e-mail, by token or the password whose MD5 the token is', async () => {
    const { carrier, account } = await connect();
    const knock = async (name: string, password: string) => {
      const headers = { authorization: basic(name, password) };
      return (await ask(`${carrier.baseUrl}${account}/Calls.json`, { headers })).status;
    };
    expect(await knock(carrier.accountSid, carrier.authToken)).toBe(200);
    expect(await knock(carrier.email, carrier.authToken)).toBe(200);
    expect(await knock(carrier.accountSid, 'sandbox')).toBe(200);
  });

  it.each(['suspended', 'closed'] as const)('answers a %s account with 403 and a text', async (status) => {
    const { carrier } = await connect({ accounts: [{ ...stranger, status }] });
    const headers = { authorization: basic(stranger.sid, stranger.authToken) };
    const answer = await ask(`${carrier.baseUrl}/Accounts/${stranger.sid}/Calls.json`, { headers });
    expect(answer).toMatchObject({ status: 403, text: 'Provided Account is not active' });
  });

  it('answers an account without the role, and one that is not a descendant, with an empty 403', async () => {
    const { carrier } = await connect({
      accounts: [...family, { sid: `AC${'4'.repeat(32)}`, authToken: 't', mayCall: false }],
    });
    const see = (who: { sid: string; authToken: string }, whose: string) =>
      ask(`${carrier.baseUrl}/Accounts/${whose}/Calls.json`, {
        headers: { authorization: basic(who.sid, who.authToken) },
      });
    expect(await see(stranger, child.sid)).toMatchObject({ status: 403, text: '' });
    expect(await see(child, carrier.accountSid)).toMatchObject({ status: 403 });
    expect(await see(child, grandchild.sid)).toMatchObject({ status: 200 });
    expect(await see({ sid: `AC${'4'.repeat(32)}`, authToken: 't' }, `AC${'4'.repeat(32)}`)).toMatchObject({
      status: 403,
    });
  });

  it('answers a call of another account than the one in the path with 403', async () => {
    const { carrier, get, send } = await connect({ accounts: family });
    const { sid } = carrier.add({ account_sid: child.sid });
    expect(await get(sid)).toMatchObject({ status: 403, text: '' });
    expect(await send(`/Accounts/${child.sid}/Calls/${sid}.json`)).toMatchObject({
      status: 200,
      data: { sid },
    });
  });

  it('answers an unknown account in the path with 500 HTML', async () => {
    const { send } = await connect();
    const answer = await send(`/Accounts/AC${'9'.repeat(32)}/Calls.json`);
    expect(answer.status).toBe(500);
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
  });

  it('takes an e-mail in the path for one call, lists nothing under it, and does not create', async () => {
    const { carrier, send } = await connect();
    const { sid } = carrier.add({});
    const path = `/Accounts/${encodeURIComponent(carrier.email)}/Calls`;
    expect(await send(`${path}/${sid}.json`)).toMatchObject({ status: 200, data: { sid } });
    expect(await send(`${path}.json`)).toMatchObject({ status: 200, data: { total: 0, calls: [] } });
    const words = `${carrier.email} is an INVALID_SID sid value.`;
    expect(await send(`${path}.json`, { form: {} })).toMatchObject({ status: 500, data: { message: words } });
    const xml = await send(path, { form: {} });
    expect(xml.text).toContain(`<Message>${words}</Message>`);
  });

  it('answers a body over ten million bytes with an empty 413', async () => {
    const { send, account } = await connect();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await send(`${account}/Calls.json`, { body: 'x'.repeat(10_000_001), headers });
    expect(answer).toMatchObject({ status: 413, text: '' });
  });

  it('adds the calls of descendants where SubAccounts is true, in any case', async () => {
    const { carrier, list } = await connect({ accounts: family });
    for (const account_sid of [carrier.accountSid, child.sid, grandchild.sid, stranger.sid])
      carrier.add({ account_sid });
    expect(await list()).toMatchObject({ data: { total: 1 } });
    expect(await list({ SubAccounts: 'TRUE' })).toMatchObject({ data: { total: 3 } });
    expect(await list({ SubAccounts: 'yes' })).toMatchObject({ data: { total: 1 } });
  });
});
