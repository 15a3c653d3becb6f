import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BandwidthAdapter } from '../../../src/adapters/bandwidth/adapter.ts';
import { positionOf } from '../../../src/calls/order.ts';
import type { Page, PageRequest } from '../../../src/calls/page.ts';
import { type BandwidthCarrier, createManualClock, startBandwidth } from '../../../src/sandbox/index.ts';
import { adapterOf, asked, operation, patient } from './support.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const now = Date.parse('2026-11-20T12:00:00.000Z');
const clock = createManualClock(now);

let carrier: BandwidthCarrier;
let adapter: BandwidthAdapter;

beforeAll(async () => {
  carrier = await startBandwidth({ clock });
});
// The carrier is emptied after each test, which an adapter would not expect: it remembers what it has read.
beforeEach(() => {
  adapter = adapterOf(carrier, { now: clock.now, changedLimits: patient });
});
afterEach(async () => {
  await adapter.close();
  carrier.journal.clear();
  carrier.faults.clear();
  carrier.clear();
});
afterAll(() => carrier.close());

const toTime = (milliseconds: number) => new Date(milliseconds).toISOString();

/** An outbound call that came to be so long ago; its id tells how long. */
function addCall(age: number, members: object = {}): string {
  const callId = `c-${String(age).padStart(12, '0')}`;
  return carrier.add({ callId, enqueuedTime: toTime(now - age), startTime: toTime(now - age), ...members })
    .callId;
}

function page(request: Partial<PageRequest> = {}): Promise<Page> {
  return adapter.page({ order: 'OLDEST_FIRST', filter: {}, size: 10, budget: 20, ...request }, operation());
}

const ids = ({ calls }: Page) => calls.map(({ providerCallId }) => providerCallId);
const queries = () => asked(carrier).map(({ query }) => query);

/** What resumes behind a page. */
function behind({ calls, hint, stopped }: Page): Partial<PageRequest> {
  const last = calls.at(-1);
  return { after: stopped ?? (last && positionOf(last)), hint };
}

/** The next list is answered with these rows and this Link. */
function answer(rows: object[] | string, link?: string): void {
  carrier.faults.add({
    times: 1,
    when: { path: /calls$/ },
    do: {
      kind: 'status',
      status: 200,
      headers: { 'Content-Type': 'application/json', ...(link === undefined ? {} : { Link: link }) },
      body: typeof rows === 'string' ? rows : JSON.stringify(rows),
    },
  });
}

const row = (age: number) => ({
  callId: `c-${age}`,
  enqueuedTime: toTime(now - age),
  startTime: toTime(now - age),
});

