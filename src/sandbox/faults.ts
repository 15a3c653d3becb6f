import type { Received } from './journal.ts';

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

/** The rules of one carrier, which a test may change at any time. */
export interface Faults {
  /** Appends a rule and returns a function that removes it. */
  add(fault: Fault): () => void;
  clear(): void;
}

/** The result of matching a request: the sum of the latencies, and the first other fault. */
export interface FaultMatch {
  readonly delay: number;
  readonly action?: Exclude<FaultAction, { kind: 'latency' }>;
}

/** Creates the rules of one carrier. `match` is called once for each request and counts the rules' uses. */
export function createFaults(): { faults: Faults; match(request: Received): FaultMatch } {
  let rules: { fault: Fault; left: number }[] = [];
  return {
    faults: {
      add(fault) {
        const rule = { fault, left: fault.times ?? Number.POSITIVE_INFINITY };
        rules.push(rule);
        return () => {
          rules = rules.filter((other) => other !== rule);
        };
      },
      clear() {
        rules = [];
      },
    },
    match(request) {
      let delay = 0;
      for (const rule of rules) {
        if (rule.left <= 0 || !isMeant(rule.fault.when, request)) continue;
        rule.left -= 1;
        if (rule.fault.do.kind !== 'latency') return { delay, action: rule.fault.do };
        delay += rule.fault.do.ms;
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
