import type { Connection } from '../../src/calls/lists/connection.ts';
import type { AccountCallsArgs } from '../../src/generated/schema.ts';
import { decodeCursor, encodeCursor } from '../../src/graphql/relay/cursor.ts';
import { toListRequest } from '../../src/graphql/resolvers/to-list-request.ts';
import { accountsOf, callsOf, type Place } from './world.ts';

export interface Step {
  readonly keys: readonly string[];
  readonly cursor: string | null;
  readonly hasMore: boolean;
  readonly hasEarlier: boolean;
}

export interface Walk {
  readonly order: 'NEWEST_FIRST' | 'OLDEST_FIRST';
  readonly direction: 'forward' | 'backward';
  readonly sizes: readonly number[];
  readonly filter?: AccountCallsArgs['filter'];
  /** What happens to the carriers between two pages. */
  readonly between?: (page: number) => void;
  /** What a client (or time) does to the cursor's hints. */
  readonly spoil?: (hint: string, page: number) => string;
  readonly requestsPerList?: number;
  /** Does not ask whether there is anything before a page: that costs requests of its own. */
  readonly onlyForward?: boolean;
}

const mostPages = 2_000;

/** Walks a connection to its end, each page as a client would ask for it, cursors and all. */
export async function walk(places: readonly Place[], plan: Walk): Promise<Step[]> {
  const steps: Step[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < mostPages; page += 1) {
    const step: Step = await takeStep(places, plan, cursor, plan.sizes[page % plan.sizes.length] as number);
    steps.push(step);
    if (!step.hasMore) return steps;
    if (step.cursor === null) throw new Error('There is more, but no cursor to go on with.');
    if (step.cursor === cursor) throw new Error('The walk does not move.');
    cursor = plan.spoil
      ? spoilHints(places, plan, step.cursor, (hint) => plan.spoil?.(hint, page) ?? hint)
      : step.cursor;
    plan.between?.(page);
  }
  throw new Error(`The walk has not ended after ${mostPages} pages.`);
}

async function takeStep(
  places: readonly Place[],
  plan: Walk,
  cursor: string | null,
  size: number,
): Promise<Step> {
  const isForward = plan.direction === 'forward';
  const args = argsOf(plan, isForward ? { first: size, after: cursor } : { last: size, before: cursor });
  const calls = callsOf(places, plan.requestsPerList);
  const connection: Connection = await calls.list(toListRequest(accountsOf(places), args));
  const failed = connection.unavailable[0];
  if (failed) throw failed.failure;
  const keys = connection.calls.map((call) => `${call.account.key}:${call.providerCallId}`);
  const place = isForward ? connection.end : connection.start;
  return {
    keys: isForward ? keys : keys.reverse(),
    cursor: place && encodeCursor(connection.scope, place),
    hasMore: await (isForward ? connection.hasNextPage() : connection.hasPreviousPage()),
    hasEarlier:
      !plan.onlyForward && (await (isForward ? connection.hasPreviousPage() : connection.hasNextPage())),
  };
}

function argsOf(plan: Walk, window: Partial<AccountCallsArgs>): AccountCallsArgs {
  return { orderBy: plan.order, filter: plan.filter ?? null, ...window } as AccountCallsArgs;
}

function spoilHints(
  places: readonly Place[],
  plan: Walk,
  cursor: string,
  spoil: (hint: string) => string,
): string {
  const scope = toListRequest(accountsOf(places), argsOf(plan, {}));
  const { hints, ...place } = decodeCursor(scope, cursor, 'after');
  if (hints === undefined) return cursor;
  const spoilt = new Map([...hints].map(([account, hint]) => [account, spoil(hint)]));
  return encodeCursor(scope, { ...place, hints: spoilt });
}
