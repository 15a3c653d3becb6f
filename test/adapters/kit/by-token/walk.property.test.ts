import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ListMemory } from '../../../../src/adapters/kit/by-token/list-memory.ts';
import { readPage } from '../../../../src/adapters/kit/by-token/read-page.ts';
import type { Call } from '../../../../src/calls/call.ts';
import { isMatch } from '../../../../src/calls/filter.ts';
import { comparatorOf, positionOf } from '../../../../src/calls/order.ts';
import type { Page, PageRequest } from '../../../../src/calls/page.ts';
import { runs } from '../../../support/runs.ts';
import { someCall } from '../../../support/some-call.ts';
import { type ListedCall, MemorySource } from './memory-source.ts';

const numRuns = runs(40);
const now = Date.parse('2026-11-20T12:00:00.000Z');
const second = 1_000;
const minute = 60 * second;
const day = 24 * 60 * minute;

const toTime = (milliseconds: number) => new Date(milliseconds).toISOString();

const age = fc.oneof(
  fc.integer({ min: 0, max: 30 * minute }),
  fc.integer({ min: 0, max: 5 }).map((seconds) => 2 * day + seconds * second),
  fc.integer({ min: 0, max: 7 * day }),
);

const listed = fc.record({
  age,
  wait: fc.oneof(
    fc.integer({ min: 0, max: second }),
    fc.integer({ min: 0, max: 10 * minute }),
    fc.constant(null),
  ),
  isInbound: fc.boolean(),
});

const toCalls = (of: readonly (typeof listed extends fc.Arbitrary<infer T> ? T : never)[]): ListedCall[] =>
  of.map(({ age, wait, isInbound }, index) => ({
    ...someCall({
      providerCallId: `c-${(index * 7919) % 10_007}`,
      startedAt: wait === null ? null : toTime(now - age + wait),
      direction: isInbound ? 'INBOUND' : 'OUTBOUND',
    }),
    createdAt: toTime(now - age),
  }));

const bound = fc.option(
  age.map((milliseconds) => toTime(now - milliseconds)),
  { nil: undefined, freq: 3 },
);

describe.each([
  ['oldest-first', 'a second', second],
  ['newest-first', 'a second', second],
  ['oldest-first', 'a day', day],
  ['newest-first', 'a day', day],
] as const)('a source that sorts %s, with bounds of %s', (sorts, _, step) => {
  it.each(['NEWEST_FIRST', 'OLDEST_FIRST'] as const)(
    'a walk gives every call that has started once and in order, with hints or without: %s',
    async (order) => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(listed, { maxLength: 120, size: 'max' }),
          fc.integer({ min: 1, max: 30 }),
          fc.constantFrom(2, 5, 20),
          fc.record({
            createdAfter: bound,
            createdBefore: bound,
            direction: fc.constantFrom(undefined, 'INBOUND'),
          }),
          fc.infiniteStream(fc.constantFrom('kept', 'kept', 'lost', 'first')),
          fc.option(fc.nat({ max: 4 }), { nil: undefined }),
          async (of, size, budget, bounds, fates, losses) => {
            const filter = Object.fromEntries(
              Object.entries(bounds).filter(([, value]) => value !== undefined),
            ) as PageRequest['filter'];
            const calls = toCalls(of);
            const rowLifetime = losses === undefined ? undefined : 10 * second;
            const source = new MemorySource(calls, { sorts, step, rowLifetime });
            const memory = losses === undefined ? undefined : new ListMemory(() => now);
            const found: string[] = [];
            const reported = new Set<string>();
            let request: PageRequest = { order, filter, size, budget };
            let first: string | undefined;
            for (let page: Page | undefined; page === undefined || page.more; ) {
              page = await readPage(request, source, now, memory);
              if (fates.next().value !== 'kept' && losses !== 0) memory?.forget();
              expect(source.requests).toBeLessThan(2_000);
              found.push(...page.calls.map(({ providerCallId }) => providerCallId));
              for (const { providerCallId } of page.skipped ?? []) reported.add(providerCallId);
              const last = page.calls.at(-1);
              first ??= page.hint;
              const fate = fates.next().value;
              const hint = fate === 'kept' ? page.hint : fate === 'first' ? first : undefined;
              request = { ...request, after: page.stopped ?? (last && positionOf(last)), hint };
            }
            const compare = comparatorOf(order);
            const all = calls
              .filter((call) => isMatch(call, filter))
              .sort((a, b) => compare(positionOf(a), positionOf(b)));
            const isStarted = new Set(
              all.filter((call) => call.startedAt !== null).map((call) => call.providerCallId),
            );
            expect(found.filter((id) => isStarted.has(id))).toEqual([...isStarted]);
            expect(new Set(found).size).toBe(found.length);
            // Calls that have not started are listed or reported where no bound hides them from the beginning on.
            const hiding = sorts === 'oldest-first' ? bounds.createdAfter : bounds.createdBefore;
            if (hiding !== undefined || reported.has('')) return;
            const lost = all.filter(({ providerCallId: id }) => !found.includes(id) && !reported.has(id));
            expect(lost.map(({ providerCallId }) => providerCallId)).toEqual([]);
          },
        ),
        { numRuns },
      );
    },
  );
});

