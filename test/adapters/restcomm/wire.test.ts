import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createConnect } from '../../../src/adapters/restcomm/dialect.ts';
import { toCall } from '../../../src/adapters/restcomm/to-call.ts';
import { type Format, readCall, readList } from '../../../src/adapters/restcomm/wire.ts';
import { someAccount } from '../../support/some-call.ts';

const SID = 'CAc0fb839632cf444f9066876d5de741e0';

/** As Restcomm Connect writes it (Restcomm-Connect CallDetailRecordConverter). */
const XML = `<RestcommResponse>
  <Call>
    <Sid>${SID}</Sid>
    <InstanceId>ID8555f97abe0441e0a07ca2da3a081871</InstanceId>
    <DateCreated>Tue, 8 Oct 2013 04:51:47 -0600</DateCreated>
    <DateUpdated>Tue, 8 Oct 2013 04:51:49 -0600</DateUpdated>
    <ParentCallSid/>
    <AccountSid>ACae6e420f425248d6a26948c17a9e2acf</AccountSid>
    <To>+0012</To>
    <From>007 &amp; co</From>
    <PhoneNumberSid>PNdd7a0a0248244615978bd5781598e5eb</PhoneNumberSid>
    <Status>completed</Status>
    <StartTime>2013-10-08T04:51:47.671-06:00</StartTime>
    <EndTime/>
    <Duration>1</Duration>
    <Price>0.00</Price>
    <PriceUnit>USD</PriceUnit>
    <Direction>inbound</Direction>
    <AnsweredBy/>
    <ApiVersion>2012-04-24</ApiVersion>
    <ForwardedFrom/>
    <CallerName>alice</CallerName>
    <Uri>/2012-04-24/Accounts/ACae6e420f425248d6a26948c17a9e2acf/Calls/${SID}</Uri>
    <SubresourceUris>
      <Notifications>/a</Notifications>
      <Recordings>/b</Recordings>
    </SubresourceUris>
    <Ring__duration>3</Ring__duration>
  </Call>
</RestcommResponse>`;

const JSON_TEXT = JSON.stringify({
  sid: SID,
  InstanceId: 'ID8555f97abe0441e0a07ca2da3a081871',
  date_created: 'Tue, 8 Oct 2013 04:51:47 -0600',
  date_updated: 'Tue, 8 Oct 2013 04:51:49 -0600',
  account_sid: 'ACae6e420f425248d6a26948c17a9e2acf',
  to: '+0012',
  from: '007 & co',
  phone_number_sid: 'PNdd7a0a0248244615978bd5781598e5eb',
  status: 'completed',
  start_time: '2013-10-08T04:51:47.671-06:00',
  duration: 1,
  price_unit: 'USD',
  direction: 'inbound',
  api_version: '2012-04-24',
  caller_name: 'alice',
  uri: `/2012-04-24/Accounts/ACae6e420f425248d6a26948c17a9e2acf/Calls/${SID}`,
  ring_duration: 3,
});

const account = someAccount({ provider: 'RESTCOMM' });
const connect = createConnect(`AC${'a'.repeat(32)}`);
const callIn = (text: string, format: Format) => toCall(readCall(text, format), account, connect);

const CALL = {
  account,
  providerCallId: SID,
  from: '007 & co',
  to: '+0012',
  direction: 'INBOUND',
  providerDirection: 'inbound',
  status: 'COMPLETED',
  providerStatus: 'completed',
  createdAt: '2013-10-08T10:51:47.000Z',
  startedAt: null,
  answeredAt: '2013-10-08T10:51:47.671Z',
  endedAt: null,
  updatedAt: '2013-10-08T10:51:49.000Z',
  duration: 1,
  endReason: 'HANGUP',
  providerEndReason: null,
  error: null,
  price: null,
  callerName: 'alice',
  parentId: null,
  details: {
    provider: 'RESTCOMM',
    parentCallSid: null,
    phoneNumberSid: 'PNdd7a0a0248244615978bd5781598e5eb',
    answeredBy: null,
    forwardedFrom: null,
    apiVersion: '2012-04-24',
    instanceId: 'ID8555f97abe0441e0a07ca2da3a081871',
    ringDuration: 3,
    uri: `/2012-04-24/Accounts/ACae6e420f425248d6a26948c17a9e2acf/Calls/${SID}`,
  },
};