describe('the query', () => {
  it.each([
    ['to', '+19195551234', 'to=%2B19195551234'],
    ['to', '+1 (919) 555-1234', 'to=%2B19195551234'],
    ['from', '+1.919.555.1234', 'from=%2B19195551234'],
    ['to', 'sip:alice@example.com;a=b&c', 'to=sip%3Aalice%40example.com%3Ba%3Db%26c'],
  ])('narrows by %s %s as %s', async (name, value, text) => {
    for (const order of ['OLDEST_FIRST', 'NEWEST_FIRST'] as const) {
      carrier.journal.clear();
      await page({ order, filter: { [name]: value } });
      expect(asked(carrier).every(({ search }) => search.split(/[?&]/).includes(text))).toBe(true);
    }
  });

  it.each([
    ['HANGUP', 'hangup'],
    ['BUSY', 'busy'],
    ['NO_ANSWER', 'timeout'],
    ['CANCELED', 'cancel'],
    ['REJECTED', 'rejected'],
    ['PROVIDER_ERROR', 'error'],
    ['APPLICATION_ERROR', undefined],
    ['UNKNOWN', undefined],
  ] as const)('narrows by the cause of %s if that is one: %s', async (endReason, cause) => {
    for (const disconnectCause of [
      'hangup',
      'invalid-bxml',
      'error',
      'unknown',
      'busy',
      'timeout',
      'cancel',
      'rejected',
      'account-limit',
    ]) {
      carrier.add({ disconnectCause });
    }
    expect((await page({ filter: { endReason } })).calls).toHaveLength(1);
    expect(queries().map(({ disconnectCause }) => disconnectCause)).toEqual([cause]);
  });

  it('narrows by no cause where two have the meaning, as the limits of the account and of the platform do', async () => {
    carrier.add({ disconnectCause: 'account-limit' });
    carrier.add({ disconnectCause: 'node-capacity-exceeded' });
    carrier.add({ disconnectCause: 'error' });
    expect((await page({ filter: { endReason: 'LIMIT_EXCEEDED' } })).calls).toHaveLength(2);
    expect(queries().map(({ disconnectCause }) => disconnectCause)).toEqual([undefined]);
  });

  it('asks for no more than it knows', async () => {
    await page({
      filter: { statuses: ['COMPLETED'], direction: 'INBOUND', parentId: 'c-1', endReason: 'UNKNOWN' },
    });
    expect(queries().map((query) => Object.keys(query))).toEqual([['pageSize']]);
  });

  it('widens times to whole seconds, the only form that is documented', async () => {
    const after = { createdAt: '2026-11-20T10:00:07.250Z', providerCallId: 'c-1' };
    await page({ after });
    await page({ after, order: 'NEWEST_FIRST' });
    expect(queries()[0]).toMatchObject({ minStartTime: '2026-11-20T10:00:02Z' });
    expect(queries()[1]).toMatchObject({ maxStartTime: '2026-11-20T10:10:08Z' });
    expect(asked(carrier)[0]?.search).toContain('minStartTime=2026-11-20T10%3A00%3A02Z');
  });

  it.each([1, 20, 100, 500])(
    'has a pageSize of 1 to 10000 for a page of %i, a few times that',
    async (size) => {
      for (let age = 1; age < 100; age++) addCall(age * hour);
      for (const order of ['OLDEST_FIRST', 'NEWEST_FIRST'] as const) {
        carrier.journal.clear();
        await page({ size, order });
        expect(Number(queries()[0]?.pageSize)).toBeGreaterThan(size);
        expect(Number(queries()[0]?.pageSize)).toBeLessThanOrEqual(300 + 11 * size);
      }
    },
  );

  it('asks for no year that there is not', async () => {
    for (const order of ['NEWEST_FIRST', 'OLDEST_FIRST'] as const) {
      expect((await page({ order, filter: { createdAfter: '0000-01-01T00:00:00.000Z' } })).more).toBe(false);
    }
  });

  it('narrows by createdAfter with room for clocks that differ', async () => {
    await page({ filter: { createdAfter: '2026-11-20T10:00:07.250Z' } });
    expect(queries()).toEqual([{ pageSize: '35', minStartTime: '2026-11-20T10:00:02Z' }]);
  });

  it.each(['OLDEST_FIRST', 'NEWEST_FIRST'] as const)(
    'narrows by createdBefore with the longest wait in the queue added, as far as there are bounds: %s',
    async (order) => {
      const createdBefore = '2026-11-20T10:00:07.250Z';
      await page({ order, filter: { createdBefore, createdAfter: '2026-11-20T09:00:00.000Z' } });
      expect(queries().length).toBeGreaterThan(0);
      expect(queries()[0]).toMatchObject({ maxStartTime: '2026-11-20T10:10:08Z' });
      if (order === 'OLDEST_FIRST')
        expect(queries()[0]).toMatchObject({ minStartTime: '2026-11-20T08:59:55Z' });
      carrier.journal.clear();
      const createdAt = order === 'OLDEST_FIRST' ? '2026-11-20T09:30:00.000Z' : '2026-11-20T09:45:00.000Z';
      await page({ order, filter: { createdBefore }, after: { createdAt, providerCallId: 'c-1' } });
      expect(queries()[0]).toMatchObject(
        order === 'OLDEST_FIRST'
          ? { minStartTime: '2026-11-20T09:29:55Z', maxStartTime: '2026-11-20T10:10:08Z' }
          : { maxStartTime: '2026-11-20T09:55:00Z' },
      );
    },
  );

  it.each([
    ['OLDEST_FIRST', { createdBefore: '2026-11-20T10:00:00.000Z' }, '2026-11-20T10:00:00.001Z'],
    ['NEWEST_FIRST', { createdAfter: '2026-11-20T10:00:00.000Z' }, '2026-11-20T09:59:59.999Z'],
  ] as const)('is spared for a place beyond the bound, %s', async (order, filter, createdAt) => {
    addCall(1);
    const after = { createdAt, providerCallId: 'c-1' };
    expect(await page({ order, filter, after })).toEqual({ calls: [], more: false });
    expect(asked(carrier)).toHaveLength(0);
  });

  it.each([
    ['a status that Bandwidth does not have', { statuses: ['RINGING'] }],
    ['no status at all', { statuses: [] }],
    ['a reason that Bandwidth does not have', { endReason: 'NOT_FOUND' }],
    [
      'a time after its end',
      { createdAfter: '2026-11-20T10:00:00.001Z', createdBefore: '2026-11-20T10:00:00.000Z' },
    ],
  ] as [string, PageRequest['filter']][])('is spared for %s', async (_, filter) => {
    addCall(1);
    expect(await page({ filter })).toEqual({ calls: [], more: false });
    expect(asked(carrier)).toHaveLength(0);
  });
});

