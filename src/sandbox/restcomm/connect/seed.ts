import { BUSINESS, countLive, drawPeople, drawTalk, type Person, pickWeighted } from '../../people.ts';
import { blankCall, type RestcommCall } from '../call.ts';
import { drawSid } from '../sid.ts';
import { type CarrierContext, drawCallSid, toStored } from './carrier-context.ts';
import { hangupAt } from './hangup.ts';

/** Adds calls of the last seven days to the table, a few of them in progress. */
export function seedCalls(context: CarrierContext, calls: number): void {
  const { random, table, clock } = context;
  const people = drawPeople(random, 200);
  const live = countLive(calls);
  const insert = (call: RestcommCall) => table.insert(call, { createdAt: call.date_created });
  let left = calls - live;
  while (left > 0) {
    const parent = draw(
      context,
      random.pick(people),
      pickWeighted(random, SCENARIOS),
      random.between(1_000, 7 * DAY),
    );
    insert(parent);
    left -= 1;
    const dials = parent.direction === 'inbound' && parent.status === 'completed' && random.percent(25);
    if (dials && left > 0) {
      insert(drawLeg(context, parent, random.pick(people)));
      left -= 1;
    }
  }
  for (let index = 0; index < live; index++) {
    const scenario = index % 3 === 0 ? LIVE_INBOUND : LIVE_OUTBOUND;
    const call = draw(context, random.pick(people), scenario, random.between(20_000, 300_000));
    const ends = clock.now() + random.between(300_000, 8 * 3_600_000);
    table.insert(call, { createdAt: call.date_created, plan: [hangupAt(context, ends)] });
  }
}

const DAY = 86_400_000;

/** A kind of record. Restcomm's classes differ in the spelling of statuses and in the members they set. Source: Restcomm-Connect Call.java etc. */
interface Scenario {
  readonly direction: string;
  readonly status: string;
  readonly answered: boolean;
  /** BUSY and FAILED of an outbound leg never get an end_time. */
  readonly ends: boolean;
}

const scenario = (direction: string, status: string, answered: boolean, ends = true): Scenario => {
  return { direction, status, answered, ends };
};

/** Shares in a thousand. */
const SCENARIOS: readonly (readonly [number, Scenario])[] = [
  [360, scenario('inbound', 'completed', true)],
  [30, scenario('inbound', 'busy', false)],
  [40, scenario('inbound', 'no-answer', false)],
  [15, scenario('inbound', 'failed', false)],
  [30, scenario('inbound', 'canceled', false)],
  [310, scenario('outbound-api', 'completed', true)],
  [45, scenario('outbound-api', 'canceled', false)],
  [45, scenario('outbound-api', 'BUSY', false, false)],
  [30, scenario('outbound-api', 'FAILED', false, false)],
  [5, scenario('outbound-api', 'NO_ANSWER', false)],
  [15, scenario('outbound-api', 'CANCELED', false)],
  [60, scenario('Client-To-Client', 'COMPLETED', true)],
  [15, scenario('Client-To-Client', 'CANCELED', false)],
];

const LIVE_INBOUND = scenario('inbound', 'in-progress', true, false);
const LIVE_OUTBOUND = scenario('outbound-api', 'in-progress', true, false);

/** Generates a call that began or ended so many milliseconds ago. */
function draw(context: CarrierContext, person: Person, scenario: Scenario, age: number): RestcommCall {
  const { random, database } = context;
  const now = context.clock.now();
  const stored = (instant: number) => toStored(Math.min(instant, now), database);
  const rings = random.between(1_500, 20_000);
  const isLive = scenario.status === 'in-progress';
  const talks = scenario.answered ? drawTalk(random) : 0;
  const created = isLive ? now - age : now - Math.max(age, rings + talks + 1_000);
  const picked = scenario.answered ? stored(created + rings) : stored(created);
  const ended = scenario.ends ? stored(created + rings + talks) : null;
  const business = random.pick(BUSINESS);
  const between = toEnds(context, person, business, scenario.direction);
  const plain = context.plainSids || random.percent(15);
  return {
    ...blankCall(plain ? drawSid(random, 'CA') : drawCallSid(context), stored(created)),
    ...between,
    instance_id: context.instanceId,
    date_updated: ended ?? picked,
    account_sid: context.accounts[0]?.sid ?? null,
    phone_number_sid: scenario.direction === 'inbound' ? `PN${business.slice(1).padStart(32, '0')}` : null,
    status: scenario.status,
    start_time: picked,
    end_time: ended,
    duration: ended === null ? (scenario.status === 'BUSY' ? 0 : null) : Math.floor((ended - picked) / 1000),
    price: '0.00',
    direction: scenario.direction,
    answered_by: scenario.answered && scenario.direction === 'outbound-api' ? between.to : null,
    forwarded_from: scenario.direction === 'inbound' && random.percent(5) ? random.pick(BUSINESS) : null,
    ring_duration: scenario.answered || scenario.status === 'BUSY' ? Math.floor(rings / 1000) : null,
    call_path: scenario.direction === 'Client-To-Client' ? null : '/sandbox/call',
  };
}

/** Generates From, To and the caller's name. */
function toEnds(context: CarrierContext, person: Person, business: string, direction: string) {
  const { random } = context;
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

/** Generates the child call of a Dial. Its direction is outbound-api, unlike in the documentation. */
function drawLeg(context: CarrierContext, parent: RestcommCall, person: Person): RestcommCall {
  const start = parent.start_time ?? parent.date_created;
  const end = parent.end_time ?? start;
  const created = toStored(Math.round(start + (end - start) * 0.2), context.database);
  const picked = toStored(Math.round(start + (end - start) * 0.4), context.database);
  return {
    ...blankCall(drawCallSid(context), created),
    instance_id: context.instanceId,
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
