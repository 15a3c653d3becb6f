import { describe, expect, it } from 'vitest';
import { EventStream } from '../../../src/calls/events/event-stream.ts';
import type { LogEntry, Position } from '../../../src/calls/events/log-entry.ts';
import { MemoryEventLog } from '../../../src/calls/events/memory-event-log.ts';
import { eventually } from '../../support/eventually.ts';

const change = (call: string) => ({ accountKey: 'alpha', call, from: undefined, state: '', event: call });

/** A log as another process sees it: its ring has nothing, and of each read it is told what is appended meanwhile. */
class OtherLog extends MemoryEventLog {
  readonly log = new MemoryEventLog({ now: () => 1_000 });
  readonly #appended: (string | undefined)[];

  constructor(...appended: (string | undefined)[]) {
    super({ now: () => 0 });
    this.#appended = appended;
  }

  override async readAfter(position: Position, count: number): Promise<readonly LogEntry[]> {
    const entries = await this.log.readAfter(position, count);
    await this.#append();
    return entries;
  }

  override async last(): Promise<Position> {
    const last = await this.log.last();
    await this.#append();
    return last;
  }

  async #append(): Promise<void> {
    const call = this.#appended.shift();
    if (call !== undefined) await this.log.change(change(call));
  }
}

function streamOf(log: MemoryEventLog, after: Position, wants = () => true): EventStream {
  const toEvent = ({ call, position }: { call: string; position: Position }) => ({
    cursor: String(position.number),
    kind: call === '' ? ('GAP' as const) : ('CREATED' as const),
    call: null,
    previousStatus: null,
    occurredAt: call,
    source: 'POLL' as const,
  });
  return new EventStream({
    log,
    after,
    isReplay: false,
    wants,
    events: { toEvent, toGap: (position) => toEvent({ call: '', position }) },
    pause: () => new Promise((resolve) => setImmediate(resolve)),
    onEnd: () => undefined,
  });
}

describe('a stream behind the ring', () => {
  it.each([
    ['it reads on', ['c-1']],
    ['it asks for the end of the log', [undefined, 'c-1']],
    ['it waits for the ring, which has begun behind', [undefined, undefined, 'c-1']],
  ])('misses nothing that is appended while %s', async (_, appended) => {
    const log = new OtherLog(...appended);
    const stream = streamOf(log, await log.log.last());
    const { value } = await stream.next();
    expect([value?.kind, value?.occurredAt]).toEqual(['CREATED', 'c-1']);
    await log.log.change(change('c-2'));
    expect((await stream.next()).value?.occurredAt).toBe('c-2');
  });

  it('is told of a gap where it was in another log', async () => {
    const log = new OtherLog();
    await log.log.change(change('c-1'));
    const stream = streamOf(log, { number: 5_000_000_000, id: '' });
    expect((await stream.next()).value?.kind).toBe('GAP');
  });
});

it('a stream that wants none of many entries lets others have their turn meanwhile', async () => {
  const log = new MemoryEventLog();
  const begin = await log.last();
  for (let i = 0; i < 1_000; i += 1) await log.change(change(`c-${i}`));
  let passed = 0;
  const stream = streamOf(log, begin, () => {
    passed += 1;
    return false;
  });
  const next = stream.next();
  await new Promise((resolve) => setImmediate(resolve));
  expect(passed).toBeLessThan(100);
  expect(await eventually(() => passed === 1_000)).toBe(true);
  stream.end();
  expect((await next).done).toBe(true);
});