describe.each(['OLDEST_FIRST', 'NEWEST_FIRST'] as const)('a list, %s', (order) => {
  const inOrder = (ages: number[]) =>
    ages
      .sort((a, b) => (order === 'OLDEST_FIRST' ? b - a : a - b))
      .map((age) => `c-${String(age).padStart(12, '0')}`);

  it('without a match is empty: 200 []', async () => {
    addCall(minute);
    expect(await page({ order, filter: { to: '+10000000000' } })).toMatchObject({ calls: [], more: false });
  });

  it('is the whole of it when it is short', async () => {
    for (const age of [0, minute, hour, day, 6 * day]) addCall(age);
    const all = await page({ order });
    expect(ids(all)).toEqual(inOrder([0, minute, hour, day, 6 * day]));
    expect(all.more).toBe(false);
  });

  it('tells that there is more only when there is', async () => {
    for (const age of [minute, hour, day]) addCall(age);
    expect((await page({ order, size: 2 })).more).toBe(true);
    expect((await page({ order, size: 3 })).more).toBe(false);
    expect((await page({ order, size: 2, filter: { createdAfter: toTime(now - hour) } })).more).toBe(false);
  });

  it('orders calls of one instant by their ids, whatever order they come in', async () => {
    for (const callId of ['c-b', 'c-d', 'c-a', 'c-c']) addCall(hour, { callId });
    const first = await page({ order, size: 2 });
    const rest = await page({ order, size: 2, ...behind(first) });
    const sorted = ['c-a', 'c-b', 'c-c', 'c-d'];
    expect([...ids(first), ...ids(rest)]).toEqual(order === 'OLDEST_FIRST' ? sorted : sorted.reverse());
    expect(rest.more).toBe(false);
  });

  it('goes on behind a call that is gone, and shows what came in between', async () => {
    for (const age of [1, 2, 3, 4, 5, 6]) addCall(age * hour);
    const first = await page({ order, size: 2 });
    carrier.remove(first.calls[1]?.providerCallId ?? '');
    addCall(3.5 * hour);
    // As another replica would, or this one after some seconds.
    adapter = adapterOf(carrier, { now: clock.now, changedLimits: patient });
    const rest = await page({ order, ...behind(first) });
    expect(ids(rest)).toEqual(
      inOrder([3, 3.5, 4, ...(order === 'OLDEST_FIRST' ? [1, 2] : [5, 6])].map((age) => age * hour)),
    );
  });

  it('shows a call that ended within seven days although it began before', async () => {
    addCall(9 * day, { endTime: toTime(now - day) });
    addCall(minute);
    expect(ids(await page({ order }))).toEqual(inOrder([9 * day, minute]));
  });

  it('tells of a call by a time that it can read', async () => {
    carrier.add({ callId: 'c-1', direction: 'inbound', startTime: '2026-11-20T11:59:00+00:00' });
    expect((await page({ order })).calls[0]).toMatchObject({ createdAt: '2026-11-20T11:59:00.000Z' });
  });

  it.each([
    ['an object', '{"calls":[]}'],
    ['null', 'null'],
    ['HTML', '<html>'],
  ])('that is %s is PROVIDER_MISBEHAVED', async (_, body) => {
    answer(body);
    answer(body);
    await expect(page({ order })).rejects.toMatchObject({ code: 'PROVIDER_MISBEHAVED' });
  });
});

