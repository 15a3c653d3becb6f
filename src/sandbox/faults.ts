import type { Received } from './journal.ts';
import { createRules, type Rules } from './rules.ts';

/** A fault to inject. "Applied" means that the carrier executes the request although the response is faulty. */
export type FaultAction =
  /** Responds with this status; not applied. The default body is the one that the carrier documents for the status. */
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    }
  /** Applied immediately; the response is delayed by so many real milliseconds. Combines with any other fault. */
  | { readonly kind: 'latency'; readonly ms: number }
  /** The request is read, then the socket is reset; not applied. */
  | { readonly kind: 'reset' }
  /** Applied, then the socket is reset without a response. */
  | { readonly kind: 'reset-after-apply' }
  /** Never responds; applied only if `apply` is set. */
  | { readonly kind: 'hang'; readonly apply?: boolean }
  /** Applied; the socket is reset after half of the announced body. */
  | { readonly kind: 'half-body' }
  /** Applied; a complete response whose JSON is truncated. */
  | { readonly kind: 'bad-json' }
  /** 200 with an HTML page, as from a proxy; not applied. */
  | { readonly kind: 'html' }
  /** Restcomm Connect: a list has the metadata of another request. */
  | JunkMetadata
  /** Applied; the body is sent slowly. */
  | { readonly kind: 'drip'; readonly bytesPerSecond: number }
  /** 200 and a body that never ends; not applied. */
  | { readonly kind: 'endless' }
  /** A redirect; not applied. */
  | { readonly kind: 'redirect'; readonly location: string; readonly status?: number };

/**
 * Restcomm-Connect shares one object with list metadata among all requests, so a response may have that of another.
 * Members that are not given have invented values.
 */
export interface JunkMetadata {
  readonly kind: 'junk-metadata';
  readonly page?: number;
  readonly pageSize?: number;
  readonly total?: number;
  readonly accountSid?: string;
}

/** The requests that a rule applies to; all by default. */
export type FaultCondition =
  | ((request: Received) => boolean)
  | { readonly method?: string; readonly path?: RegExp };

/** A rule: the requests it applies to, the maximum number of them, and the fault. */
export interface Fault {
  readonly when?: FaultCondition;
  readonly times?: number;
  readonly do: FaultAction;
}

/** The rules of one carrier for its responses. */
export type Faults = Rules<Fault>;

/** The result of matching a request: the sum of the latencies, and the first other fault. */
export interface FaultMatch {
  readonly delay: number;
  readonly action?: Exclude<FaultAction, { kind: 'latency' }>;
}

/** Creates the rules of one carrier. `match` is called once for each request and counts the rules' uses. */
export function createFaults(): { faults: Faults; match(request: Received): FaultMatch } {
  const { rules, match } = createRules<Fault, Received>(({ when }, request) => isMeant(when, request));
  return {
    faults: rules,
    match(request) {
      let delay = 0;
      for (const { do: action } of match(request)) {
        if (action.kind !== 'latency') return { delay, action };
        delay += action.ms;
      }
      return { delay };
    },
  };
}

function isMeant(condition: FaultCondition | undefined, request: Received): boolean {
  if (condition === undefined) return true;
  if (typeof condition === 'function') return condition(request);
  if (condition.method !== undefined && condition.method !== request.method) return false;
  return condition.path === undefined || request.path.search(condition.path) !== -1;
}
