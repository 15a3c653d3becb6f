import { describe, expect, it } from 'vitest';
import { startBandwidth } from '../../src/sandbox/index.ts';
import { processorTimeOf } from '../support/processor-time.ts';
import { bandwidth, connect, members, rows } from './emulated.ts';

/** Bounds are several times what it takes: they catch a quadratic list. */
describe('with many calls', () => {
  it('an empty carrier starts in a few milliseconds', async () => {
    await (await startBandwidth()).close();
    const taken = await processorTimeOf(async () => {
      for (let start = 0; start < 20; start++) await (await startBandwidth()).close();
    });
    expect(taken / 20).toBeLessThan(50);
  });

  it('Bandwidth inserts 100 000 in any order and pages through them', async () => {
    const { carrier, list } = await bandwidth();
    const base = Date.UTC(2026, 10, 15);
    const inserted = await processorTimeOf(async () => {
      for (let call = 0; call < 100_000; call++) {
        const enqueuedTime = new Date(base + ((call * 7_919) % 100_000) * 1_000).toISOString();
        carrier.add({ enqueuedTime, callId: `c-${call}` });
      }
    });
    let found = 0;
    let pageToken: string | undefined;
    const walked = await processorTimeOf(async () => {
      do {
        const answer = await list({ pageSize: '1000', ...(pageToken === undefined ? {} : { pageToken }) });
        found += rows(answer).length;
        pageToken = /pageToken=([^>&]+)/.exec(answer.headers.get('link') ?? '')?.[1];
      } while (pageToken !== undefined);
    });
    expect(found).toBe(100_000);
    expect(inserted).toBeLessThan(8_000);
    expect(walked).toBeLessThan(15_000);
  });

  it('Connect inserts 100 000 in any order and pages through a filter of them', async () => {
    const { carrier, list } = await connect();
    for (let call = 0; call < 100_000; call++) {
      carrier.add({
        date_created: ((call * 7_919) % 100_000) * 1_000,
        from: call % 5 === 0 ? 'alice' : 'bob',
      });
    }
    let found = 0;
    const walked = await processorTimeOf(async () => {
      for (let Page = 0; Page < 20; Page++) {
        found += (members(await list({ From: 'alice', PageSize: '1000', Page: String(Page) })).calls as [])
          .length;
      }
    });
    expect(found).toBe(20_000);
    expect(walked).toBeLessThan(10_000);
  });
});
