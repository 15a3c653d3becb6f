import { describe, expect, it } from 'vitest';
import { type Answer, connect, members } from './emulated.ts';

const sids = (answer: Answer) => (members(answer).calls as { sid: string }[]).map((call) => call.sid);
const sid = (digit: string | number) => `CA${String(digit).repeat(32)}`;
const hour = (number: number) => Date.UTC(2026, 10, 18, number);

/** So many calls, an hour apart; the sid tells which. */
async function counted(calls: number, options = {}) {
  const emulated = await connect(options);
  for (let number = 1; number <= calls; number++) {
    emulated.carrier.add({ sid: sid(number), date_created: hour(number), start_time: hour(number) });
  }
  return emulated;
}

describe('Connect, list metadata', () => {
  it('in JSON: as documented by the code, page addresses without /restcomm and without filters', async () => {
    const { list, account } = await counted(7);
    const answer = await list({ Page: '1', PageSize: '3', From: '4321', SortBy: 'DateCreated:asc' });
    const base = `/2012-04-24${account}/Calls`;
    const { calls: _, ...metadata } = members(answer);
    expect(metadata).toEqual({
      page: 1,
      num_pages: 2,
      page_size: 3,
      total: 7,
      start: '3',
      end: '5',
      uri: base,
      first_page_uri: `${base}?Page=0&PageSize=3`,
      previous_page_uri: `${base}?Page=0&PageSize=3`,
      next_page_uri: `${base}?Page=2&PageSize=3&AfterSid=${sid(6)}`,
      last_page_uri: `${base}?Page=2&PageSize=3`,
    });
    expect(answer.text).toContain('?Page\\u003d0\\u0026PageSize\\u003d3"');
  });

  it('in XML: as attributes, total being the number of pages', async () => {
    const { list, account } = await counted(7);
    const { text } = await list({ Page: '1', PageSize: '3' }, '');
    const base = `/2012-04-24${account}/Calls`;
    expect(text).toContain(
      `<Calls page="1" numpages="2" pagesize="3" total="2" start="3" end="5" uri="${base}" ` +
        `firstpageuri="${base}?Page=0&amp;PageSize=3" previouspageuri="${base}?Page=0&amp;PageSize=3" ` +
        `nextpageuri="${base}?Page=2&amp;PageSize=3&amp;AfterSid=${sid(2)}" lastpageuri="${base}?Page=2&amp;PageSize=3">`,
    );
  });

  it('says no pages where everything fits on one, and the text null for no page', async () => {
    const { list } = await counted(2);
    expect(await list()).toMatchObject({
      data: {
        page: 0,
        num_pages: 0,
        page_size: 50,
        total: 2,
        start: '0',
        end: '2',
        previous_page_uri: 'null',
        next_page_uri: 'null',
      },
    });
  });

  it.each([
    [7, 3, 0, '0', '2'],
    [7, 3, 2, '6', '7'],
    [6, 3, 1, '3', '5'],
    [6, 3, 2, '6', '6'],
    [0, 50, 0, '0', '0'],
  ])(
    'of %i calls in pages of %i says for page %i start %s and end %s',
    async (calls, size, page, start, end) => {
      const { list } = await counted(calls);
      expect(await list({ Page: String(page), PageSize: String(size) })).toMatchObject({
        data: { start, end },
      });
    },
  );

  it('announces a last page that is empty where the size divides the total', async () => {
    const { list } = await counted(6);
    expect(members(await list({ Page: '1', PageSize: '3' })).next_page_uri).toMatch(/Page=2/);
    expect(await list({ Page: '2', PageSize: '3' })).toMatchObject({
      status: 200,
      data: { calls: [], next_page_uri: 'null' },
    });
  });

  it('writes an empty list as an empty array and an empty element', async () => {
    const { list } = await connect();
    expect((await list()).text).toContain('"calls": []');
    expect((await list({}, '')).text).toMatch(/<Calls [^>]*\/>\n<\/RestcommResponse>$/);
  });

  it('keeps a trailing slash in uri', async () => {
    const { send, account } = await connect();
    expect((await send(`${account}/Calls/`)).text).toContain(`uri="/2012-04-24${account}/Calls/"`);
  });
});

describe('Connect, list pages that are not there', () => {
  it.each([
    [{ Page: '3', PageSize: '3' }, 400],
    [{ Page: 'one' }, 500],
    [{ PageSize: '' }, 500],
    [{ PageSize: '1.5' }, 500],
    [{ PageSize: '99999999999' }, 500],
    [{ PageSize: '0' }, 500],
    [{ Page: '-1' }, 500],
    [{ PageSize: '-3' }, 400],
    [{ PageSize: '-30' }, 500],
    [{ Page: '0', PageSize: '100000' }, 200],
  ])('answers %o with %i', async (query, status) => {
    const { list } = await counted(7);
    const answer = await list(query);
    expect(answer.status).toBe(status);
    if (status === 400) expect(answer.text).toBe('');
    if (status === 500) expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
  });
});