describe('readCall', () => {
  test('reads JSON, in which null is absent and there is no price', () => {
    expect(callIn(JSON_TEXT, 'json')).toEqual(CALL);
  });

  test('reads XML to the same, with its price; leading zeros and plus signs stay', () => {
    expect(callIn(XML, 'xml')).toEqual({ ...CALL, price: { amount: '0.00', currency: 'USD' } });
  });

  test.each([
    ['null', 'json'],
    ['', 'json'],
    ['[]', 'json'],
    ['{}', 'json'],
    ['{"sid":null}', 'json'],
    ['{"sid":""}', 'json'],
    ['"text"', 'json'],
    ['From can not be null.', 'json'],
    ['<null/>', 'xml'],
    ['<RestcommResponse/>', 'xml'],
    ['<RestcommResponse><Call/></RestcommResponse>', 'xml'],
    ['<RestcommResponse><Call><Sid/></Call></RestcommResponse>', 'xml'],
  ] as const)('finds no call in %s', (text, format) => {
    expect(() => readCall(text, format)).toThrow();
  });

  test('takes what is of the wrong type for missing', () => {
    const odd = {
      sid: SID,
      to: 5,
      from: null,
      status: {},
      duration: '7.5',
      ring_duration: -1,
      direction: [],
    };
    expect(callIn(JSON.stringify(odd), 'json')).toMatchObject({
      to: '',
      from: '',
      providerStatus: '',
      duration: null,
      providerDirection: null,
      details: { ringDuration: null },
    });
    expect(callIn(JSON.stringify({ ...odd, status: 'completed' }), 'json').duration).toBeNull();
  });
});

describe('readCall, of the answer to a create,', () => {
  test('takes the first of several legs in JSON', () => {
    expect(callIn(`[${JSON_TEXT},{"sid":"other"}]`, 'json')).toEqual(CALL);
  });

  test('takes a single call in XML under the name of the Java class', () => {
    const text = XML.replaceAll('RestcommResponse', 'org.restcomm.connect.dao.entities.CallDetailRecord');
    expect(readCall(text, 'xml').sid).toBe(SID);
  });

  test('takes the first of several legs in XML', () => {
    const text = XML.replace('<Call>', '<Calls page="0"><Call>').replace('</Call>', '</Call><Call/></Calls>');
    expect(readCall(text, 'xml').sid).toBe(SID);
  });

  test.each([
    ['null', 'json'],
    ['[]', 'json'],
    ['<null/>', 'xml'],
    ['<RestcommResponse><Calls/></RestcommResponse>', 'xml'],
  ] as const)('finds no call in %s', (text, format) => {
    expect(() => readCall(text, format)).toThrow();
  });
});

describe('readList', () => {
  const metadata = { page: 1, num_pages: 2, page_size: 3, total: 7, uri: '/2012-04-24/Calls' };

  test('reads JSON, whose total is the number of rows', () => {
    const list = readList(JSON.stringify({ ...metadata, calls: [JSON.parse(JSON_TEXT)] }), 'json');
    expect(list).toEqual({
      page: 1,
      pages: 2,
      pageSize: 3,
      total: 7,
      uri: '/2012-04-24/Calls',
      rows: [JSON.parse(JSON_TEXT)],
    });
  });

  test('does not take the total of XML, which is the number of pages', () => {
    const text = '<R><Calls page="1" numpages="2" pagesize="3" total="2" uri="/u"/></R>';
    expect(readList(text, 'xml')).toEqual({
      page: 1,
      pages: 2,
      pageSize: 3,
      total: null,
      uri: '/u',
      rows: [],
    });
  });

  test('takes the number of pages for that of rows in XML when there is a row a page', () => {
    const text = '<R><Calls page="0" numpages="7" pagesize="1" total="7" uri="/u"/></R>';
    expect(readList(text, 'xml').total).toBe(7);
  });

  test.each([
    ['{"calls":[{},null,3]}', 'json', [{}, null, 3]],
    ['<R><Calls><Call/><Sid>CA1</Sid></Calls></R>', 'xml', [{}, {}]],
  ] as const)('leaves it to others what the rows of %s are worth', (text, format, rows) => {
    expect(readList(text, format).rows).toEqual(rows);
  });

  test('has no metadata where there is none', () => {
    expect(readList('{"calls":[]}', 'json')).toEqual({
      page: null,
      pages: null,
      pageSize: null,
      total: null,
      uri: null,
      rows: [],
    });
  });

  test.each([
    ['null', 'json'],
    ['{}', 'json'],
    ['{"calls":{}}', 'json'],
    ['<R/>', 'xml'],
  ] as const)('refuses %s', (text, format) => {
    expect(() => readList(text, format)).toThrow();
  });
});

test('no text makes a reader do anything but read or throw an Error', () => {
  const texts = fc.oneof(
    fc.string(),
    fc.json(),
    fc.string().map((text) => `<R><Call><Sid>${text}</Sid></Call></R>`),
  );
  fc.assert(
    fc.property(texts, fc.constantFrom('json', 'xml'), (text, format) => {
      for (const read of [readCall, readList]) {
        try {
          expect(read(text, format)).toBeDefined();
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
        }
      }
    }),
  );
});