describe('a call that waits to be dialled', () => {
  it('for ten minutes is in its place by when it was created, on whichever page that is', async () => {
    for (let age = 1; age <= 40; age++) addCall(age * minute);
    addCall(30 * minute + 1, { startTime: toTime(now - 20 * minute - 1) });
    const found: string[] = [];
    let one: Page | undefined;
    do {
      one = await page({ order: 'NEWEST_FIRST', size: 7, ...(one && behind(one)) });
      found.push(...ids(one));
    } while (one.more);
    expect(found).toEqual([...found].sort());
    expect(found).toHaveLength(41);
  });
});

describe('the Link header', () => {
  const request = { size: 500, filter: { to: '+19195551234' } };
  const path = () => `${carrier.baseUrl}/accounts/${carrier.accountId}/calls`;

  it.each([
    ['absolute, with pageToken', () => `<${path()}?pageSize=5150&pageToken=abc>; rel="next"`],
    ['in the words of the older draft', () => `<${path()}?pageSize=100&cursor=abc>; rel="next"`],
    [
      'on the public host',
      () => '<https://voice.bandwidth.com/api/v2/accounts/1/calls?pageToken=abc>; rel="next"',
    ],
    ['on a host of somebody else', () => '<https://attacker.example/?pageToken=abc>; rel="next"'],
    ['with the filters left out', () => `<${path()}?pageToken=abc>; rel="next"`],
    ['with other filters', () => `<${path()}?to=%2B1&pageSize=7&minStartTime=x&pageToken=abc>; rel="next"`],
    ['relative', () => '<?pageToken=abc>; rel="next"'],
    ['without quotes, in capitals', () => `<${path()}?pageToken=abc>;REL=NEXT`],
    [
      'after other relations',
      () => `<${path()}?pageToken=z>; rel="prev", <${path()}?pageToken=abc>; rel="next"`,
    ],
    ['with a fragment', () => `<${path()}?pageToken=abc#x>; rel="next"`],
    ['with both names', () => `<${path()}?cursor=z&pageToken=abc>; rel="next"`],
  ])('%s, leads to our own address with the token and our own filters', async (_, link) => {
    answer([row(hour)], link());
    answer([row(minute)]);
    await page(request);
    expect(asked(carrier)).toHaveLength(2);
    expect(asked(carrier)[1]).toMatchObject({
      path: `/api/v2/accounts/${carrier.accountId}/calls`,
      search: '?pageSize=525&pageToken=abc&to=%2B19195551234',
    });
  });

  it('keeps the token as it was sent, encoding and all', async () => {
    answer([row(hour)], `<${path()}?pageToken=YWJj%2BZA%3D%3D+/~.x>; rel="next"`);
    await page(request).catch(() => undefined);
    expect(asked(carrier)[1]?.search).toContain('&pageToken=YWJj%2BZA%3D%3D+/~.x&');
  });

  it.each([
    ['of another relation', '<?pageToken=abc>; rel="last"'],
    ['that cannot be read', '?pageToken=abc; rel="next"'],
  ])('%s ends the list', async (_, link) => {
    answer([row(hour)], link);
    expect(await page(request)).toMatchObject({ more: false });
    expect(asked(carrier)).toHaveLength(1);
  });

  it.each([
    ['without a token', '<?pageSize=100>; rel="next"'],
    ['with an empty token', '<?pageToken=>; rel="next"'],
    ['with a parameter of a longer name', '<?pageTokens=abc>; rel="next"'],
    ['with a token that would reach beyond itself', '<?pageToken=a b>; rel="next"'],
    ['with a token that is too long', `<?pageToken=${'a'.repeat(4097)}>; rel="next"`],
    ['without a query', '<https://voice.bandwidth.com/>; rel="next"'],
  ])('%s is PROVIDER_MISBEHAVED, not the end', async (_, link) => {
    answer([row(hour)], link);
    answer([row(hour)], link);
    await expect(page(request)).rejects.toMatchObject({ code: 'PROVIDER_MISBEHAVED' });
  });

  it('that leads to where it came from is PROVIDER_MISBEHAVED, not a round without end', async () => {
    for (let times = 0; times < 3; times += 1) answer([row(hour)], '<?pageToken=abc>; rel="next"');
    await expect(page(request)).rejects.toMatchObject({ code: 'PROVIDER_MISBEHAVED' });
    expect(asked(carrier)).toHaveLength(3);
  });

  it('on the last page leads to an empty one, and there is no more', async () => {
    answer([row(hour), row(minute)], '<?pageToken=abc>; rel="next"');
    answer([]);
    expect(await page({ size: 2 })).toMatchObject({ more: false, calls: [{}, {}] });
  });

  it('may lead through an empty page', async () => {
    answer([], '<?pageToken=abc>; rel="next"');
    answer([row(minute)]);
    expect(ids(await page({ size: 2 }))).toEqual(['c-60000']);
  });
});

