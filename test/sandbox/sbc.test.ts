import { describe, expect, it } from 'vitest';
import { type Answer, ask, basic, members, sbc } from './emulated.ts';

const sid = (digit: string | number) => `RN${String(digit).repeat(32)}`;
const sids = (answer: Answer) => (members(answer).calls as { sid: string }[]).map((call) => call.sid);

describe('SBC, one call on the wire', () => {
  const example = {
    sid: 'RN0fb839632cf444f9066876d5de741e00',
    date_created: '2019-05-05T20:20:56Z',
    date_updated: '2019-05-05T20:21:05Z',
    parent_call_sid: 'RNaaaa39632cf444f9066876d5de741e00',
    to: '1234',
    from: 'alice',
    start_time: '2019-05-05T20:20:58Z',
    end_time: '2019-05-05T20:21:05Z',
    duration: 7,
  };

  it('in JSON: capitals, RN sids, no account, no leading slash in uri', async () => {
    const { carrier, send } = await sbc();
    carrier.add(example);
    expect((await send(`/Calls/${example.sid}.json`)).text).toBe(`{
  "sid": "RN0fb839632cf444f9066876d5de741e00",
  "date_created": "Sun, 5 May 2019 20:20:56 +0000",
  "date_updated": "Sun, 5 May 2019 20:21:05 +0000",
  "parent_call_sid": "RNaaaa39632cf444f9066876d5de741e00",
  "to": "1234",
  "from": "alice",
  "status": "COMPLETED",
  "start_time": "2019-05-05T20:20:58.000Z",
  "end_time": "2019-05-05T20:21:05.000Z",
  "duration": 7,
  "price_unit": "USD",
  "direction": "inbound",
  "api_version": "2012-04-24",
  "caller_name": "Unknown",
  "uri": "2012-04-24/Calls/RN0fb839632cf444f9066876d5de741e00.json",
  "ring_duration": 2
}`);
  });

  it('in XML: the elements in their order, price 0', async () => {
    const { carrier, send } = await sbc();
    carrier.add(example);
    const { text } = await send(`/Calls/${example.sid}`);
    const names = [...text.matchAll(/<(\w+)[>/]/g)].map((match) => match[1]);
    expect(names.join(' ')).toBe(
      'RestcommResponse Call Sid DateCreated DateUpdated ParentCallSid To From Status StartTime EndTime Duration ' +
        'Price PriceUnit Direction AnsweredBy ApiVersion ForwardedFrom CallerName Uri Ring__duration',
    );
    expect(text).toContain('<Price>0</Price>');
  });

  it('is chosen by the suffix alone', async () => {
    const { send, carrier } = await sbc();
    const call = carrier.add({});
    const headers = { accept: 'application/json' };
    expect((await send('/Calls', { headers })).headers.get('content-type')).toBe('application/xml');
    expect((await send('/Calls.json')).headers.get('content-type')).toBe('application/json');
    expect(await send(`/Calls.json/${call.sid}`)).toMatchObject({ status: 404 });
    expect(await send('/Calls/')).toMatchObject({ status: 200 });
  });

  it('is 404 and empty if unknown, 500 and a page if malformed', async () => {
    const { send } = await sbc();
    expect(await send(`/Calls/${sid(0)}.json`)).toMatchObject({ status: 404, text: '' });
    const answer = await send('/Calls/nonsense.json');
    expect(answer.status).toBe(500);
    expect(answer.text).toContain('INVALID_SID');
  });
});

describe('SBC, list', () => {
  it('comes by key, and has host-relative page addresses without filters', async () => {
    const { carrier, list } = await sbc();
    for (const digit of [3, 1, 2]) carrier.add({ sid: sid(digit) });
    const answer = await list({ PageSize: '2', From: '4321' });
    expect(sids(answer)).toEqual([sid(1), sid(2)]);
    const base = '/restcomm-sbc/2012-04-24/Calls.json';
    expect(answer.data).toMatchObject({
      num_pages: 1,
      total: 3,
      end: '1',
      uri: base,
      previous_page_uri: 'null',
      next_page_uri: `${base}?Page=1&PageSize=2&AfterSid=${sid(2)}`,
    });
    expect((await list({ PageSize: '2' }, '')).text).toContain('numpages="1" pagesize="2" total="1"');
  });

  it('comes by start_time where EndTime is given', async () => {
    const { carrier, list } = await sbc();
    carrier.add({ sid: sid(1), start_time: '2026-11-19T12:00:00Z', end_time: '2026-11-19T12:01:00Z' });
    carrier.add({ sid: sid(2), start_time: '2026-11-19T11:00:00Z', end_time: '2026-11-19T11:01:00Z' });
    expect(sids(await list({ EndTime: '2026-11-19' }))).toEqual([sid(2), sid(1)]);
    expect(sids(await list({ EndTime: '2026-11-18' }))).toEqual([]);
  });

  it('filters like Connect, ignores what it does not know, and hides rows whose muted is null', async () => {
    const { carrier, list } = await sbc();
    carrier.add({ sid: sid(1), status: 'FAILED' });
    carrier.add({ sid: sid(2), muted: null });
    expect(sids(await list({ SortBy: 'nonsense:x', Reverse: 'true', ConferenceSid: 'CF' }))).toEqual([
      sid(1),
    ]);
    expect(sids(await list({ Status: 'failed' }))).toEqual([]);
    expect(sids(await list({ Status: 'FAILED' }))).toEqual([sid(1)]);
    expect(sids(await list({ localOnly: 'false' }))).toEqual([]);
  });

  it.each([
    [{ Page: 'x' }, 500],
    [{ PageSize: '0' }, 500],
    [{ Page: '-1' }, 500],
    [{ Page: '9' }, 400],
    [{ StartTime: 'yesterday' }, 400],
    [{ Page: 'x', StartTime: 'yesterday' }, 500],
  ])('answers %o with %i', async (query, status) => {
    const { list } = await sbc();
    expect(await list(query)).toMatchObject({ status });
  });
});

