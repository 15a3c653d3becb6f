import { BUSINESS, countLive, drawPeople, drawTalk, type Person, pickWeighted } from '../../people.ts';
import { blankCall, type RestcommCall } from '../call.ts';
import { drawSid } from '../sid.ts';
import { hangupAt } from './life.ts';
import { drawCallSid, type Setting, toStored } from './setting.ts';

const DAY = 86_400_000;

/** Who writes a record spells its status, and leaves out what it leaves out. Source: Restcomm-Connect Call.java etc. */
interface Story {
  readonly direction: string;
  readonly status: string;
  readonly answered: boolean;
  /** BUSY and FAILED of an outbound leg never get an end_time. */
  readonly ends: boolean;
}

const story = (direction: string, status: string, answered: boolean, ends = true): Story => {
  return { direction, status, answered, ends };
};

/** Share in a thousand. */
const STORIES: readonly (readonly [number, Story])[] = [
  [360, story('inbound', 'completed', true)],
  [30, story('inbound', 'busy', false)],
  [40, story('inbound', 'no-answer', false)],
  [15, story('inbound', 'failed', false)],
  [30, story('inbound', 'canceled', false)],
  [310, story('outbound-api', 'completed', true)],
  [45, story('outbound-api', 'canceled', false)],
  [45, story('outbound-api', 'BUSY', false, false)],
  [30, story('outbound-api', 'FAILED', false, false)],
  [5, story('outbound-api', 'NO_ANSWER', false)],
  [15, story('outbound-api', 'CANCELED', false)],
  [60, story('Client-To-Client', 'COMPLETED', true)],
  [15, story('Client-To-Client', 'CANCELED', false)],
];

const LIVE_INBOUND = story('inbound', 'in-progress', true, false);
const LIVE_OUTBOUND = story('outbound-api', 'in-progress', true, false);

/** Puts so many calls of the last seven days into the roster; a few of them still going on. */
export function seedCalls(setting: Setting, calls: number): void {
  const { random, roster, clock } = setting;
  const people = drawPeople(random, 200);
  const live = countLive(calls);
  const insert = (call: RestcommCall) => roster.insert(call, { createdAt: call.date_created });
  let left = calls - live;
  while (left > 0) {
    const parent = draw(
      setting,
      random.pick(people),
      pickWeighted(random, STORIES),
      random.between(1_000, 7 * DAY),
    );
    insert(parent);
    left -= 1;
    const dials = parent.direction === 'inbound' && parent.status === 'completed' && random.percent(25);
    if (dials && left > 0) {
      insert(drawLeg(setting, parent, random.pick(people)));
      left -= 1;
    }
  }
  for (let index = 0; index < live; index++) {
    const tale = index % 3 === 0 ? LIVE_INBOUND : LIVE_OUTBOUND;
    const call = draw(setting, random.pick(people), tale, random.between(20_000, 300_000));
    const ends = clock.now() + random.between(300_000, 8 * 3_600_000);
    roster.insert(call, { createdAt: call.date_created, plan: [hangupAt(setting, ends)] });
  }
}

/** A call that is over, or under way, since so many milliseconds ago. */
function draw(setting: Setting, person: Person, told: Story, age: number): RestcommCall {
  const { random, database } = setting;
  const now = setting.clock.now();
  const stored = (instant: number) => toStored(Math.min(instant, now), database);
  const rings = random.between(1_500, 20_000);
  const isLive = told.status === 'in-progress';
  const talks = told.answered ? drawTalk(random) : 0;
  const created = isLive ? now - age : now - Math.max(age, rings + talks + 1_000);
  const picked = told.answered ? stored(created + rings) : stored(created);
  const ended = told.ends ? stored(created + rings + talks) : null;
  const business = random.pick(BUSINESS);
  const between = toEnds(setting, person, business, told.direction);
  const plain = setting.plainSids || random.percent(15);
  return {
    ...blankCall(plain ? drawSid(random, 'CA') : drawCallSid(setting), stored(created)),
    ...between,
    instance_id: setting.instanceId,
    date_updated: ended ?? picked,
    account_sid: setting.accounts[0]?.sid ?? null,
    phone_number_sid: told.direction === 'inbound' ? `PN${business.slice(1).padStart(32, '0')}` : null,
    status: told.status,
    start_time: picked,
    end_time: ended,
    duration: ended === null ? (told.status === 'BUSY' ? 0 : null) : Math.floor((ended - picked) / 1000),
    price: '0.00',
    direction: told.direction,
    answered_by: told.answered && told.direction === 'outbound-api' ? between.to : null,
    forwarded_from: told.direction === 'inbound' && random.percent(5) ? random.pick(BUSINESS) : null,
    ring_duration: told.answered || told.status === 'BUSY' ? Math.floor(rings / 1000) : null,
    call_path: told.direction === 'Client-To-Client' ? null : '/sandbox/call',
  };
}

/** From, To and the caller's name, by direction. */
function toEnds(setting: Setting, person: Person, business: string, direction: string) {
  const { random } = setting;
  const client = () => random.pick(['alice', 'bob', 'carol', 'dave', 'malice']);
  if (direction === 'Client-To-Client') {
    const from = client();
    return { from, to: random.percent(20) ? `sip:${client()}@127.0.0.1:5080` : client(), caller_name: from };
  }
  if (direction === 'inbound') {
    return { from: person.number, to: business, caller_name: random.percent(70) ? person.name : 'Unknown' };
  }
  return { from: business, to: random.percent(25) ? client() : person.number, caller_name: business };
}

/** The leg of a Dial within its parent; its record says outbound-api, whatever the documentation promises. */
function drawLeg(setting: Setting, parent: RestcommCall, person: Person): RestcommCall {
  const start = parent.start_time ?? parent.date_created;
  const end = parent.end_time ?? start;
  const created = toStored(Math.round(start + (end - start) * 0.2), setting.database);
  const picked = toStored(Math.round(start + (end - start) * 0.4), setting.database);
  return {
    ...blankCall(drawCallSid(setting), created),
    instance_id: setting.instanceId,
    date_updated: end,
    parent_call_sid: parent.sid,
    account_sid: parent.account_sid,
    to: person.number,
    from: parent.from,
    start_time: picked,
    end_time: end,
    duration: Math.floor((end - picked) / 1000),
    price: '0.00',
    direction: 'outbound-api',
    answered_by: person.number,
    caller_name: parent.caller_name,
    ring_duration: Math.floor((picked - created) / 1000),
  };
}
