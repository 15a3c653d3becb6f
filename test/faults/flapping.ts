import { accountId, callId } from '../support/client-ids.ts';
import { pause } from '../support/eventually.ts';
import { createQuery, createVariables } from '../support/new-call.ts';
import type { Product } from '../support/product.ts';
import { writesIn } from '../support/writes-in.ts';

const kinds = ['reset', 'html', 'bad-json', 'half-body', 'reset-after-apply', 'hang'] as const;
type Kind = (typeof kinds)[number];

/** Which share of the requests is to be spoilt, and how; every way of it in turn when none is named. */
export interface Weather {
  readonly share: number;
  readonly kind?: Kind;
}

const sbcQuery = 'query ($ids: [ID!]) { calls(accountIds: $ids) { nodes { id } } }';

export interface Report {
  /** How many requests had this outcome; `ok` for none of the codes. */
  readonly codes: Readonly<Record<string, number>>;
  /** Milliseconds of the slowest request. */
  readonly slowest: number;
  /** Requests to the account that is well, of which none may fail. */
  readonly healthy: number;
  readonly healthyFailures: number;
  /** Milliseconds of the slowest of them. */
  readonly healthySlowest: number;
  /** Calls asked for, requests that were sent for them, and calls that the carrier has placed. */
  readonly asked: number;
  readonly sent: number;
  readonly placed: number;
  /** The most requests that were sent, and calls that were placed, for one that was asked for. */
  readonly mostSent: number;
  readonly mostPlaced: number;
}

/**
 * Reads and places calls at a Connect that is well at one moment and not at the next, and reads at an SBC
 * that is well throughout.
 *
 * @param weather so many milliseconds after the beginning
 */
export async function flap(
  product: Product,
  milliseconds: number,
  weather: (time: number) => Weather,
): Promise<Report> {
  const { connect, sbc } = product;
  sbc.add({});
  const { sid } = connect.add({});
  const began = performance.now();
  const end = began + milliseconds;
  let judged = 0;
  let chosen: Kind | undefined;
  const choose = (): Kind | undefined => {
    const { share, kind } = weather(performance.now() - began);
    judged += 1;
    return Math.random() < share ? (kind ?? kinds[judged % kinds.length]) : undefined;
  };
  for (const kind of kinds) {
    // The rules are asked in turn until one takes the request: the first one decides which it is to be.
    const when = () => {
      if (kind === kinds[0]) chosen = choose();
      return kind === chosen;
    };
    connect.faults.add({ when, do: { kind } });
  }
  const codes: Record<string, number> = {};
  let slowest = 0;
  const note = ({ code = 'ok', took }: { code: string | undefined; took: number }) => {
    codes[code] = (codes[code] ?? 0) + 1;
    slowest = Math.max(slowest, took);
  };
  const read = async () => {
    while (performance.now() < end) {
      note(await product.ask(`{ call(id: "${callId('connect', sid)}") { status } }`));
      await pause(10);
    }
  };
  let asked = 0;
  const create = async () => {
    while (performance.now() < end) {
      asked += 1;
      const idempotencyKey = asked % 2 ? `key-${asked}` : undefined;
      const to = `+1919${String(asked).padStart(7, '0')}`;
      const variables = createVariables('connect', { to, idempotencyKey });
      const answer = await product.ask(createQuery, variables);
      note(answer);
      // Whoever has a key asks again when it went wrong.
      if (answer.code !== undefined && idempotencyKey) note(await product.ask(createQuery, variables));
      await pause(30);
    }
  };
  let healthy = 0;
  let healthyFailures = 0;
  let healthySlowest = 0;
  const readHealthy = async () => {
    for (; performance.now() < end; healthy += 1) {
      const { code, took } = await product.ask(sbcQuery, { ids: [accountId('sbc')] });
      if (code !== undefined) healthyFailures += 1;
      healthySlowest = Math.max(healthySlowest, took);
      await pause(10);
    }
  };
  await Promise.all([read(), read(), create(), create(), create(), create(), readHealthy()]);
  connect.faults.clear();
  const writes = writesIn(connect.journal).map(({ body }) => new URLSearchParams(body).get('To') ?? '');
  const dialled = [...connect.calls].map(({ to }) => to).filter((to) => to.startsWith('+19190'));
  return {
    codes,
    slowest: Math.round(slowest),
    healthy,
    healthyFailures,
    healthySlowest: Math.round(healthySlowest),
    asked,
    sent: writes.length,
    placed: dialled.length,
    mostSent: mostOf(writes),
    mostPlaced: mostOf(dialled),
  };
}

function mostOf(names: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Math.max(0, ...counts.values());
}

/** Milliseconds until the account that flapped answers again, once nothing is wrong with it any more. */
export async function recovery(product: Product, most: number): Promise<number> {
  const began = performance.now();
  const sid = product.connect.calls[0]?.sid ?? '';
  const query = `{ call(id: "${callId('connect', sid)}") { status } }`;
  while (performance.now() - began < most) {
    if ((await product.ask(query)).code === undefined) break;
    await pause(50);
  }
  return Math.round(performance.now() - began);
}