describe('Connect, list order', () => {
  it('is newest first unless asked otherwise', async () => {
    const { list } = await counted(3);
    expect(sids(await list())).toEqual([sid(3), sid(2), sid(1)]);
    expect(sids(await list({ Reverse: 'true' }))).toEqual([sid(3), sid(2), sid(1)]);
    expect(sids(await list({ Reverse: 'false' }))).toEqual([sid(1), sid(2), sid(3)]);
    expect(sids(await list({ SortBy: 'DateCreated' }))).toEqual([sid(1), sid(2), sid(3)]);
    expect(sids(await list({ SortBy: 'DateCreated:desc', Reverse: 'false' }))).toEqual([
      sid(3),
      sid(2),
      sid(1),
    ]);
    expect(sids(await list({ SortBy: 'datecreated:asc' }))).toEqual([sid(3), sid(2), sid(1)]);
  });

  it('is oldest start first on old servers, which ignore SortBy and let Reverse flip it', async () => {
    const { list } = await counted(3, { sortBy: false });
    expect(sids(await list({ SortBy: 'nonsense:sideways' }))).toEqual([sid(1), sid(2), sid(3)]);
    expect(sids(await list({ Reverse: 'true' }))).toEqual([sid(3), sid(2), sid(1)]);
  });

  it.each([
    ['From:ASC', [1, 3, 2]],
    ['To:desc', [2, 1, 3]],
    ['Status:asc', [2, 1, 3]],
    ['Direction:asc', [3, 2, 1]],
    ['Price:desc', [3, 2, 1]],
    ['Duration:asc', [2, 1, 3]],
    ['Duration:desc', [2, 3, 1]],
  ])('by %s', async (SortBy, order) => {
    const { carrier, list } = await connect();
    const shared = { direction: 'inbound' };
    carrier.add({
      ...shared,
      sid: sid(1),
      date_created: hour(1),
      from: 'a',
      to: 'b',
      status: 'busy',
      duration: 1,
      price: '1.9',
    });
    carrier.add({
      ...shared,
      sid: sid(2),
      date_created: hour(2),
      from: 'c',
      to: 'c',
      status: 'BUSY',
      duration: null,
      price: '1.1',
    });
    carrier.add({
      ...shared,
      sid: sid(3),
      date_created: hour(3),
      from: 'b',
      to: 'a',
      status: 'failed',
      duration: 5,
      price: '10.0',
    });
    expect(sids(await list({ SortBy }))).toEqual(order.map(sid));
  });

  it('puts nulls last on MariaDB when it descends', async () => {
    const { carrier, list } = await connect({ database: 'mariadb' });
    for (const [number, duration] of [
      [1, 1],
      [2, null],
    ] as const)
      carrier.add({ sid: sid(number), duration });
    expect(sids(await list({ SortBy: 'Duration:asc' }))).toEqual([sid(2), sid(1)]);
    expect(sids(await list({ SortBy: 'Duration:desc' }))).toEqual([sid(1), sid(2)]);
  });

  it.each([
    [':asc', 'missing field to sort by'],
    ['DateCreated:up', 'sort direction needs to be either ASC or DESC'],
  ])('refuses SortBy %s in words, under either form', async (SortBy, words) => {
    const { list } = await connect();
    const message = `Error parsing the SortBy parameter: ${words}`;
    expect(await list({ SortBy })).toMatchObject({ status: 400, data: { message } });
    expect((await list({ SortBy }, '')).text).toContain(`<Message>${message}</Message>`);
  });

  it('among calls of the same instant has no meaning, and changes by the request where told so', async () => {
    const { carrier, list } = await connect({ unstableTies: true });
    for (let number = 0; number < 9; number++) carrier.add({ sid: sid(number), date_created: hour(1) });
    const orders = new Set();
    for (let look = 0; look < 5; look++) orders.add(sids(await list()).join());
    expect(orders.size).toBeGreaterThan(1);
  });
});

