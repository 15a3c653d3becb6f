import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Ask, fillIn } from '../../src/explorer/page/fill-in.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

/** A server that answers one look-up after another with these ids, and remembers what it was asked. */
function serverWith(...answers: (string | null)[]) {
  const asked: string[] = [];
  const ask: Ask = async ({ query }) => {
    asked.push(query);
    if (query.startsWith('mutation')) return { data: {} };
    const id = answers.length > 1 ? answers.shift() : answers[0];
    return { data: { found: { nodes: id ? [{ id }] : [], pageInfo: { endCursor: `after ${id}` } } } };
  };
  return { ask, asked };
}

test('leaves variables without placeholders alone, and asks nothing', async () => {
  const { ask, asked } = serverWith('call');
  const variables = { id: 'a', list: [1, null, '<b>'], deep: { bxml: '<Bxml/>', flag: true } };
  expect(await fillIn(variables, ask)).toEqual(variables);
  expect(await fillIn(undefined, ask)).toBeUndefined();
  expect(asked).toEqual([]);
});

test('replaces placeholders at any depth', async () => {
  const { ask } = serverWith('call');
  const filled = fillIn({ ids: ['<newest call>'], input: { after: '<end cursor of ListCalls>' } }, ask);
  expect(await filled).toEqual({ ids: ['call'], input: { after: 'after call' } });
});

test('asks anew each time: a call found before may have ended', async () => {
  const { ask } = serverWith('one', 'two');
  const variables = { id: '<Bandwidth call in progress>' };
  expect(await fillIn(variables, ask)).toEqual({ id: 'one' });
  expect(await fillIn(variables, ask)).toEqual({ id: 'two' });
});

test('places one call when none is in progress, and waits until it is answered', async () => {
  const { ask, asked } = serverWith(null, null, null, 'answered');
  const filled = fillIn({ id: '<Restcomm call in progress>' }, ask);
  await vi.advanceTimersByTimeAsync(3000);
  expect(await filled).toEqual({ id: 'answered' });
  expect(asked.filter((query) => query.startsWith('mutation'))).toHaveLength(1);
});

test('gives up after ten seconds, naming the placeholder', async () => {
  const { ask } = serverWith(null);
  const refused = expect(fillIn({ id: '<Restcomm call in progress>' }, ask)).rejects.toThrow(
    /<Restcomm call in progress>/,
  );
  await vi.advanceTimersByTimeAsync(10_000);
  await refused;
});

test('never asks for a call in progress but of a sandbox account', async () => {
  const { ask, asked } = serverWith('call');
  await fillIn(['<Bandwidth call in progress>', '<Restcomm call in progress>'], ask);
  const ids = asked.map((query) => /accountIds: \["([\w-]+)"\]/.exec(query)?.[1] ?? '');
  expect(ids.map((id) => Buffer.from(id, 'base64url').toString())).toEqual([
    'Account:bandwidth-sandbox',
    'Account:connect-sandbox',
  ]);
});
