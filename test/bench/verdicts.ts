import type { Memory } from './memory.ts';
import type { Pressure } from './pressure.ts';
import type { Proxied } from './proxy.ts';
import type { ServerName } from './servers.ts';
import { medianOf } from './statistics.ts';
import { type Results, ratio } from './table.ts';

/** Something that must not be more than so much. */
export interface Verdict {
  readonly of: string;
  readonly reached: number;
  readonly bar: number;
}

/** What the facade's processor time per request may be of another's; mercurius is a bar on every row. */
const costs: Readonly<Record<string, Partial<Record<ServerName, number>>>> = {
  'list of 50': { rest: 1.5, apollo: 0.35 },
  'oldest 50': { rest: 1.5, apollo: 0.35 },
  'one call': { rest: 1.6, apollo: 0.55 },
  'twenty aliases': { rest: 1.1, apollo: 0.6 },
  'Restcomm JSON': { rest: 1.25, apollo: 0.4 },
};

export function judgeCosts(results: Results): Verdict[] {
  const variants = [...results].flatMap(([work, row]) =>
    (['with metrics', 'embedded'] as const)
      .filter((name) => row.facade !== undefined && row[name] !== undefined)
      .map((name) => ({ of: `${work} ${name} / facade`, reached: ratio(row, name, 'facade'), bar: 1.03 })),
  );
  const others = [...results].flatMap(([work, row]) =>
    Object.entries({ ...costs[work], mercurius: 1 })
      .filter(([to]) => row.facade !== undefined && row[to as ServerName] !== undefined)
      .map(([to, bar]) => ({ of: `${work} / ${to}`, reached: ratio(row, 'facade', to as ServerName), bar })),
  );
  return [...others, ...variants];
}

export function judgeStart({ median }: { median: number }): Verdict[] {
  return [{ of: 'start: milliseconds to the first answer', reached: median, bar: 1_000 }];
}

export function judgeMemory({ after, growth }: Memory): Verdict[] {
  return [
    { of: 'memory: MB after the load', reached: after, bar: 200 },
    { of: 'memory: last quarter of the load / second quarter', reached: growth, bar: 1.05 },
  ];
}

/** Of latencies the median over the rounds; what got no answer counts in each. */
export function judgePressure(pressure: Pressure): Verdict[] {
  const slower = medianOf(pressure.map(({ light, heavy }) => heavy.p99 / light.p99));
  const unanswered = Math.max(...pressure.map(({ heavy }) => heavy.unanswered / heavy.offered));
  return [
    { of: 'pressure: p99 served at twice the capacity / unloaded', reached: slower, bar: 3 },
    { of: 'pressure: share that got no answer in time', reached: unanswered, bar: 0 },
  ];
}

export function judgeProxy({ proxied, direct }: Proxied): Verdict[] {
  return [{ of: 'proxy: milliseconds added to a callback (p50)', reached: proxied - direct, bar: 3 }];
}

/** One line per bar: what was reached, and what should be. */
export function toVerdicts(verdicts: readonly Verdict[]): string {
  const width = Math.max(...verdicts.map(({ of }) => of.length));
  const lines = verdicts.map((verdict) => {
    const { of, reached, bar } = verdict;
    const shown = `${of.padEnd(width)}  ${reached.toFixed(2).padStart(8)}  at most ${bar}`;
    return isMet(verdict) ? `  met     ${shown}` : `! NOT MET ${shown}`;
  });
  const missed = verdicts.filter((each) => !isMet(each)).length;
  return [...lines, missed === 0 ? 'ALL BARS MET' : `${missed} OF ${verdicts.length} BARS NOT MET`].join(
    '\n',
  );
}

/** What is no number has not been reached. */
function isMet({ reached, bar }: Verdict): boolean {
  return reached <= bar;
}
