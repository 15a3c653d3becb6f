import { expect, it } from 'vitest';
import { guard } from '../support/guard.ts';
import { withProduct } from '../support/product.ts';
import { flap, recovery, type Weather } from './flapping.ts';

guard();

const seconds = Number(process.env.SECONDS ?? 60);
/** What a provider's weather may come to for a caller; anything else is a fault of ours. */
const foreseen = [
  'ok',
  'CONFLICT',
  'OUTCOME_UNKNOWN',
  'PROVIDER_MISBEHAVED',
  'PROVIDER_TIMEOUT',
  'PROVIDER_UNAVAILABLE',
];

it('places each call once at the most, however a provider flaps for a minute', () =>
  withProduct({}, async (product) => {
    // A sixth of the time each: long enough to be left alone in the worst of them, and to be tried again.
    const weathers: readonly Weather[] = [
      { share: 0 },
      { share: 0.5 },
      { share: 1, kind: 'reset' },
      { share: 0 },
      { share: 1, kind: 'hang' },
      { share: 1 },
    ];
    const sixth = (seconds * 1000) / weathers.length;
    const weather = (time: number) => weathers[Math.floor(time / sixth) % weathers.length] as Weather;
    const report = await flap(product, seconds * 1000, weather);
    const { codes, ...figures } = report;
    const recovered = await recovery(product, 10_000);
    console.table([{ ...figures, 'well after, ms': recovered }]);
    console.table(codes);
    expect([report.mostSent, report.mostPlaced]).toEqual([1, 1]);
    expect(codes).toHaveProperty('PROVIDER_UNAVAILABLE');
    expect(Object.keys(codes).filter((code) => !foreseen.includes(code))).toEqual([]);
    expect(report.healthyFailures).toBe(0);
    // The deadline is 1 s.
    expect(report.slowest).toBeLessThan(1_700);
    expect(report.healthySlowest).toBeLessThan(500);
    expect(recovered).toBeLessThan(6_000);
  }));
