import { describe, expect, it } from 'vitest';
import type { CallEvent } from '../../../src/calls/events/call-event.ts';
import { OpenStreams } from '../../../src/server/streams/open-streams.ts';
import {
  ResultStream,
  type ResultStreamOptions,
  type StreamSummary,
} from '../../../src/server/streams/result-stream.ts';
import { SharedResults } from '../../../src/server/streams/shared-results.ts';

/** A stream whose source never has an event. */
function silentStream(changes: Partial<ResultStreamOptions>) {
  const summaries: StreamSummary[] = [];
  let endSource: () => void = () => undefined;
  const stream = new ResultStream({
    source: {
      next: () =>
        new Promise((resolve) => {
          endSource = () => resolve({ value: undefined, done: true });
        }),
    },
    execute: async () => ({ text: '{}', requests: 0 }),
    pointsPerEvent: 1,
    expiresAt: undefined,
    isStillAllowed: () => true,
    waitFor: () => 0,
    charge: () => undefined,
    toFormattedError: (error) => ({
      message: (error as Error).message,
      extensions: { code: 'UNAUTHENTICATED' },
    }),
    onEnd: (summary) => {
      summaries.push(summary);
      endSource();
    },
    ...changes,
  });
  return { stream, summaries };
}

describe('a stream whose client is waiting for an event', () => {
  it.each([
    ['the rights of the caller are withdrawn', { isStillAllowed: async () => false }],
    ['the token has expired', { expiresAt: 1_000, now: () => (beats > 0 ? 1_000 : 999) }],
  ])('ends with an error once %s', async (_, changes) => {
    beats = 0;
    const { stream, summaries } = silentStream(changes);
    const next = stream.next();
    beats += 1;
    await stream.beat(12);
    expect((await next)?.text).toContain('UNAUTHENTICATED');
    expect(await stream.next()).toBeUndefined();
    expect(summaries).toMatchObject([{ reason: 'access', events: 0 }]);
  });

  it('does not bring one that comes after the token has expired', async () => {
    let time = 0;
    const value = { cursor: 'c' } as CallEvent;
    const next = async () => {
      time = 1_000;
      return { value, done: false } as const;
    };
    const { stream } = silentStream({ source: { next }, expiresAt: 1_000, now: () => time });
    expect((await stream.next())?.text).toContain('UNAUTHENTICATED');
    expect(await stream.next()).toBeUndefined();
  });

  it('costs one point a minute', async () => {
    const charged: number[] = [];
    const { stream } = silentStream({ charge: (points) => void charged.push(points) });
    for (let second = 0; second < 120; second += 12) await stream.beat(12);
    expect(charged.reduce((sum, points) => sum + points, 0)).toBeGreaterThanOrEqual(1);
    expect(charged.reduce((sum, points) => sum + points, 0)).toBeLessThanOrEqual(2);
  });
});
let beats = 0;

describe('results that are shared', () => {
  it('are created once, also for who asks meanwhile, and held within the bound', async () => {
    const results = new SharedResults(1_000);
    let created = 0;
    const create = async () => {
      created += 1;
      return 'x'.repeat(100);
    };
    await Promise.all(Array.from({ length: 50 }, () => results.get('key', create)));
    await results.get('key', create);
    expect(created).toBe(1);
    for (let i = 0; i < 50; i += 1) await results.get(`key ${i}`, create);
    expect(results.size).toBeLessThanOrEqual(1_000);
    expect(created).toBe(51);
  });
});

it('the streams of apps that an API is mounted in are counted, checked and closed with the others, until their app has closed', () => {
  const checks = [0, 0, 0];
  const all = new OpenStreams();
  const parts = [all, all.part(), all.part()] as const;
  const streams = parts.map((part, index) => {
    const { stream } = silentStream({
      isStillAllowed: () => {
        checks[index] = (checks[index] ?? 0) + 1;
        return true;
      },
    });
    part.add(stream);
    return stream;
  });
  all.checkAccess();
  expect([all.size, ...checks]).toEqual([3, 1, 1, 1]);
  parts[1].close();
  expect(streams.map(({ endedBy }) => endedBy)).toEqual([undefined, 'shutdown', undefined]);
  all.checkAccess();
  expect([all.size, ...checks]).toEqual([2, 2, 1, 2]);
  all.close();
  expect(streams[2]?.endedBy).toBe('shutdown');
});
