import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BandwidthAdapter } from '../../../src/adapters/bandwidth/adapter.ts';
import { toCall } from '../../../src/adapters/bandwidth/to-call.ts';
import type { Call } from '../../../src/calls/call.ts';
import { isMatch } from '../../../src/calls/filter.ts';
import { comparatorOf, positionOf } from '../../../src/calls/order.ts';
import type { Page, PageRequest } from '../../../src/calls/page.ts';
import { type BandwidthCarrier, createManualClock, startBandwidth } from '../../../src/sandbox/index.ts';
import { runs } from '../../support/runs.ts';
import { adapterOf, operation, patient } from './support.ts';

/** How many cases each property runs; more of them by hand. */
const numRuns = runs(15);
const now = Date.parse('2026-11-20T12:00:00.000Z');
const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const longestWait = 10 * minute - 3 * second;

const toTime = (milliseconds: number) => new Date(milliseconds).toISOString();

/** Milliseconds before now: a handful of seconds shared by many, or anywhere in more than a week. */
const age = fc.oneof(
  fc.integer({ min: 0, max: 5 }).map((seconds) => 3 * hour + seconds * second),
  fc.integer({ min: 0, max: 20 }).map((milliseconds) => 2 * day + milliseconds),
  fc.integer({ min: 0, max: 30 * minute }),
  fc.integer({ min: 0, max: 9 * day }),
);

/** Milliseconds from the queue to the start: usually none to speak of, at most what is believed (less a shift). */
const wait = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 600 }) },
  { weight: 2, arbitrary: fc.integer({ min: -2 * second, max: longestWait }) },
  { weight: 1, arbitrary: fc.constant(longestWait) },
  { weight: 1, arbitrary: fc.constant(null) },
);

const wireCall = fc.record({
  age,
  wait,
  /** How far the list's own order is from the times it shows. */
  shift: fc.oneof(
    { weight: 4, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.integer({ min: -2_400, max: 2_400 }) },
  ),
  isInbound: fc.boolean(),
  /** Whether it is listed without a time that could be read. */
  isTimeless: fc.oneof(
    { weight: 15, arbitrary: fc.constant(false) },
    { weight: 1, arbitrary: fc.constant(true) },
  ),
  to: fc.constantFrom('+19195551234', '+19195550000', 'sip:alice@example.com'),
  from: fc.constantFrom('+19195554321', '+19195550001'),
  state: fc.constantFrom('answered', 'disconnected', 'disconnected', 'disconnected'),
  cause: fc.constantFrom(
    'hangup',
    'busy',
    'rejected',
    'timeout',
    'cancel',
    'error',
    'account-limit',
    'new-word',
  ),
  parent: fc.constantFrom(null, null, null, 'c-parent'),
});

type WireCall = typeof wireCall extends fc.Arbitrary<infer T> ? T : never;

/** Many calls close together, so that pages overflow: what they are is taken from a few in turn. */
const cluster = fc.record({
  count: fc.integer({ min: 100, max: 1_500 }),
  age,
  span: fc.constantFrom(500, 20 * second, 10 * minute, 3 * hour, 3 * day),
  kinds: fc.array(wireCall, { minLength: 1, maxLength: 6 }),
});

/** The calls of a cluster, spread unevenly over its span. */
function toCalls({
  count,
  age,
  span,
  kinds,
}: typeof cluster extends fc.Arbitrary<infer T> ? T : never): WireCall[] {
  return Array.from({ length: count }, (_, index) => {
    const kind = kinds[index % kinds.length] ?? expect.unreachable();
    return { ...kind, age: age + Math.floor((((index * 7919) % count) ** 2 / count ** 2) * span) };
  });
}

const sometimes = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });

const filter = fc
  .record({
    to: sometimes(fc.constantFrom('+19195551234', '+1 (919) 555-1234', 'sip:alice@example.com')),
    from: sometimes(fc.constantFrom('+19195554321', '+1.919.555.4321')),
    statuses: sometimes(fc.subarray(['COMPLETED', 'BUSY', 'IN_PROGRESS', 'RINGING'] as const)),
    direction: sometimes(fc.constantFrom('INBOUND', 'OUTBOUND')),
    createdAfter: sometimes(age.map((milliseconds) => toTime(now - milliseconds))),
    createdBefore: sometimes(age.map((milliseconds) => toTime(now - milliseconds))),
    endReason: sometimes(
      fc.constantFrom('HANGUP', 'BUSY', 'NO_ANSWER', 'LIMIT_EXCEEDED', 'UNKNOWN', 'NOT_FOUND'),
    ),
    parentId: sometimes(fc.constant('c-parent')),
  })
  .map((given) => Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)));