describe('Connect, list filters', () => {
  const calls = [
    {
      sid: sid(1),
      from: 'alice',
      to: '+19195552259',
      status: 'in-progress',
      start_time: '2013-08-22T23:59:59Z',
      end_time: null,
    },
    {
      sid: sid(2),
      from: 'malice',
      to: '2259',
      status: 'IN_PROGRESS',
      start_time: '2013-08-23T00:00:00Z',
      end_time: '2013-08-24T00:00:00Z',
    },
    {
      sid: sid(3),
      from: 'bob',
      to: '50%_off',
      status: 'completed',
      start_time: '2013-08-24T12:00:00Z',
      end_time: '2013-08-24T12:00:01Z',
      parent_call_sid: sid(1),
    },
  ];
  it.each([
    [{ From: 'alice' }, [1, 2]],
    [{ From: 'Alice' }, []],
    [{ From: 'm%e' }, [2]],
    [{ From: 'b_b' }, [3]],
    [{ From: '' }, [1, 2, 3]],
    [{ To: '2259' }, [1, 2]],
    [{ To: '+19195552259' }, [1]],
    [{ To: '%' }, [1, 2, 3]],
    [{ Status: 'completed' }, [3]],
    [{ Status: 'in_progress' }, [1]],
    [{ Status: 'IN_PROGRESS' }, [2]],
    [{ Status: 'progress' }, []],
    [{ Status: '' }, []],
    [{ ParentCallSid: sid(1) }, [3]],
    [{ ParentCallSid: '%' }, [3]],
    [{ StartTime: '2013-08-23' }, [2, 3]],
    [{ EndTime: '2013-08-23' }, [2]],
    [{ EndTime: '2013-08-24' }, [2, 3]],
    [{ From: 'alice', Status: 'in-progress' }, [1]],
    [{ from: 'bob', Direction: 'outbound', AfterSid: sid(2) }, [1, 2, 3]],
    [{ localOnly: 'false' }, []],
    [{ localOnly: 'true' }, [1, 2, 3]],
    [{ ConferenceSid: 'CF1' }, []],
  ])('%o finds %o', async (query, found) => {
    const { carrier, list } = await connect();
    for (const call of calls) carrier.add({ ...call, instance_id: 'ID'.padEnd(34, 'f') });
    expect(sids(await list({ ...query, SortBy: 'DateCreated:asc' })).sort()).toEqual(found.map(sid));
  });

  it('does not mind case on MariaDB, where in_progress finds both spellings', async () => {
    const { carrier, list } = await connect({ database: 'mariadb' });
    for (const call of calls) carrier.add(call);
    expect(sids(await list({ Status: 'in_progress' })).sort()).toEqual([sid(1), sid(2)]);
    expect(sids(await list({ To: '50\\%\\_OFF' }))).toEqual([sid(3)]);
  });

  it('means days in the server zone', async () => {
    const { carrier, list } = await connect({ zoneOffsetMinutes: -360 });
    carrier.add({ sid: sid(1), start_time: '2013-08-23T05:59:59Z' });
    carrier.add({ sid: sid(2), start_time: '2013-08-23T06:00:00Z' });
    expect(sids(await list({ StartTime: '2013-08-23' }))).toEqual([sid(2)]);
  });

  it.each(['2013-08-23 14:30:07.82', '2013-8-3', '2013-13-45', '23-08-2013'])(
    'takes the date %s',
    async (StartTime) => {
      const { list } = await connect();
      expect(await list({ StartTime })).toMatchObject({ status: 200 });
    },
  );

  it.each(['', 'yesterday', '2013-08', '2013/08/23', '>2013-08-23'])(
    'answers the date "%s" with an empty 400',
    async (date) => {
      const { list } = await connect();
      expect(await list({ StartTime: date })).toMatchObject({ status: 400, text: '' });
      expect(await list({ EndTime: date })).toMatchObject({ status: 400, text: '' });
    },
  );

  it('counts the first of a repeated parameter, and decodes what is still encoded on .json only', async () => {
    const { carrier, send, account } = await connect();
    carrier.add({ sid: sid(1), to: '50Ax' });
    carrier.add({ sid: sid(2), to: '50%41x' });
    const find = async (suffix: string, query: string) =>
      (await send(`${account}/Calls${suffix}?${query}`)).text;
    expect(await find('.json', 'To=50Ax&To=nobody')).toContain(sid(1));
    expect(await find('.json', 'To=50%2541x')).toContain(sid(1));
    expect(await find('', 'To=50%2541x')).not.toContain(sid(1));
    expect(await find('', 'To=50%2541x')).toContain(sid(2));
  });
});

describe('Connect, metadata of another request', () => {
  it('replaces its own where the fault is on', async () => {
    const { carrier, list } = await counted(3);
    carrier.faults.add({ do: { kind: 'junk-metadata' }, times: 1 });
    const junk = members(await list());
    expect(junk).toMatchObject({ page: 3, page_size: 7, total: 34 });
    expect(junk.uri).not.toContain(carrier.accountSid);
    expect(junk.calls).toHaveLength(3);
    expect(await list()).toMatchObject({ data: { page: 0, page_size: 50, total: 3 } });
  });

  it('is as the fault names it', async () => {
    const { carrier, list } = await counted(3);
    const named = { page: 0, pageSize: 50, total: 3, accountSid: `AC${'5'.repeat(32)}` };
    carrier.faults.add({ do: { kind: 'junk-metadata', ...named } });
    const junk = members(await list());
    expect(junk).toMatchObject({ page: 0, page_size: 50, total: 3 });
    expect(junk.uri).toContain(named.accountSid);
  });
});
