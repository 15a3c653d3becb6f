import { setTimeout as sleep } from 'node:timers/promises';
import type { Offer, Offered } from './generator/main.ts';
import { load } from './load.ts';
import type { Options } from './options.ts';
import { ServerProcess } from './server-process.ts';
import { startServer, type Upstream } from './servers.ts';

/** One heavy load and the light one directly before it. */
export interface Round {
  /** Requests per second that the facade answers 32 clients who each wait for their answer. */
  readonly capacity: number;
  readonly light: Offered;
  readonly heavy: Offered;
}

export type Pressure = readonly Round[];

/** The machine may be busy with something else in one of them. */
const rounds = 5;

/** Parts of the capacity. */
const share = { light: 0.15, heavy: 2 };

/**
 * What becomes of a load that does not wait for answers, at a part of what the facade can do and at twice
 * as much. Each is a process of its own that says what it saw.
 */
export async function press({ origin }: Upstream, { works, node }: Options): Promise<Pressure> {
  const [work] = works;
  if (work === undefined) throw new Error('no work to be done');
  const facade = await startServer('facade', origin, node);
  try {
    const often = { origin: facade.origin, connections: 32, client: work.graphql };
    await load({ ...often, milliseconds: 4_000 });
    const port = Number(new URL(facade.origin).port);
    const pressure: Round[] = [];
    while (pressure.length < rounds) {
      // Whoever was turned away was told to wait for so long.
      await sleep(1_000);
      const { requests, seconds } = await load({ ...often, milliseconds: 3_000 });
      const capacity = requests / seconds;
      const press = (share: number) =>
        offer({ port, work: work.name, perSecond: share * capacity, seconds: 5 });
      pressure.push({ capacity, light: await press(share.light), heavy: await press(share.heavy) });
    }
    return pressure;
  } finally {
    await facade.process.stop();
  }
}

async function offer(offered: Offer): Promise<Offered> {
  const generator = new ServerProcess({
    program: 'generator/main.js',
    arguments: [JSON.stringify(offered)],
  });
  try {
    return (await generator.firstMessage()) as Offered;
  } finally {
    await generator.stop();
  }
}

export function toPressureLines(pressure: Pressure): string {
  return pressure.map(toLines).join('\n');
}

function toLines({ capacity, light, heavy }: Round): string {
  const line = (name: string, of: Offered) =>
    `${name}: ${of.offered} offered in ${of.seconds} s, ${percent(of.served / of.offered)} served, ` +
    `${percent(of.shed / of.offered)} 503, ${of.failed} failed, ${of.unanswered} unanswered; ` +
    `p50 ${of.p50.toFixed(1)} ms, p99 ${of.p99.toFixed(1)} ms; ` +
    `${of.connections} connections; generator late by ${of.late.toFixed(1)} ms (p99), busy ${percent(of.busy)}` +
    (of.late > of.p99 / 2 ? '\n  NOT TO BE RELIED ON: the generator was as slow as what it measured' : '');
  return `capacity: ${capacity.toFixed(0)} requests per second\n${line('light', light)}\n${line('heavy', heavy)}`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
