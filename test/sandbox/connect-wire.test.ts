import { describe, expect, it } from 'vitest';
import { connect, members } from './emulated.ts';

const account = 'ACae6e420f425248d6a26948c17a9e2acf';
const sid = 'CAc0fb839632cf444f9066876d5de741e0';
const uri = `/2012-04-24/Accounts/${account}/Calls/${sid}`;
const given = {
  sid,
  instance_id: 'ID8555f97abe0441e0a07ca2da3a081871',
  date_created: '2013-10-08T04:51:47-06:00',
  date_updated: '2013-10-08T04:51:49-06:00',
  to: '1234',
  from: 'alice',
  phone_number_sid: 'PNdd7a0a0248244615978bd5781598e5eb',
  start_time: '2013-10-08T04:51:47.671-06:00',
  end_time: '2013-10-08T04:51:49.174-06:00',
  duration: 1,
  ring_duration: null,
  caller_name: 'alice',
};

/** A server at -06:00 with the documented example as its only call. */
async function example() {
  const emulated = await connect({ zoneOffsetMinutes: -360 });
  emulated.carrier.add(given);
  return emulated;
}

describe('Connect, one call on the wire', () => {
  it('in JSON: bare, pretty-printed, without null members, without price, dates in two formats', async () => {
    const { get } = await example();
    const answer = await get(sid);
    expect(answer.headers.get('content-type')).toBe('application/json');
    expect(answer.text).toBe(`{
  "sid": "${sid}",
  "InstanceId": "ID8555f97abe0441e0a07ca2da3a081871",
  "date_created": "Tue, 8 Oct 2013 04:51:47 -0600",
  "date_updated": "Tue, 8 Oct 2013 04:51:49 -0600",
  "account_sid": "${account}",
  "to": "1234",
  "from": "alice",
  "phone_number_sid": "PNdd7a0a0248244615978bd5781598e5eb",
  "status": "completed",
  "start_time": "2013-10-08T04:51:47.671-06:00",
  "end_time": "2013-10-08T04:51:49.174-06:00",
  "duration": 1,
  "price_unit": "USD",
  "direction": "inbound",
  "api_version": "2012-04-24",
  "caller_name": "alice",
  "uri": "${uri}.json",
  "subresource_uris": {
    "notifications": "${uri}/Notifications.json",
    "recordings": "${uri}/Recordings.json"
  }
}`);
  });

  it('in XML: no declaration, empty elements for null, price, Ring__duration with two underscores', async () => {
    const { get } = await example();
    const answer = await get(sid, '');
    expect(answer.headers.get('content-type')).toBe('application/xml');
    expect(answer.text).toBe(`<RestcommResponse>
  <Call>
    <Sid>${sid}</Sid>
    <InstanceId>ID8555f97abe0441e0a07ca2da3a081871</InstanceId>
    <DateCreated>Tue, 8 Oct 2013 04:51:47 -0600</DateCreated>
    <DateUpdated>Tue, 8 Oct 2013 04:51:49 -0600</DateUpdated>
    <ParentCallSid/>
    <AccountSid>${account}</AccountSid>
    <To>1234</To>
    <From>alice</From>
    <PhoneNumberSid>PNdd7a0a0248244615978bd5781598e5eb</PhoneNumberSid>
    <Status>completed</Status>
    <StartTime>2013-10-08T04:51:47.671-06:00</StartTime>
    <EndTime>2013-10-08T04:51:49.174-06:00</EndTime>
    <Duration>1</Duration>
    <Price>0.00</Price>
    <PriceUnit>USD</PriceUnit>
    <Direction>inbound</Direction>
    <AnsweredBy/>
    <ApiVersion>2012-04-24</ApiVersion>
    <ForwardedFrom/>
    <CallerName>alice</CallerName>
    <Uri>${uri}</Uri>
    <SubresourceUris>
      <Notifications>${uri}/Notifications</Notifications>
      <Recordings>${uri}/Recordings</Recordings>
    </SubresourceUris>
    <Ring__duration/>
  </Call>
</RestcommResponse>`);
  });

  it('writes Z where the server runs in UTC, and no fractions where it runs on MariaDB', async () => {
    const { carrier, get, create } = await connect({ database: 'mariadb' });
    carrier.add({
      ...given,
      sid: 'CA'.padEnd(34, '0'),
      date_created: '2013-07-05T22:15:53Z',
      start_time: '2013-07-05T22:15:54.120Z',
    });
    expect(await get('CA'.padEnd(34, '0'))).toMatchObject({
      data: { date_created: 'Fri, 5 Jul 2013 22:15:53 +0000', start_time: '2013-07-05T22:15:54.120Z' },
    });
    expect(members(await create()).start_time).toMatch(/\.000Z$/);
  });

  it('escapes like Gson and like XStream', async () => {
    const { carrier, get } = await connect();
    const call = carrier.add({ caller_name: `<"Tom" & 'Zoë'>\u0001=` });
    const json = await get(call.sid);
    expect(json.text).toContain('"\\u003c\\"Tom\\" \\u0026 \\u0027Zoë\\u0027\\u003e\\u0001\\u003d"');
    expect(json.data).toMatchObject({ caller_name: call.caller_name });
    expect((await get(call.sid, '')).text).toContain(
      '&lt;&quot;Tom&quot; &amp; &apos;Zoë&apos;&gt;&#x1;=</CallerName>',
    );
  });

  it('writes a missing price as 0.0, and leaves out an empty instance', async () => {
    const { carrier, get } = await connect();
    const { sid } = carrier.add({ price: null, instance_id: '' });
    const { text } = await get(sid, '');
    expect(text).toContain('<Price>0.0</Price>');
    expect(text).not.toContain('InstanceId');
  });
});

