import { BUSINESS, countLive, drawPeople, drawTalk } from '../../people.ts';
import { blankCall, type RestcommCall } from '../call.ts';
import { drawSid } from '../sid.ts';
import type { CarrierContext } from './carrier-context.ts';
import { endStep, sweepAfter, sweepStep } from './lifecycle.ts';

const DAY = 86_400_000;

/** Adds calls of the last seven days to the table. A few are in progress and cannot be read yet. */
export function seedCalls(context: CarrierContext, calls: number): void {
  const { random, table } = context;
  const now = context.clock.now();
  const people = drawPeople(random, 200);
  const live = countLive(calls);
  for (let index = 0; index < calls; index++) {
    const isLive = index < live;
    const person = random.pick(people);
    const inbound = random.percent(60);
    const far = random.percent(30) ? random.pick(['alice', 'bob', '1234', '2259', 'malice']) : person.number;
    const rings = random.between(500, 4_000);
    const lasts = rings + drawTalk(random);
    // The last sweep was up to a minute ago; calls that have ended since then are not listed either.
    const created =
      now - (isLive ? random.between(20_000, 300_000) : lasts + random.between(60_000, 7 * DAY - 1_800_000));
    const start = created + rings;
    const end = created + lasts;
    const call: RestcommCall = {
      ...blankCall(drawSid(random, 'RN'), created),
      date_updated: isLive ? start : end,
      parent_call_sid: drawSid(random, 'RN'),
      to: inbound ? random.pick(BUSINESS) : far,
      from: inbound ? far : random.pick(BUSINESS),
      status: isLive ? 'IN_PROGRESS' : random.percent(92) ? 'COMPLETED' : 'FAILED',
      start_time: start,
      end_time: isLive ? created : end,
      duration: isLive ? null : Math.floor((end - start) / 1000),
      price: '0',
      direction: inbound ? 'inbound' : 'outbound',
      caller_name: random.percent(50) ? person.name : 'Unknown',
      ring_duration: Math.floor(rings / 1000),
    };
    const over = now + random.between(60_000, 3_600_000);
    const visibleFrom = sweepAfter(context, over);
    const future = { visibleFrom, plan: [endStep(over, 'COMPLETED'), sweepStep(visibleFrom)] };
    table.insert(call, { createdAt: created, ...(isLive ? future : {}) });
  }
}