describe.each(['oldest-first', 'newest-first'] as const)('a source that sorts %s', (sorts) => {
  it.each(['NEWEST_FIRST', 'OLDEST_FIRST'] as const)(
    'one call with an odd time takes no other one out of the list: %s',
    async (order) => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(age, { minLength: 3, maxLength: 80, size: 'max' }),
          fc.nat(),
          fc.integer({ min: -30 * day, max: 30 * day }),
          fc.integer({ min: 2, max: 30 }),
          async (ages, which, shift, size) => {
            const odd = which % ages.length;
            const calls = toCalls(ages.map((each) => ({ age: each, wait: 0, isInbound: true }))).map(
              (call, index) => {
                if (index !== odd) return call;
                const sortKey = now - (ages[index] as number);
                return { ...call, createdAt: toTime(sortKey + shift), sortKey };
              },
            );
            const source = new MemorySource(calls, { sorts, step: second });
            const found: string[] = [];
            let request: PageRequest = { order, filter: {}, size, budget: 20 };
            for (let page: Page | undefined; page === undefined || page.more; ) {
              page = await readPage(request, source, now);
              expect(source.requests).toBeLessThan(500);
              found.push(...page.calls.map(({ providerCallId }) => providerCallId));
              const last = page.calls.at(-1);
              request = { ...request, after: page.stopped ?? (last && positionOf(last)), hint: page.hint };
            }
            const others = calls.filter((_, index) => index !== odd).map((call) => call.providerCallId);
            expect(others.filter((id) => !found.includes(id))).toEqual([]);
            expect(new Set(found).size).toBe(found.length);
          },
        ),
        { numRuns },
      );
    },
  );
});

describe.each(['oldest-first', 'newest-first'] as const)('a source that sorts %s', (sorts) => {
  it.each(['NEWEST_FIRST', 'OLDEST_FIRST'] as const)(
    'a walk gives every call that stays once, while others come and go and memory is lost: %s',
    async (order) => {
      const change = fc.record({
        added: fc.array(listed, { maxLength: 3 }),
        removed: fc.array(fc.nat(), { maxLength: 3 }),
        isLost: fc.boolean(),
      });
      await fc.assert(
        fc.asyncProperty(
          fc.array(listed, { maxLength: 120, size: 'max' }),
          fc.integer({ min: 1, max: 30 }),
          fc.constantFrom(1, 2, 20),
          fc.array(change, { maxLength: 12 }),
          async (of, size, budget, [...changes]) => {
            let calls: ListedCall[] = toCalls(of.map((each) => ({ ...each, wait: each.wait ?? 0 })));
            const staying = new Set(calls.map(({ providerCallId }) => providerCallId));
            const source = new MemorySource(calls, { sorts, step: second, rowLifetime: 10 * second });
            const memory = new ListMemory(() => now);
            const found: Call[] = [];
            let request: PageRequest = { order, filter: {}, size, budget };
            for (let page: Page | undefined; page === undefined || page.more; ) {
              page = await readPage(request, source, now, memory);
              expect(source.requests).toBeLessThan(2_000);
              found.push(...page.calls);
              const last = page.calls.at(-1);
              request = { ...request, after: page.stopped ?? (last && positionOf(last)), hint: page.hint };
              const { added, removed, isLost } = changes.shift() ?? { added: [], removed: [], isLost: true };
              if (isLost) memory.forget();
              for (const index of removed) {
                const gone = calls[index % Math.max(1, calls.length)];
                calls = calls.filter((call) => call !== gone);
                if (gone !== undefined) staying.delete(gone.providerCallId);
              }
              const come = toCalls(added.map((each) => ({ ...each, wait: each.wait ?? 0 })));
              calls.push(
                ...come.map((call, nth) => ({ ...call, providerCallId: `n-${changes.length}-${nth}` })),
              );
              source.change(calls);
            }
            const compare = comparatorOf(order);
            expect(found.toSorted((a, b) => compare(positionOf(a), positionOf(b)))).toEqual(found);
            const ids = found.map(({ providerCallId }) => providerCallId);
            expect(new Set(ids).size).toBe(ids.length);
            expect([...staying].filter((id) => !ids.includes(id))).toEqual([]);
          },
        ),
        { numRuns },
      );
    },
  );
});