const junk = fc.oneof(
  fc.string(),
  fc.constantFrom(
    'n 1e7 1e7 1e-7 1e-7',
    'n 1e-7 1e-7 1e7 1e7',
    'n 0 0 0 0',
    'n -1 NaN 1 1',
    'n 9999 0.5 1e-5 1e7',
    'n 1 1 1 1 1 1 1',
    'n 1 1 1 1 99999999999999 1 1',
    `n 1 1 1 1 ${now - day} 1e-7 1e7`,
    `n 1 1 1 1 ${now - hour} 1e7 1e-7`,
    `n 1 1 1 1 ${now - hour} NaN 0`,
  ),
  fc.constantFrom('f 1.00 0', 'f 0.00 0', 'f 99999.99 99999', 'f 1 1', `f 1.00 6 ${now}`, 'f 1.00 6 x'),
  age.map((milliseconds) => `f 1.00 6 ${now - milliseconds}`),
);

/** What becomes of the hint of the page before. */
const fate = fc.oneof(
  { weight: 5, arbitrary: fc.constant('kept' as const) },
  { weight: 1, arbitrary: fc.constant('lost' as const) },
  { weight: 1, arbitrary: fc.constant('of the first page' as const) },
  { weight: 1, arbitrary: junk.map((text) => ({ text })) },
);

const between = fc.record({
  fate,
  added: fc.array(wireCall, { maxLength: 3 }),
  removed: fc.array(fc.nat(), { maxLength: 3 }),
});

const scenario = fc.record({
  calls: fc
    .tuple(fc.array(wireCall, { maxLength: 60, size: 'max' }), fc.array(cluster, { maxLength: 3 }))
    .map(([calls, clusters]) => [...calls, ...clusters.flatMap(toCalls)]),
  order: fc.constantFrom('NEWEST_FIRST', 'OLDEST_FIRST'),
  filter,
  size: fc.oneof(fc.integer({ min: 1, max: 10 }), fc.constantFrom(25, 100, 500)),
  budget: fc.constantFrom(1, 2, 5, 40),
  pages: fc.array(between, { minLength: 8, maxLength: 8 }),
});

function add(carrier: BandwidthCarrier, call: WireCall): void {
  const created = now - call.age;
  // Ids in no order: they decide among calls of one instant.
  const callId = `c-${Math.random().toString(36).slice(2)}`;
  const isStarted = call.isInbound || call.wait !== null;
  const isOver = call.state === 'disconnected';
  const started = created + (call.isInbound ? 0 : (call.wait ?? 0));
  carrier.add({
    callId,
    to: call.to,
    from: call.from,
    parentCallId: call.parent,
    direction: call.isInbound ? 'inbound' : 'outbound',
    state: isStarted || isOver ? call.state : 'queued',
    ...(call.isInbound ? {} : { enqueuedTime: toTime(created) }),
    startTime: isStarted ? toTime(started) : null,
    answerTime: isStarted && call.cause === 'hangup' ? toTime(started + second) : null,
    endTime: isOver ? toTime(started + minute) : null,
    disconnectCause: isOver ? call.cause : null,
  });
  if (call.isTimeless) carrier.change(callId, { enqueuedTime: null, startTime: null });
  else if (call.isInbound) carrier.change(callId, { startTime: toTime(started + call.shift) });
  else carrier.change(callId, { enqueuedTime: toTime(created + call.shift) });
}

/** The whole of the model: what a list holds behind a position, in order. */
function expected(carrier: BandwidthCarrier, adapter: BandwidthAdapter, request: PageRequest): Call[] {
  const compare = comparatorOf(request.order);
  return carrier.calls
    .map((wire) => toCall(wire, adapter.account))
    .filter((call) => call.createdAt !== null && isMatch(call, request.filter))
    .filter((call) => request.after === undefined || compare(positionOf(call), request.after) > 0)
    .sort((a, b) => compare(positionOf(a), positionOf(b)));
}

/** What has to be told of it, once it has been walked through: the rows without a place. */
function unplaced(carrier: BandwidthCarrier, adapter: BandwidthAdapter, { filter }: PageRequest): string[] {
  const { createdAfter: _, createdBefore: __, ...readable } = filter;
  return carrier.calls
    .map((wire) => toCall(wire, adapter.account))
    .filter((call) => call.createdAt === null && isMatch(call, readable))
    .map(({ providerCallId }) => providerCallId);
}

/** Calls that never started are in no window: they may be there or not. */
function check(page: Page, all: Call[], request: PageRequest): void {
  const compare = comparatorOf(request.order);
  const ids = page.calls.map(({ providerCallId }) => providerCallId);
  const got = new Set(ids);
  expect(got.size).toBe(ids.length);
  expect(ids.length).toBeLessThanOrEqual(request.size);
  expect(
    all.filter(({ providerCallId }) => got.has(providerCallId)).map(({ providerCallId }) => providerCallId),
  ).toEqual(ids);
  const last = page.calls.at(-1);
  const isFull = ids.length === request.size;
  const behind = (call: Call) =>
    isFull && last !== undefined
      ? compare(positionOf(call), positionOf(last)) > 0
      : page.stopped !== undefined && compare(positionOf(call), page.stopped) > 0;
  const missed = all.filter(
    (call) => call.startedAt !== null && !behind(call) && !got.has(call.providerCallId),
  );
  expect(missed).toEqual([]);
  const rest = all.filter(behind);
  if (page.stopped !== undefined) expect(page.more).toBe(true);
  else if (rest.some(({ startedAt }) => startedAt !== null)) expect(page.more).toBe(true);
  else if (rest.length === 0) expect(page.more).toBe(false);
}

