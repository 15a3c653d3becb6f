import { describe, expect, it } from 'vitest';
import type { NewCall } from '../../../src/calls/new-call.ts';
import type { TimeSpan } from '../../../src/calls/placing/find-placed.ts';
import { otherAttempts, toPartiesKey, toPendingWrite } from '../../../src/calls/placing/pending-attempts.ts';
import { MemoryStore } from '../../../src/store/memory-store.ts';

const call = { from: '+19195550100', to: '+19195550123' } as NewCall;
const parties = toPartiesKey('alpha', call);
const span = { from: 1, until: 2 };

function open() {
  const store = new MemoryStore();
  const write = (owner: string, time?: TimeSpan) =>
    store.write({ writes: [toPendingWrite({ parties, owner }, time)] });
  const others = (owner: string) => otherAttempts(store, { parties, owner });
  return { others, write };
}

describe('open attempts', () => {
  it('are of one pair of parties in one account, however their numbers are written', () => {
    expect(toPartiesKey('alpha', { ...call, to: '+1 (919) 555-0123' })).toBe(parties);
    expect(toPartiesKey('beta', call)).not.toBe(parties);
    expect(toPartiesKey('alpha', { ...call, to: '+19195550124' })).not.toBe(parties);
    expect(parties).not.toMatch(/9195550/);
  });

  it('are told apart by no more of an address than what every provider records', () => {
    const of = (to: string) => toPartiesKey('alpha', { ...call, to });
    const bob = of('sip:bob@one.example');
    for (const to of [
      'sip:bob@two.example:5060;transport=tcp',
      'SIPS:bob:secret@one.example',
      'client:bob',
      'Bob',
    ]) {
      expect(of(to)).toBe(bob);
    }
    expect(of('sip:+19195550123@gateway.example')).toBe(parties);
    expect(of('sip:rob@one.example')).not.toBe(bob);
  });

  it('are shown to the others, and to nobody once they are closed', async () => {
    const { others, write } = open();
    await write('a', { from: 1, until: 9 });
    await write('b', span);
    expect(await others('a')).toEqual([span]);
    await write('a', { from: 1, until: 5 });
    expect(await others('b')).toEqual([{ from: 1, until: 5 }]);
    await write('b');
    await write('nobody');
    expect(await others('a')).toEqual([]);
    await write('c', span);
    expect(await others('a')).toEqual([span]);
  });

  it('may have placed anything when there are more than can be kept', async () => {
    const { others, write } = open();
    for (let i = 0; i < 17; i++) await write(`${i}`, span);
    expect(await others('0')).toContainEqual({
      from: 0,
      until: Number.MAX_SAFE_INTEGER,
    });
  });
});