describe('Connect, the form of the answer', () => {
  it.each([
    ['Calls.json', 'application/xml', 'application/json'],
    ['Calls', 'application/json', 'application/json'],
    ['Calls', 'application/xml, application/json;q=0.1', 'application/json'],
    ['Calls', '*/*', 'application/xml'],
    ['Calls', 'application/xml', 'application/xml'],
    ['Calls.json', 'text/html', 'application/json'],
    ['Calls/', 'application/xml', 'application/xml'],
  ])('of %s with Accept %s is %s', async (path, accept, type) => {
    const { send, account } = await connect();
    const answer = await send(`${account}/${path}`, { headers: { accept } });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe(type);
  });

  it('is refused with an empty 406 where neither will do', async () => {
    const { send, account } = await connect();
    const answer = await send(`${account}/Calls`, { headers: { accept: 'text/html' } });
    expect(answer).toMatchObject({ status: 406, text: '' });
  });

  it('is JSON for Calls.json/{sid} too', async () => {
    const { send, account, carrier } = await connect();
    const { sid } = carrier.add({});
    expect(await send(`${account}/Calls.json/${sid}`)).toMatchObject({ status: 200, data: { sid } });
  });
});

describe('Connect, getting one call', () => {
  it('knows sids of both ages', async () => {
    const old = await connect({ plainSids: true });
    const young = await connect();
    expect(old.carrier.add({}).sid).toMatch(/^CA[0-9a-f]{32}$/);
    const { sid } = young.carrier.add({});
    expect(sid).toMatch(/^ID[0-9a-f]{32}-CA[0-9a-f]{32}$/);
    expect(sid).toHaveLength(69);
    expect(await young.get(sid)).toMatchObject({ status: 200, data: { sid, InstanceId: sid.slice(0, 34) } });
  });

  it('answers an unknown sid with an empty 404 under the negotiated type', async () => {
    const { get } = await connect();
    const answer = await get(sid);
    expect(answer).toMatchObject({ status: 404, text: '' });
    expect(answer.headers.get('content-type')).toBe('application/json');
  });

  it('answers a malformed sid with a page of the container, 500', async () => {
    const { get } = await connect();
    const answer = await get('nonsense');
    expect(answer.status).toBe(500);
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
    expect(answer.text).toContain('nonsense is an INVALID_SID sid value.');
  });

  it.each(['PUT', 'DELETE'])('answers %s with an empty 405 and Allow', async (method) => {
    const { send, account } = await connect();
    const answer = await send(`${account}/Calls/${sid}.json`, { method });
    expect(answer).toMatchObject({ status: 405, text: '' });
    expect(answer.headers.get('allow')).toContain('GET');
  });

  it('answers HEAD like GET, OPTIONS with a WADL, and has no recordings', async () => {
    const { send, account, carrier } = await connect();
    const { sid } = carrier.add({});
    expect(await send(`${account}/Calls/${sid}.json`, { method: 'HEAD' })).toMatchObject({
      status: 200,
      text: '',
    });
    const options = await send(`${account}/Calls`, { method: 'OPTIONS' });
    expect(options.headers.get('content-type')).toBe('application/vnd.sun.wadl+xml');
    expect(await send(`${account}/Calls/${sid}/Recordings.json`)).toMatchObject({ status: 200, data: [] });
  });
});