describe('a hint', () => {
  const addMany = (count: number) => {
    for (let index = 1; index <= count; index++) addCall(index * minute);
  };

  it.each(['OLDEST_FIRST', 'NEWEST_FIRST'] as const)('saves requests, %s', async (order) => {
    addMany(3_000);
    let one = await page({ order, size: 20 });
    carrier.journal.clear();
    for (let count = 0; count < 10; count++) one = await page({ order, size: 20, ...behind(one) });
    expect(asked(carrier).length).toBeLessThanOrEqual(11);
  });

  it.each([
    ['absent', undefined],
    ['of the other order', 'n 10 10 1 1'],
    ['no hint', 'x'],
    ['of no row for each match', 'n 0.001 1000 1e13'],
    ['of too many rows for each match', 'n 9999999 0.001 0.001'],
    ['of a time that has not come', `w0,,${now + day};n 6 6 10000`],
  ])('that is %s costs at most one more request, OLDEST_FIRST', async (_, hint) => {
    addMany(1_000);
    const first = await page({ size: 500 });
    carrier.journal.clear();
    const next = await page({ size: 5, after: behind(first).after, hint });
    expect(ids(next)[0]).toBe(`c-${String(500 * minute).padStart(12, '0')}`);
    expect(asked(carrier).length).toBeLessThanOrEqual(2);
  });

  it('is good where the call that the page resumes behind is gone', async () => {
    addMany(1_000);
    const first = await page({ size: 500 });
    for (let index = 501; index <= 1_000; index++)
      carrier.remove(`c-${String(index * minute).padStart(12, '0')}`);
    expect(ids(await page({ size: 1, ...behind(first) }))).toEqual([
      `c-${String(500 * minute).padStart(12, '0')}`,
    ]);
  });

  it('tells how many rows to ask for, and nothing else', async () => {
    addMany(3);
    expect((await page({ hint: 'n 100 50 10000' })).calls).toHaveLength(3);
    expect(asked(carrier).map((request) => request.search)).toEqual(['?pageSize=90']);
  });

  it('hides no refusal for want of rights', async () => {
    addMany(10);
    const first = await page({ size: 5 });
    carrier.faults.add({ do: { kind: 'status', status: 403 } });
    await expect(page({ ...behind(first) })).rejects.toMatchObject({ code: 'PROVIDER_FORBIDDEN' });
  });

  it.each([
    'n 9999999 9999999 0.00001 0.00001',
    'n 0.00001 0.00001 9999999 9999999',
    'n 0 0 0 0',
    'n NaN 1 1 1',
    'n 1 1 1',
    'w0,,6;n 1 1 1',
  ])('that is wrong loses nothing, NEWEST_FIRST: %s', async (hint) => {
    addMany(1_000);
    const first = await page({ order: 'NEWEST_FIRST', size: 100 });
    const next = await page({ order: 'NEWEST_FIRST', size: 100, after: behind(first).after, hint });
    expect(ids(next)).toEqual(
      Array.from({ length: 100 }, (_, index) => `c-${String((101 + index) * minute).padStart(12, '0')}`),
    );
  });
});

