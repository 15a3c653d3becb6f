import type { Step } from '../call-table.ts';
import { BUSINESS, countLive, drawPeople, drawTalk, type Person, pickWeighted } from '../people.ts';
import { type BandwidthCall, createdAtOf, toTime } from './call.ts';
import { type CarrierContext, drawCallId } from './carrier-context.ts';
import { answer, hangupAt } from './states.ts';

/** Adds calls of the last seven days to the table, a few of them in progress. */
export function seedCalls(context: CarrierContext, calls: number): void {
  const { random, table } = context;
  const people = drawPeople(random, 200);
  const live = countLive(calls);
  const insert = (call: BandwidthCall, plan?: readonly Step<BandwidthCall>[]) => {
    table.insert(call, { createdAt: createdAtOf(call), ...(plan === undefined ? {} : { plan }) });
  };
  let left = calls - live;
  while (left > 0) {
    const call = drawEnded(context, random.pick(people));
    insert(call);
    left -= 1;
    const isTransferred =
      call.disconnectCause === 'hangup' && call.direction === 'inbound' && random.percent(12);
    if (isTransferred && left > 0) {
      insert(drawTransfer(context, call, random.pick(people)));
      left -= 1;
    }
  }
  for (let index = 0; index < live; index++) insertLive(context, random.pick(people), insert);
}

const DAY = 86_400_000;

/** The ends of seeded calls: share in a thousand, cause, message. Calls without a message were answered. */
const ENDINGS: readonly (readonly [number, { readonly cause: string; readonly message?: string }])[] = [
  [720, { cause: 'hangup' }],
  [70, { cause: 'busy', message: 'Callee is busy' }],
  [80, { cause: 'timeout', message: 'Call was not answered' }],
  [45, { cause: 'cancel', message: 'Call was cancelled' }],
  [30, { cause: 'rejected', message: 'Callee rejected the call' }],
  [20, { cause: 'error', message: 'Service unavailable' }],
  [12, { cause: 'callback-error', message: 'Callback could not be delivered' }],
  [7, { cause: 'invalid-bxml', message: 'Invalid BXML' }],
  [6, { cause: 'application-error', message: 'Audio could not be played' }],
  [4, { cause: 'account-limit', message: 'Account limit reached' }],
  [3, { cause: 'node-capacity-exceeded', message: 'Capacity exceeded' }],
  [3, { cause: 'unknown', message: 'Unknown' }],
];

/** Generates a call that has just been dialled. */
function drawCall(context: CarrierContext, person: Person, started: number): BandwidthCall {
  const { random, options } = context;
  const inbound = random.percent(45);
  const business = random.pick(BUSINESS);
  const passed = random.percent(80);
  return {
    applicationId: options.applicationId,
    accountId: options.accountId,
    callId: drawCallId(random),
    parentCallId: null,
    to: inbound ? business : person.number,
    from: inbound ? person.number : business,
    direction: inbound ? 'inbound' : 'outbound',
    state: 'initiated',
    ...(inbound
      ? {
          stirShaken: {
            verstat: passed ? 'TN-Validation-Passed' : 'TN-Validation-Failed',
            attestationIndicator: passed ? random.pick(['A', 'A', 'B']) : 'C',
            originatingId: random.uuid(),
          },
        }
      : { enqueuedTime: toTime(started - random.between(0, 400)) }),
    startTime: toTime(started),
    answerTime: null,
    endTime: null,
    disconnectCause: null,
    errorMessage: null,
    errorId: null,
    lastUpdate: toTime(started),
  };
}

function drawEnded(context: CarrierContext, person: Person): BandwidthCall {
  const { random } = context;
  const ending = pickWeighted(random, ENDINGS);
  const rings = random.between(1_500, 20_000);
  const talks = ending.message === undefined ? drawTalk(random) : 0;
  const span = 7 * DAY - 60_000 - rings - talks;
  const started = context.clock.now() - rings - talks - 1_000 - random.between(0, span);
  const ended = started + rings + talks;
  return {
    ...drawCall(context, person, started),
    state: 'disconnected',
    answerTime: talks > 0 ? toTime(started + rings) : null,
    endTime: toTime(ended),
    disconnectCause: ending.cause,
    errorMessage: ending.message ?? null,
    errorId: ending.message === undefined ? null : random.uuid(),
    lastUpdate: toTime(ended),
  };
}

/** Generates the second leg of a `<Transfer>`: it begins during its parent and ends with it. */
function drawTransfer(context: CarrierContext, parent: BandwidthCall, person: Person): BandwidthCall {
  const answered = Date.parse(parent.answerTime ?? parent.lastUpdate);
  const ended = Date.parse(parent.endTime ?? parent.lastUpdate);
  const started = Math.round(answered + (ended - answered) * 0.3);
  const { stirShaken: _, ...call } = drawCall(context, person, started);
  return {
    ...call,
    parentCallId: parent.callId,
    to: person.number,
    from: parent.to,
    direction: 'outbound',
    state: 'disconnected',
    enqueuedTime: toTime(started),
    answerTime: toTime(Math.round(started + (ended - started) * 0.4)),
    endTime: parent.endTime,
    disconnectCause: 'hangup',
    lastUpdate: parent.lastUpdate,
  };
}

/** Adds a call in progress: most are answered and last for minutes or hours, some are ringing. */
function insertLive(
  context: CarrierContext,
  person: Person,
  insert: (call: BandwidthCall, plan: readonly Step<BandwidthCall>[]) => void,
): void {
  const { random } = context;
  const now = context.clock.now();
  const rings = random.percent(20);
  const started = now - (rings ? random.between(500, 2_000) : random.between(20_000, 300_000));
  const call = drawCall(context, person, started);
  const answered = rings ? now + 3_000 : started + 4_000;
  const hangup = hangupAt(context, now + random.between(300_000, 8 * 3_600_000));
  if (!rings) answer(call, answered);
  insert(call, rings ? [{ at: answered, apply: (ringing) => answer(ringing, answered) }, ...hangup] : hangup);
}
