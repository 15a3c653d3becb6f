import { describe, expect, it } from 'vitest';
import { readJson } from '../../src/upstream/read-json.ts';
import { processorTimeOf } from '../support/processor-time.ts';

const bytes = 32 * 2 ** 20;
/** As much as the limit of a body lets through, of one thing. */
const full = (piece: string) => `[${piece.repeat(Math.floor(bytes / piece.length) - 2)}0]`;

describe('JSON', () => {
  it('is read', () => {
    expect(readJson(' {"a": [1, null, "x,{["]} ')).toEqual({ a: [1, null, 'x,{['] });
  });

  it.each(['', '{', '<html>', "{'a': 1}", '[1,]'])('is not %j', (text) => {
    expect(() => readJson(text)).toThrow(SyntaxError);
  });

  it.each([
    ['objects', '{},'],
    ['lists', '[],'],
    ['numbers', '1,'],
    ['texts', '"",'],
    ['lists in lists', '['],
    ['objects in objects', '{"a":'],
  ])('of more %s than any answer has is refused at once', async (_, piece) => {
    const text = full(piece);
    const taken = await processorTimeOf(() => expect(() => readJson(text)).toThrow('too many values'));
    expect(taken).toBeLessThan(1_000);
  });

  it('may be more records than are ever asked for at a time', () => {
    const members = Object.fromEntries(Array.from({ length: 28 }, (_, i) => [`member_${i}`, 'a text']));
    const record = { ...members, subresource_uris: { notifications: '/', recordings: '/' } };
    const text = JSON.stringify({ calls: Array(20_000).fill(record) });
    expect(readJson(text)).toMatchObject({ calls: { length: 20_000 } });
  });
});
