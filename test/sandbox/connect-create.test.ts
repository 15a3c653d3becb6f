import { describe, expect, it } from 'vitest';
import { connect, members, rows } from './emulated.ts';

const now = '2026-11-20T12:00:00.000Z';

describe('Connect, creating a call', () => {
  it('answers 200 without Location, QUEUED, with a start_time already', async () => {
    const { create, carrier } = await connect();
    const answer = await create();
    expect(answer.status).toBe(200);
    expect(answer.headers.get('location')).toBeNull();
    expect(answer.data).toMatchObject({
      sid: expect.stringMatching(/^ID[0-9a-f]{32}-CA[0-9a-f]{32}$/),
      account_sid: carrier.accountSid,
      date_created: 'Fri, 20 Nov 2026 12:00:00 +0000',
      to: '+19195551234',
      from: '+19195554321',
      caller_name: '+19195554321',
      status: 'QUEUED',
      start_time: now,
      direction: 'outbound-api',
      price_unit: 'USD',
    });
    for (const absent of ['end_time', 'duration', 'answered_by', 'price'])
      expect(answer.data).not.toHaveProperty(absent);
  });

  it('answers XML under the Java class name', async () => {
    const { create } = await connect();
    const { text } = await create({}, '');
    expect(text).toMatch(/^<org\.restcomm\.connect\.dao\.entities\.CallDetailRecord>\n {2}<Call>\n/);
    expect(text).toMatch(/<\/org\.restcomm\.connect\.dao\.entities\.CallDetailRecord>$/);
  });

  it.each([
    ['sip:bob@127.0.0.1:5090', 'bob'],
    ['sip:bob@127.0.0.1:5090?X-A=b&X-C=d', 'bob'],
    ['client:alice', 'alice'],
    ['+19195551234', '+19195551234'],
    ['19195551234', '19195551234'],
  ])('keeps of To %s only %s', async (To, to) => {
    const { create } = await connect();
    expect(await create({ To })).toMatchObject({ status: 200, data: { to } });
  });

  it.each([
    [' +1919 ', '+1919', '+1919'],
    ['sip:ada@example.com', 'ada', undefined],
    ['', 'CALLS REST API', ''],
  ])('keeps of From "%s" %s', async (From, from, caller) => {
    const { create } = await connect();
    const { data } = await create({ From });
    expect(data).toMatchObject({ from });
    expect((data as { caller_name?: string }).caller_name).toBe(caller);
  });

  it('answers an array where the client has several registrations', async () => {
    const { create, carrier } = await connect({ clients: { carol: 3 } });
    const legs = rows(await create({ To: 'client:carol' }));
    expect(legs.map((leg) => leg.to)).toEqual(['carol', 'carol', 'carol']);
    expect(new Set(legs.map((leg) => leg.sid)).size).toBe(3);
    expect(carrier.calls).toHaveLength(3);
  });

  it('answers several legs in XML with the metadata of the last list, or 500 without one; the calls are placed', async () => {
    const { create, list, carrier } = await connect();
    expect(await create({ To: 'client:bob' }, '')).toMatchObject({ status: 500 });
    expect(carrier.calls).toHaveLength(2);
    await list({ PageSize: '20' });
    const { status, text } = await create({ To: 'client:bob' }, '');
    expect(status).toBe(200);
    expect(text).toMatch(/^<RestcommResponse>\n {2}<Calls page="0" numpages="0" pagesize="20"/);
    await list({ PageSize: '1' });
    expect(await create({ To: 'client:bob' }, '')).toMatchObject({ status: 500 });
  });

  it.each([
    [['From'], 'From can not be null.'],
    [['To'], 'To can not be null.'],
    [['Url'], 'Url can not be null.'],
    [['From', 'To', 'Url'], 'From can not be null.'],
  ])('without %o answers 400 and a text under the negotiated type', async (names, text) => {
    const { send, account } = await connect();
    const form = Object.fromEntries(
      ['From', 'To', 'Url'].filter((name) => !names.includes(name)).map((name) => [name, 'x']),
    );
    const answer = await send(`${account}/Calls.json`, { form });
    expect(answer).toMatchObject({ status: 400, text });
    expect(answer.headers.get('content-type')).toBe('application/json');
    const xml = await send(`${account}/Calls`, { form });
    expect(xml.headers.get('content-type')).toBe('application/xml');
  });

  it.each([
    ['Timeout in words', { Timeout: 'soon' }, /<html>/],
    ['a Url that is not a URI', { Url: 'not a uri' }, /<html>/],
    [
      'an unregistered client',
      { To: 'client:nobody' },
      /^The SIP Client client:nobody is not registered or does not exist$/,
    ],
    ['a FallbackUrl that is not a URI', { FallbackUrl: 'not a uri' }, /FallbackUrl/],
  ])('answers %s with 500', async (_, changes, text) => {
    const { create, carrier } = await connect();
    expect(await create(changes)).toMatchObject({ status: 500, text: expect.stringMatching(text) });
    expect(carrier.calls).toHaveLength(0);
  });

  it('answers a number with 500 where there is no outbound proxy', async () => {
    const { create } = await connect({ outboundProxy: false });
    const text =
      'Cannot create call to: +19195551234. The Active Outbound Proxy is null. Please check configuration';
    expect(await create()).toMatchObject({ status: 500, text });
    expect(await create({ To: 'client:alice' })).toMatchObject({ status: 200 });
  });

  it.each([
    ['text/plain', 415],
    ['multipart/form-data; boundary=x', 415],
    ['application/json', 500],
    ['application/x-www-form-urlencoded; charset=UTF-8', 200],
  ])('answers a body of %s with %i', async (type, status) => {
    const { send, account } = await connect();
    const body = 'From=a&To=b&Url=http%3A%2F%2Fx';
    expect(await send(`${account}/Calls.json`, { body, headers: { 'content-type': type } })).toMatchObject({
      status,
    });
  });
});