describe('against a model', () => {
  const clock = createManualClock(now);
  let carrier: BandwidthCarrier;
  let adapter: BandwidthAdapter;

  beforeAll(async () => {
    carrier = await startBandwidth({ clock, retention: 365 * day });
    adapter = adapterOf(carrier, { now: clock.now, changedLimits: patient });
  });
  afterAll(async () => {
    await adapter.close();
    await carrier.close();
  });

  /** After so long, a page is read anew, as another replica would read it. */
  const forgetRows = () => clock.advance(11 * second);

  it('every page is the one that there should be', { timeout: 600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async ({ calls, order, filter, size, budget, pages }) => {
        carrier.clear();
        for (const call of calls) add(carrier, call);
        let after: PageRequest['after'];
        let hint: string | undefined;
        let first: string | undefined;
        for (const { fate, added, removed } of pages) {
          const request: PageRequest = { order, filter, size, after, hint, budget };
          forgetRows();
          const waiting = operation();
          const page = await adapter.page(request, waiting);
          // One more may go for the token.
          expect(waiting.requests).toBeLessThanOrEqual(request.budget + 1);
          check(page, expected(carrier, adapter, request), request);
          if (!page.more) break;
          const last = page.calls.at(-1);
          after = page.stopped ?? (last && positionOf(last));
          first ??= page.hint;
          hint =
            fate === 'kept'
              ? page.hint
              : fate === 'lost'
                ? undefined
                : fate === 'of the first page'
                  ? first
                  : fate.text;
          for (const call of added) add(carrier, call);
          for (const index of removed) {
            const gone = carrier.calls[index % Math.max(1, carrier.calls.length)];
            if (gone !== undefined) carrier.remove(gone.callId);
          }
        }
      }),
      { numRuns },
    );
  });

  it('a walk gives every call once, however small the budget', { timeout: 600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        scenario,
        fc.nat({ max: 4 }),
        async ({ calls, order, filter, budget, ...scenario }, losses) => {
          const size = Math.max(scenario.size, Math.ceil(calls.length / 40));
          carrier.clear();
          for (const call of calls) add(carrier, call);
          forgetRows();
          const request = { order, filter, size, budget } as const;
          const found: string[] = [];
          const told = new Set<string>();
          let page: Page | undefined;
          let still = 0;
          for (let count = 0; page === undefined || page.more; count++) {
            // Pages, and what a search costs that has to stop over and over again.
            expect(count).toBeLessThan((budget === 1 ? 200 : 60) + (3 * carrier.calls.length) / size);
            const before = page;
            if (count % 4 < losses) forgetRows();
            const last = page?.calls.at(-1);
            const after = page?.stopped ?? (last && positionOf(last));
            page = await adapter.page({ ...request, after, hint: page?.hint }, operation());
            const isFurther = page.calls.length > 0 || page.stopped?.createdAt !== before?.stopped?.createdAt;
            still = isFurther ? 0 : still + 1;
            expect(still, 'consecutive pages without progress').toBeLessThan(budget === 1 ? 10 : 4);
            found.push(...page.calls.map(({ providerCallId }) => providerCallId));
            for (const { providerCallId } of page.skipped ?? []) told.add(providerCallId);
          }
          const all = expected(carrier, adapter, request);
          const unsure = new Set(
            all.filter(({ startedAt }) => startedAt === null).map(({ providerCallId }) => providerCallId),
          );
          const sure = (ids: string[]) => ids.filter((id) => !unsure.has(id));
          expect(sure(found)).toEqual(sure(all.map(({ providerCallId }) => providerCallId)));
          expect(new Set(found).size).toBe(found.length);
          const { createdAfter, createdBefore, statuses, endReason } = filter as PageRequest['filter'];
          const isNone = endReason === 'NOT_FOUND' || statuses?.every((status) => status === 'RINGING');
          const isPast =
            createdAfter !== undefined && createdBefore !== undefined && createdAfter > createdBefore;
          const isReadFromTheBeginning = createdAfter === undefined;
          if (isNone || isPast || !isReadFromTheBeginning) return;
          // With few requests a page, it may be told that the list is too long to be looked through.
          if (told.has('')) {
            expect(budget).toBeLessThan(40);
            return;
          }
          const isLost = (id: string) => !found.includes(id) && !told.has(id);
          expect([...unsure].filter(isLost)).toEqual([]);
          if (createdBefore === undefined)
            expect(unplaced(carrier, adapter, request).filter(isLost)).toEqual([]);
        },
      ),
      { numRuns },
    );
  });
});
