import { writeFileSync } from 'node:fs';
import { compareCosts } from './costs.ts';
import { watchMemory } from './memory.ts';
import { type Part, readOptions } from './options.ts';
import { press, toPressureLines } from './pressure.ts';
import { measureProxy } from './proxy.ts';
import { countRows } from './rows.ts';
import { startUpstream } from './servers.ts';
import { measureStart } from './start-up.ts';
import { toTable } from './table.ts';
import {
  judgeCosts,
  judgeMemory,
  judgePressure,
  judgeProxy,
  judgeStart,
  toVerdicts,
  type Verdict,
} from './verdicts.ts';

/** `npm run bench`: what a request costs, how soon the facade is there, what memory it takes, what it does under pressure. */
const options = readOptions();
const verdicts: Verdict[] = [];
const figures: Record<string, unknown> = {};
process.env.BENCH_AHEAD = String(Date.parse(options.at) - Date.now());
const upstream = await startUpstream(options.latency);

/** Each part stands by itself. */
const parts: Readonly<Record<Part, () => Promise<void>>> = {
  async rows() {
    const areMet = countRows();
    if (!areMet) process.exitCode = 1;
    verdicts.push({ of: 'rows: whether any of the bars above is missed', reached: areMet ? 0 : 1, bar: 0 });
  },
  async costs() {
    const results = await compareCosts(upstream, options);
    figures.costs = Object.fromEntries(results);
    verdicts.push(...judgeCosts(results));
    console.log(toTable(results));
  },
  async start() {
    const start = await measureStart(upstream, options);
    figures.start = start;
    verdicts.push(...judgeStart(start));
    console.log(`start: ${start.median.toFixed(0)} ms ± ${(100 * start.spread).toFixed(0)} %`);
  },
  async memory() {
    const memory = await watchMemory(upstream, options);
    figures.memory = memory;
    verdicts.push(...judgeMemory(memory));
    const { before, after, highest } = memory;
    const shown = [before, after, highest].map((size) => `${size.toFixed(0)} MB`);
    console.log(`memory: ${shown[0]} before the load, ${shown[1]} after it, ${shown[2]} at the most`);
  },
  async pressure() {
    const pressure = await press(upstream, options);
    figures.pressure = pressure;
    verdicts.push(...judgePressure(pressure));
    console.log(toPressureLines(pressure));
  },
  async proxy() {
    const proxied = await measureProxy();
    figures.proxy = proxied;
    verdicts.push(...judgeProxy(proxied));
    const { proxied: ours, direct } = proxied;
    console.log(`proxy: ${ours.toFixed(2)} ms a callback, ${direct.toFixed(2)} ms without it (p50)`);
  },
};

try {
  for (const part of options.only) {
    console.log(`\n— ${part} —`);
    await parts[part]();
  }
  console.log(`\n— bars —\n${toVerdicts(verdicts)}`);
  writeFileSync(options.out, `${JSON.stringify({ options, verdicts, ...figures }, undefined, 2)}\n`);
} finally {
  await upstream.process.stop();
}