describe('a position', () => {
  it.each([
    ['OLDEST_FIRST', 3],
    ['NEWEST_FIRST', 0],
  ] as const)('without a time stands before all that have one: %s shows %i', async (order, count) => {
    for (const age of [1, 2, 3]) addCall(age * hour);
    const after = { createdAt: null, providerCallId: 'c-1' };
    expect((await page({ order, after })).calls).toHaveLength(count);
  });

  it.each([
    ['OLDEST_FIRST', 0],
    ['NEWEST_FIRST', 3],
  ] as const)('in the far future stands behind all: %s shows %i', async (order, count) => {
    for (const age of [1, 2, 3]) addCall(age * hour);
    const after = { createdAt: '9999-12-31T23:59:59.999Z', providerCallId: '' };
    expect((await page({ order, after })).calls).toHaveLength(count);
  });

  it.each([
    ['OLDEST_FIRST', 3],
    ['NEWEST_FIRST', 0],
  ] as const)('in the far past stands before all: %s shows %i', async (order, count) => {
    for (const age of [1, 2, 3]) addCall(age * hour);
    const after = { createdAt: '0001-01-01T00:00:00.000Z', providerCallId: '' };
    expect((await page({ order, after })).calls).toHaveLength(count);
  });
});

describe('the budget', () => {
  it.each(['OLDEST_FIRST', 'NEWEST_FIRST'] as const)(
    'stops the search, which goes on from there: %s',
    async (order) => {
      for (let index = 1; index <= 2_700; index++)
        addCall(index * 2 * minute, { direction: index % 900 ? 'inbound' : 'outbound' });
      const found: string[] = [];
      let one: Page | undefined;
      let stops = 0;
      do {
        carrier.journal.clear();
        one = await page({
          order,
          filter: { direction: 'OUTBOUND' },
          size: 2,
          budget: 1,
          ...(one && behind(one)),
        });
        expect(asked(carrier).length).toBeLessThanOrEqual(1);
        found.push(...ids(one));
        stops += one.stopped === undefined ? 0 : 1;
      } while (one.more);
      expect(found).toHaveLength(3);
      expect(stops).toBeGreaterThanOrEqual(order === 'NEWEST_FIRST' ? 1 : 0);
    },
  );

  it('stops a search from the oldest on in the middle of the list, too', async () => {
    for (let index = 1; index <= 5_000; index++) addCall(index * minute);
    const rare = addCall(100 * minute + 1, { direction: 'inbound' });
    const found: string[] = [];
    let one: Page | undefined;
    let count = 0;
    do {
      one = await page({ filter: { direction: 'INBOUND' }, budget: 1, ...(one && behind(one)) });
      found.push(...ids(one));
      count += 1;
    } while (one.more);
    expect(found).toEqual([rare]);
    expect(count).toBeLessThanOrEqual(6);
  });

  it('that is spent before anything is known leaves us where we were', async () => {
    for (let index = 1; index <= 800; index++) addCall(index * second);
    const stopped = await page({ order: 'NEWEST_FIRST', size: 2, budget: 1 });
    expect(stopped).toMatchObject({
      calls: [],
      more: true,
      stopped: { createdAt: '9999-12-31T23:59:59.999Z' },
    });
    expect(ids(await page({ order: 'NEWEST_FIRST', size: 2, budget: 1, ...behind(stopped) }))).toEqual([
      'c-000000001000',
      'c-000000002000',
    ]);
  });

  it.each([
    ['that nobody had to wait in', 0],
    ['that had to wait for long', 9 * minute],
  ])('of two gets through a cluster of one second %s, from the oldest on', async (_, wait) => {
    for (let index = 0; index < 2_000; index++) {
      addCall(day + (index % 900), {
        callId: `c-${index}`,
        startTime: toTime(now - day - (index % 900) + wait),
      });
    }
    const found = new Set<string>();
    let one: Page | undefined;
    for (let count = 0; one === undefined || one.more; count++) {
      expect(count).toBeLessThan(40);
      one = await page({ size: 90, budget: 2, ...(one && behind(one)) });
      for (const id of ids(one)) found.add(id);
    }
    expect(found.size).toBe(2_000);
  });

  it.each([1, 2])('of %i gets to a cluster that is only seconds away', async (budget) => {
    for (let index = 0; index < 1_100; index++) addCall(day + (index % 500), { callId: `c-${index}` });
    for (const seconds of [1, 5, 6, 7, 9, 10, 12]) {
      const filter = { createdAfter: toTime(now - day - second) };
      const after = { createdAt: toTime(now - day + seconds * second), providerCallId: '' };
      const found = new Set<string>();
      // After a silence, as much of it is looked at in one go as the filter allows.
      const hint = 'n 0.1 0.1 0.001 1';
      let one = await page({ order: 'NEWEST_FIRST', size: 60, filter, budget, after, hint });
      for (let count = 0; one.more; count++) {
        expect(count).toBeLessThan(40);
        for (const id of ids(one)) found.add(id);
        one = await page({ order: 'NEWEST_FIRST', size: 60, filter, budget, ...behind(one) });
      }
      for (const id of ids(one)) found.add(id);
      expect(found.size).toBe(1_100);
    }
  });

  it('of one gets through a cluster ahead of our clock', async () => {
    for (let index = 0; index < 1_500; index++)
      addCall(index % 400, { callId: `c-${index}`, enqueuedTime: toTime(now + (index % 400)) });
    const found = new Set<string>();
    let one: Page | undefined;
    for (let count = 0; one === undefined || one.more; count++) {
      expect(count).toBeLessThan(60);
      one = await page({ order: 'NEWEST_FIRST', size: 50, budget: 1, ...(one && behind(one)) });
      for (const id of ids(one)) found.add(id);
    }
    expect(found.size).toBe(1_500);
  });

  it('that is spent on a list without any time leaves us where we were', async () => {
    answer([{ callId: 'c-1' }], '<?pageToken=abc>; rel="next"');
    expect(await page({ budget: 1 })).toMatchObject({
      calls: [],
      more: true,
      stopped: { createdAt: null, providerCallId: '' },
    });
  });
});