describe('SBC, who may ask', () => {
  it('answers strangers with an empty 401 and a challenge in capitals', async () => {
    const { carrier } = await sbc();
    const answer = await ask(`${carrier.baseUrl}/Calls.json`, {
      headers: { authorization: basic(carrier.username, 'x') },
    });
    expect(answer).toMatchObject({ status: 401, text: '' });
    expect(answer.headers.get('www-authenticate')).toBe('BASIC realm="application"');
  });

  it('falls over with 500 for a friendly name or a scheme in lower case', async () => {
    const { carrier } = await sbc();
    const knock = async (authorization: string) =>
      (await ask(`${carrier.baseUrl}/Calls.json`, { headers: { authorization } })).status;
    expect(await knock(basic(carrier.friendlyName, carrier.password))).toBe(500);
    expect(await knock(basic(carrier.username, carrier.password).replace('Basic', 'basic'))).toBe(500);
    expect(await knock(basic(carrier.email, carrier.password))).toBe(200);
  });
});

describe('SBC, which calls there are', () => {
  it('shows a call only at the sweep after its end', async () => {
    const { carrier, list, send, clock } = await sbc();
    const { sid } = carrier.add({ date_created: clock.now(), end_time: clock.now() + 90_000 });
    clock.advance(90_000);
    expect(carrier.calls).toMatchObject([{ status: 'COMPLETED' }]);
    expect(sids(await list())).toEqual([]);
    expect(await send(`/Calls/${sid}.json`)).toMatchObject({ status: 404 });
    clock.advance(29_999);
    expect(sids(await list())).toEqual([]);
    clock.advance(1);
    expect(sids(await list())).toEqual([sid]);
    expect(await send(`/Calls/${sid}.json`)).toMatchObject({ data: { status: 'COMPLETED', duration: 88 } });
  });

  it('sweeps as often as it is told', async () => {
    const { carrier, list, clock } = await sbc({ sweep: 1_000 });
    const { sid } = carrier.add({ end_time: clock.now() + 500 });
    clock.advance(1_000);
    expect(sids(await list())).toEqual([sid]);
  });

  it.each(['POST', 'PUT', 'DELETE'])('answers %s with 405', async (method) => {
    const { send } = await sbc();
    const answer = await send('/Calls.json', { method });
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toContain('GET');
    expect(await send(`/Calls/${sid(1)}.json`, { method })).toMatchObject({ status: 405 });
  });
});

describe('SBC as documented', () => {
  const form = { From: '+19195554321', To: '+19195551234', Url: 'http://app.example/rcml' };

  it('creates calls like Connect, in capitals, readable at once', async () => {
    const { send, clock } = await sbc({ create: true });
    const answer = await send('/Calls.json', { form });
    expect(answer).toMatchObject({
      status: 200,
      data: { status: 'QUEUED', direction: 'outbound', uri: expect.stringMatching(/^2012/) },
    });
    const look = async (after: number) => {
      clock.advance(after);
      return members(await send(`/Calls/${members(answer).sid}.json`)).status;
    };
    expect([await look(0), await look(500), await look(4_000), await look(120_000)]).toEqual([
      'QUEUED',
      'RINGING',
      'IN_PROGRESS',
      'COMPLETED',
    ]);
    expect((await send('/Calls', { form })).text).toMatch(/^<RestcommResponse>\n {2}<Call>/);
  });

  it.each([
    ['+19195550486', 'BUSY'],
    ['+19195550408', 'NO_ANSWER'],
    ['+19195550404', 'NOT_FOUND'],
    ['+19195550503', 'FAILED'],
  ])('ends a call to %s %s', async (To, status) => {
    const { send, clock } = await sbc({ create: true });
    const answer = await send('/Calls.json', { form: { ...form, To } });
    clock.advance(120_000);
    expect(await send(`/Calls/${members(answer).sid}.json`)).toMatchObject({ data: { status } });
  });

  it('refuses like Connect, and still modifies nothing', async () => {
    const { send } = await sbc({ create: true });
    expect(await send('/Calls.json', { form: { From: 'x' } })).toMatchObject({
      status: 400,
      text: 'To can not be null.',
    });
    expect(await send('/Calls.json', { json: {} })).toMatchObject({ status: 415 });
    expect(await send(`/Calls/${sid(1)}.json`, { form: { Status: 'completed' } })).toMatchObject({
      status: 405,
    });
  });
});
