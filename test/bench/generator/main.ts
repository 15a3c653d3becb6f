import { setTimeout as sleep } from 'node:timers/promises';
import type { Asked } from '../load.ts';
import { quantile } from '../statistics.ts';
import { works } from '../works.ts';
import { Connections, type Outcome } from './connections.ts';

/** What is offered: requests at random moments, so many a second in the mean. */
export interface Offer {
  readonly port: number;
  readonly work: string;
  readonly perSecond: number;
  readonly seconds: number;
}

/** What became of it. Times in milliseconds. */
export interface Offered extends Readonly<Record<Outcome, number>> {
  readonly offered: number;
  readonly seconds: number;
  /** Of what was still waiting when patience ended. */
  readonly unanswered: number;
  /** From writing a request to the last byte of a 200 without errors. */
  readonly p50: number;
  readonly p99: number;
  /** From when a request was due to when it was written, 99th percentile: the generator's own delay. */
  readonly late: number;
  /** Part of a processor that the generator used. */
  readonly busy: number;
  readonly connections: number;
}

/** Milliseconds from the first offer that are not counted: the generator, too, begins cold. */
const warmUp = 1_000;
/** Milliseconds after the last offer until what has not come counts as unanswered. */
const patience = 5_000;

/**
 * An open loop: each request is written when it is due, whatever has become of those before it, on a
 * connection that nobody uses or on another one. So a server that stalls cannot keep it from asking
 * (coordinated omission), and nothing waits in here. What the generator itself is late by is kept out of
 * the latencies and shown beside them; it must be small for them to mean anything.
 *
 * The only argument is the offer, in JSON; what came of it is told over the channel to the parent.
 */
const offer: Offer = JSON.parse(process.argv[2] ?? '{}');
const clients = Array.from({ length: 32 }, (_, i) =>
  works.find(({ name }) => name === offer.work)?.graphql(i),
);
const connections = new Connections(offer.port);
const outcomes: Record<Outcome, number> = { served: 0, shed: 0, failed: 0 };
const latencies: number[] = [];
const lateness: number[] = [];

function ask(asked: Asked, due: number, isCounted: boolean): void {
  const written = performance.now();
  if (isCounted) lateness.push(written - due);
  connections.send(asked, (outcome) => {
    if (!isCounted) return;
    outcomes[outcome] += 1;
    if (outcome === 'served') latencies.push(performance.now() - written);
  });
}

async function run(): Promise<Offered> {
  const began = performance.now() + warmUp;
  const end = began + 1000 * offer.seconds;
  let number = 0;
  for (let due = began - warmUp; due < end; due += (-1000 * Math.log(1 - Math.random())) / offer.perSecond) {
    while (due > performance.now()) await sleep(1);
    const asked = clients[number % clients.length]?.next();
    if (asked === undefined) throw new Error(`${offer.work} is no work`);
    ask(asked, due, due >= began);
    number += 1;
    // Otherwise answers would not be read while it catches up.
    if (number % 16 === 0) await new Promise(setImmediate);
  }
  const { user, system } = process.cpuUsage();
  const busy = (user + system) / 1000 / performance.now();
  while (connections.waiting > 0 && performance.now() < end + patience) await sleep(10);
  const { served, shed, failed } = outcomes;
  const sorted = Float64Array.from(latencies).sort();
  return {
    ...outcomes,
    offered: lateness.length,
    seconds: offer.seconds,
    unanswered: lateness.length - served - shed - failed,
    p50: quantile(sorted, 0.5),
    p99: quantile(sorted, 0.99),
    late: quantile(Float64Array.from(lateness).sort(), 0.99),
    busy,
    connections: connections.count,
  };
}

process.send?.(await run());