describe('the next page of a walk', () => {
  it('costs no request where its rows have been read, for ten seconds, and is read anew when requested again', async () => {
    for (let age = 1; age <= 30; age++) addCall(age * hour);
    const first = await page({ size: 5 });
    carrier.journal.clear();
    const next = await page({ size: 5, ...behind(first) });
    expect(asked(carrier)).toHaveLength(0);
    expect(await page({ size: 5, ...behind(first) })).toMatchObject({ calls: next.calls });
    expect(asked(carrier)).toHaveLength(1);
  });

  it('shows a call as it is after it was changed through this API', async () => {
    for (let age = 1; age <= 4; age++) addCall(age * minute, { state: 'answered', endTime: null });
    const first = await page({ size: 2 });
    const id = `c-${String(minute).padStart(12, '0')}`;
    await adapter.end(id, 'HANG_UP', operation());
    const next = await page({ size: 2, ...behind(first) });
    expect(next.calls.find(({ providerCallId }) => providerCallId === id)?.status).toBe('COMPLETED');
  });
});

describe('a gap in the traffic', () => {
  it.each([
    ['an hour', hour, 3],
    ['a night', 14 * hour, 5],
    ['a weekend', 60 * hour, 6],
    ['most of what is kept', 6 * day, 8],
  ])('of %s (%i ms) costs a first page %i requests at most', async (_, gap, most) => {
    for (let index = 0; index < 8_000; index++) addCall(gap + index * 15 * second);
    const first = await page({ order: 'NEWEST_FIRST', size: 20 });
    expect(ids(first)[0]).toBe(`c-${String(gap).padStart(12, '0')}`);
    expect(first.calls).toHaveLength(20);
    expect(asked(carrier).length).toBeLessThanOrEqual(most);
    carrier.journal.clear();
    const next = await page({ order: 'NEWEST_FIRST', size: 20, ...behind(first) });
    expect(next.calls).toHaveLength(20);
    expect(asked(carrier).length).toBeLessThanOrEqual(2);
  });

  it('before a cluster of one second is crossed', async () => {
    for (let index = 0; index < 3_000; index++) addCall(30 * hour + (index % 900), { callId: `c-${index}` });
    const found = new Set<string>();
    let one: Page | undefined;
    do {
      one = await page({ order: 'NEWEST_FIRST', size: 100, ...(one && behind(one)) });
      for (const id of ids(one)) found.add(id);
    } while (one.more);
    expect(found.size).toBe(3_000);
  });
});

