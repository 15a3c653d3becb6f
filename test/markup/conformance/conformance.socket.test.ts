import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Comparison, startBoth } from './both-carriers.ts';
import { type Application, application } from './generated-bxml.ts';
import { judge } from './judge.ts';

/** 5,000 in `npm run test:long`. */
const numRuns = process.env.CASES === undefined ? 40 : 5_000;

describe('BXML translated to RCML', () => {
  let both: Awaited<ReturnType<typeof startBoth>>;
  beforeAll(async () => {
    both = await startBoth();
  });
  afterAll(() => both.close());

  it(`does at Connect what it does at Bandwidth, but for what is told: ${numRuns} generated applications`, async () => {
    const counts: Record<string, number> = {};
    const property = fc.asyncProperty(application, async (generated: Application) => {
      const played: Comparison = await both.play(generated);
      const verdict = judge(played);
      counts[verdict.kind] = (counts[verdict.kind] ?? 0) + 1;
      if (verdict.kind === 'different') expect(verdict.connect).toEqual(verdict.bandwidth);
      expect(played.bandwidth.lines.length).toBeGreaterThan(0);
    });
    await fc.assert(property, { numRuns });
    if (numRuns > 40) console.log(counts);
    expect(counts.equal).toBeGreaterThan(numRuns / 3);
  }, 3_600_000);
});
