import { BUSINESS, countLive, drawPeople, drawTalk } from '../../people.ts';
import { blankCall, type RestcommCall } from '../call.ts';
import { drawSid } from '../sid.ts';
import { endStep, sweepAfter, sweepStep } from './life.ts';
import type { Setting } from './setting.ts';

const DAY = 86_400_000;

/** Puts so many calls of the last seven days into the roster; a few still go on and cannot be read yet. */
export function seedCalls(setting: Setting, calls: number): void {
  const { random, roster } = setting;
  const now = setting.clock.now();
  const people = drawPeople(random, 200);
  const live = countLive(calls);
  for (let index = 0; index < calls; index++) {
    const isLive = index < live;
    const person = random.pick(people);
    const inbound = random.percent(60);
    const far = random.percent(30) ? random.pick(['alice', 'bob', '1234', '2259', 'malice']) : person.number;
    const rings = random.between(500, 4_000);
    const lasts = rings + drawTalk(random);
    // The last sweep lies up to a minute back: calls that ended since are not written either.
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
    const visibleFrom = sweepAfter(setting, over);
    const future = { visibleFrom, plan: [endStep(over, 'COMPLETED'), sweepStep(visibleFrom)] };
    roster.insert(call, { createdAt: created, ...(isLive ? future : {}) });
  }
}
