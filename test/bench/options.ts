import { parseArgs } from 'node:util';
import { type ServerName, servers } from './servers.ts';
import { type Work, works } from './works.ts';

export const parts = ['rows', 'costs', 'start', 'memory', 'pressure', 'proxy'] as const;
export type Part = (typeof parts)[number];

export interface Options {
  readonly only: readonly Part[];
  readonly works: readonly Work[];
  readonly servers: readonly ServerName[];
  readonly rounds: number;
  /** Of one measurement on many connections. */
  readonly milliseconds: number;
  /** Milliseconds before the upstream answers. */
  readonly latency: number;
  /** How long memory is watched, in seconds. */
  readonly loadSeconds: number;
  readonly starts: number;
  /** Where the figures are written, as JSON. */
  readonly out: string;
  /** What time it is to all servers; their lists have the week before it. */
  readonly at: string;
  /** Options of node's own for the facade. */
  readonly node: readonly string[];
}

/**
 * `npm run bench -- --only costs,start --rounds 3 --milliseconds 500 --works 'list of 50,one call'
 * --servers rest,facade --latency 5 --load-seconds 60 --starts 7 --at 2026-10-31T12:00Z
 * --out bench.json '--node=--cpu-prof'`
 *
 * @throws Error that names the choices where something is asked for that there is not
 */
export function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', default: parts.join() },
      works: { type: 'string', default: '' },
      servers: { type: 'string', default: servers.join() },
      rounds: { type: 'string', default: '7' },
      milliseconds: { type: 'string', default: '400' },
      latency: { type: 'string', default: '0' },
      'load-seconds': { type: 'string', default: '60' },
      starts: { type: 'string', default: '7' },
      out: { type: 'string', default: 'dist/bench.json' },
      at: { type: 'string', default: new Date().toISOString() },
      node: { type: 'string', default: '' },
    },
  });
  const names = works.map(({ name }) => name);
  const chosen = values.works === '' ? names : among(names, values.works.split(','));
  return {
    only: among(parts, values.only.split(',')),
    works: works.filter(({ name }) => chosen.includes(name)),
    servers: among(servers, values.servers.split(',')),
    rounds: Number(values.rounds),
    milliseconds: Number(values.milliseconds),
    latency: Number(values.latency),
    loadSeconds: Number(values['load-seconds']),
    starts: Number(values.starts),
    out: values.out,
    at: values.at,
    node: values.node === '' ? [] : values.node.split(' '),
  };
}

function among<Name extends string>(known: readonly Name[], asked: readonly string[]): Name[] {
  const unknown = asked.filter((each) => !known.includes(each as Name));
  if (unknown.length > 0) throw new Error(`${unknown.join()}: must be among ${known.join()}`);
  return asked as Name[];
}
