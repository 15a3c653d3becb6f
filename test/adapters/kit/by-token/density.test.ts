import { describe, expect, it } from 'vitest';
import { Axis } from '../../../../src/adapters/kit/by-token/axis.ts';
import {
  addPage,
  addWindow,
  readCluster,
  readDensity,
  writeCluster,
  writeDensity,
} from '../../../../src/adapters/kit/by-token/density.ts';
import { MemorySource } from './memory-source.ts';

const second = 1_000;
const hour = 3_600 * second;
const day = 24 * hour;
const now = Date.parse('2026-11-20T12:00:00.000Z');
const axis = new Axis(new MemorySource([], { sorts: 'oldest-first', step: second }), now);
const density = { rows: 100, matches: 100, hours: 1, reach: 0 };

describe('the density', () => {
  it('begins with the first window', () => {
    expect(addWindow(undefined, { rows: 10, matches: 5 }, hour)).toEqual({
      rows: 10,
      matches: 5,
      hours: 1,
      reach: 0,
    });
  });

  it('fades', () => {
    expect(addWindow(density, { rows: 100, matches: 20 }, hour)).toEqual({
      rows: 175,
      matches: 95,
      hours: 1.75,
      reach: 0,
    });
  });

  it('takes none for a part of one', () => {
    expect(addWindow(undefined, { rows: 0, matches: 0 }, hour)).toEqual({
      rows: 0.1,
      matches: 0.1,
      hours: 1,
      reach: 0,
    });
    expect(addWindow(undefined, { rows: 9, matches: 0 }, hour)).toEqual({
      rows: 9,
      matches: 0.5,
      hours: 1,
      reach: 0,
    });
  });

  it('forgets what has led astray, but for how far pages reach', () => {
    expect(addWindow({ ...density, reach: 3 }, { rows: 1, matches: 1 }, hour)).toEqual({
      rows: 1,
      matches: 1,
      hours: 1,
      reach: 3,
    });
  });

  it('counts no time of less than a second', () => {
    expect(addWindow(undefined, { rows: 1, matches: 1 }, 0).hours).toBeCloseTo(1 / 3600, 9);
  });

  it('remembers the longest page for a while', () => {
    expect(addPage({ ...density, reach: 10 }, hour).reach).toBeCloseTo(9.2);
    expect(addPage(density, 3 * hour).reach).toBe(3);
  });
});

describe('a hint', () => {
  it('of a density reads as it was written, to four digits', () => {
    expect(readDensity(writeDensity({ rows: 123.456, matches: 0.5, hours: 1e-3, reach: 1e5 }))).toEqual({
      rows: 123.5,
      matches: 0.5,
      hours: 0.001,
      reach: 100_000,
    });
  });

  it.each([
    undefined,
    '',
    'n',
    'n 1 1 1',
    'n 1 1 1 x',
    'n 1 1 1 -1',
    'n 1 1 1 0',
    'n 1 1 1 1e99',
    'n 1 1 1 Infinity',
    `n 1 1 1 ${'1'.repeat(20)}`,
    'o 1 1 1 1',
  ])('of a density is none: %s', (hint) => {
    expect(readDensity(hint)).toBeUndefined();
  });

  const far = { at: now - 7 * day, density: { rows: 408, matches: 408, hours: 2.778e-4, reach: 0 } };
  const former = { ...density, reach: 1 };
  const written = writeDensity(former) + writeCluster(far);

  it('of a cluster reads as it was written, and leaves the density before it', () => {
    expect(readCluster(written, axis, now)).toEqual(far);
    expect(readDensity(written)).toEqual(former);
  });

  it('of a cluster is none before what is kept, or past where the reading starts', () => {
    expect(readCluster(written, axis, far.at - 5 * second)).toEqual(far);
    const early = writeDensity(former) + writeCluster({ ...far, at: now - 17 * day });
    expect(readCluster(early, axis, now)).toBeUndefined();
    expect(readCluster(written, axis, far.at - 5 * second - 1)).toBeUndefined();
  });

  it.each([
    undefined,
    '',
    writeDensity(density),
    `${writeDensity(former)} ${now - day}`,
    `${writeDensity(former)} ${now - day} 1`,
    `${writeDensity(former)} ${now - day} 1 0`,
    `${writeDensity(former)} ${now - day} -1 1`,
    `${writeDensity(former)} ${now - day} 1 1e99`,
    `${writeDensity(former)} ${now - day} NaN 1`,
    `${writeDensity(former)} ${now - day} 1 1 1`,
    `${writeDensity(former)} ${now - day}.5 1 1`,
    `o 1 1 1 1 ${now - day} 1 1`,
  ])('of a cluster is none: %s', (hint) => {
    expect(readCluster(hint, axis, now)).toBeUndefined();
  });
});
