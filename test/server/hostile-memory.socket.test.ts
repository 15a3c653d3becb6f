import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ProbedProcess, startProbed } from './probed-process.ts';

/**
 * Memory that grows with distinct documents: 2,950 of 490 KB took the process from 106 to 1,549 MB, and a few
 * hundred take one of this size down. What is remembered of documents has a bound in bytes, and nothing is of those
 * that are refused.
 */
let server: ProbedProcess;
beforeAll(async () => {
  server = await startProbed({ cost: { pointsPerMinute: 1_000_000 } }, ['--max-old-space-size=192']);
});
afterAll(() => server.stop());

const megabyte = 1024 * 1024;
/** What may be remembered, and what is loaded and compiled meanwhile. */
const mostGrowth = 24 * megabyte;

const aliases = Array.from({ length: 60 }, (_, i) => `a${i}: __typename`).join(' ');
const kinds = {
  valid: (i: number) => `{ __typename } #${i}`,
  invalid: (i: number) => `{ nothing${i} } #`,
  'no GraphQL': (i: number) => `{ nothing${i} #`,
  refused: (i: number) => `{ b${i}: __typename ${aliases} } #`,
  'those that come again': (i: number) => `query Q${i >> 2} { accounts { id key name provider } } #`,
} as const;

/** How many of each kind. Without a bound the sizes grew to 37, 59 and 72 MB, one after the other. */
const sizes = [
  [490_000, 25],
  [64_000, 100],
  [2_000, 200],
] as const;
/** Requests at a time: one after the other they take as many turns of the machine. */
const together = 10;

async function send(query: string): Promise<string> {
  const response = await fetch(server.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return response.text();
}

describe('the memory that distinct documents take', () => {
  it('has a bound, and a process with a heap of 192 MB survives them', { timeout: 180_000 }, async () => {
    for (const make of Object.values(kinds)) await send(make(0));
    const before = await server.held();
    const grown: Record<string, number> = {};
    for (const [length, many] of sizes) {
      for (const make of Object.values(kinds)) {
        for (let sent = 0; sent < many; sent += together) {
          const texts = Array.from({ length: together }, (_, i) =>
            make(1_000 + sent + i).padEnd(length, 'x'),
          );
          const answers = await Promise.all(texts.map(send));
          for (const answer of answers) if (!/"code"|"data"/.test(answer)) expect.unreachable(answer);
        }
      }
      grown[length] = ((await server.held()) - before) / megabyte;
    }
    expect(server.ended()).toBeUndefined();
    expect(Math.max(...Object.values(grown)) * megabyte, JSON.stringify(grown)).toBeLessThan(mostGrowth);
  });
});