describe('Connect, the life of a created call', () => {
  async function created(changes: Record<string, string> = {}) {
    const emulated = await connect();
    const sid = String(members(await emulated.create(changes)).sid);
    const look = async (after: number) => {
      emulated.clock.advance(after);
      return members(await emulated.get(sid));
    };
    return { ...emulated, sid, look };
  }

  it('goes QUEUED, RINGING, still RINGING once picked up, in-progress, completed', async () => {
    const { look } = await created();
    expect(await look(499)).toMatchObject({ status: 'QUEUED' });
    expect(await look(1)).toMatchObject({ status: 'RINGING', start_time: now });
    expect(await look(2_000)).toMatchObject({
      status: 'RINGING',
      ring_duration: 2,
      start_time: '2026-11-20T12:00:02.500Z',
    });
    expect(await look(100)).toMatchObject({ status: 'in-progress', answered_by: '+19195551234' });
    expect(await look(120_000)).toMatchObject({
      status: 'completed',
      end_time: '2026-11-20T12:02:02.500Z',
      duration: 120,
      date_updated: 'Fri, 20 Nov 2026 12:02:02 +0000',
    });
  });

  it.each(['486', '603'])('ends BUSY after SIP %s: duration 0, no end_time', async (ending) => {
    const { look } = await created({ To: `+19195550${ending}` });
    const call = await look(10_000);
    expect(call).toMatchObject({ status: 'BUSY', duration: 0, ring_duration: 2 });
    expect(call).not.toHaveProperty('end_time');
  });

  it.each(['404', '503'])('ends FAILED after SIP %s: no end_time, no duration', async (ending) => {
    const { look } = await created({ To: `+19195550${ending}` });
    const call = await look(10_000);
    expect(call).toMatchObject({ status: 'FAILED' });
    expect(Object.keys(call)).toEqual(expect.not.arrayContaining(['end_time', 'duration']));
  });

  it('ends canceled when Timeout runs out, counted from the queue', async () => {
    const { look } = await created({ To: '+19195550408', Timeout: '20' });
    expect(await look(20_499)).toMatchObject({ status: 'RINGING' });
    expect(await look(1)).toMatchObject({
      status: 'canceled',
      duration: 20,
      end_time: '2026-11-20T12:00:20.500Z',
    });
  });
});
