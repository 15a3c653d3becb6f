import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fillPlaceholders } from '../../../src/explorer/page/fill-placeholders.ts';
import { createPlaceholders, type Execute } from '../../../src/explorer/page/placeholders.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

const bandwidth = { id: 'bandwidth-id', provider: 'BANDWIDTH', capabilities: ['CREATE_CALL', 'UPDATE_BXML'] };
const sbc = { id: 'sbc-id', provider: 'RESTCOMM', capabilities: [] };
const connect = { id: 'connect-id', provider: 'RESTCOMM', capabilities: ['CREATE_CALL', 'MUTE_CALL'] };

/** A server with these accounts that answers one list after another with these calls. */
function serverWith(calls: (string | null)[], { sandbox = true, accounts = [bandwidth, sbc, connect] } = {}) {
  const asked: string[] = [];
  const execute: Execute = async ({ query }) => {
    asked.push(query);
    if (query.startsWith('mutation')) return { data: {} };
    if (query.includes('accounts {')) return { data: { accounts } };
    const id = calls.length > 1 ? calls.shift() : calls[0];
    return { data: { calls: { nodes: id ? [{ id }] : [], pageInfo: { endCursor: `after ${id}` } } } };
  };
  const lookUps = createPlaceholders(execute, { sandbox, needsKey: false });
  return { fill: (value: unknown) => fillPlaceholders(value, lookUps), asked, lookUps };
}

const placed = (asked: readonly string[]) => asked.filter((query) => query.startsWith('mutation'));

test('leaves variables without placeholders alone, and asks nothing', async () => {
  const { fill, asked } = serverWith(['call']);
  const variables = { id: 'a', list: [1, null, '<b>'], deep: { bxml: '<Bxml/>', flag: true } };
  expect(await fill(variables)).toEqual(variables);
  expect(await fill(undefined)).toBeUndefined();
  expect(asked).toEqual([]);
});

test('replaces placeholders at any depth', async () => {
  const { fill } = serverWith(['call']);
  const filled = fill({ ids: ['<newest call>'], input: { after: '<end cursor of ListCalls>' } });
  expect(await filled).toEqual({ ids: ['call'], input: { after: 'after call' } });
});

test("takes accounts from the server's own, one that can place calls where there is one", async () => {
  const { fill } = serverWith(['call']);
  expect(await fill(['<Bandwidth account>', '<Restcomm account>'])).toEqual(['bandwidth-id', 'connect-id']);
  const { fill: fillWithSbc } = serverWith(['call'], { accounts: [sbc] });
  expect(await fillWithSbc('<Restcomm account>')).toBe('sbc-id');
});

describe('on the sandbox', () => {
  test('asks anew each time: a call found before may have ended', async () => {
    const { fill } = serverWith(['one', 'two']);
    const variables = { id: '<Bandwidth call in progress>' };
    expect(await fill(variables)).toEqual({ id: 'one' });
    expect(await fill(variables)).toEqual({ id: 'two' });
  });

  test('places one call when none is in progress, and waits until it is answered', async () => {
    const { fill, asked } = serverWith([null, null, null, 'answered']);
    const filled = fill({ id: '<Restcomm call in progress>' });
    await vi.advanceTimersByTimeAsync(3000);
    expect(await filled).toEqual({ id: 'answered' });
    expect(placed(asked)).toEqual([expect.stringContaining('accountId: "connect-id"')]);
  });

  test('places a call to follow in an account that can', async () => {
    const { fill, asked } = serverWith([]);
    expect(await fill('<account with a new call>')).toBe('connect-id');
    expect(placed(asked)).toEqual([expect.stringContaining('accountId: "connect-id"')]);
  });

  test('gives up after ten seconds, naming the placeholder', async () => {
    const { fill } = serverWith([null]);
    const refused = expect(fill({ id: '<Restcomm call in progress>' })).rejects.toThrow(
      /<Restcomm call in progress>/,
    );
    await vi.advanceTimersByTimeAsync(10_000);
    await refused;
  });
});

describe('with real accounts', () => {
  test('neither places a call nor takes one that nobody named, and says so at once', async () => {
    const { fill, asked, lookUps } = serverWith(['a call of somebody'], { sandbox: false });
    const harmful = [...lookUps.keys()].filter((name) => /in progress|number/.test(name));
    expect(harmful).toHaveLength(4);
    for (const placeholder of harmful) await expect(fill(placeholder)).rejects.toThrow(placeholder);
    expect(asked).toEqual([]);
  });

  test('still find what is only read', async () => {
    const { fill, asked } = serverWith(['call'], { sandbox: false });
    const names = ['<newest call>', '<Bandwidth account>', '<account with a new call>'];
    expect(await fill(names)).toEqual(['call', 'bandwidth-id', 'connect-id']);
    expect(placed(asked)).toEqual([]);
  });
});