describe('a server that ignores the time bounds', () => {
  let deaf: BandwidthCarrier;
  let reader: BandwidthAdapter;

  beforeAll(async () => {
    deaf = await startBandwidth({ clock, honoursWindow: false });
    reader = adapterOf(deaf, { now: clock.now, changedLimits: patient });
    for (let index = 0; index < 500; index++)
      deaf.add({ enqueuedTime: toTime(now - (500 - index) * minute) });
  });
  afterAll(async () => {
    await reader.close();
    await deaf.close();
  });

  const read = (request: Partial<PageRequest>) =>
    reader.page({ order: 'NEWEST_FIRST', filter: {}, size: 5, budget: 10, ...request }, operation());

  it.each([
    ['for the newest calls', {}],
    ['behind a position', { after: { createdAt: toTime(now - 400 * minute), providerCallId: '' } }],
    ['from a time on', { order: 'OLDEST_FIRST', filter: { createdAfter: toTime(now - 100 * minute) } }],
  ] as const)('is PROVIDER_MISBEHAVED where they are needed: %s', async (_, request) => {
    await expect(read(request)).rejects.toMatchObject({
      code: 'PROVIDER_MISBEHAVED',
      message: 'Bandwidth, main ignores the time bounds of its list.',
    });
  });

  it('is read where it has no more than its first rows', async () => {
    expect((await read({ size: 500 })).calls).toHaveLength(500);
    expect((await read({ order: 'OLDEST_FIRST' })).calls).toHaveLength(5);
  });
});
