import type { Received } from './journal.ts';

/** What goes wrong. "Applied" means that the request does its work although the answer is spoilt. */
export type FaultAction =
  /** This answer instead; not applied. Without a body it is in the carrier's own words for the status. */
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    }
  /** Applied at once, answered so many real milliseconds later. Adds to any other fault. */
  | { readonly kind: 'latency'; readonly ms: number }
  /** The request is read, then the socket is reset; not applied. */
  | { readonly kind: 'reset' }
  /** Applied, then the socket is reset without an answer. */
  | { readonly kind: 'reset-after-apply' }
  /** Never answered; applied only if asked for. */
  | { readonly kind: 'hang'; readonly apply?: boolean }
  /** Applied; the announced length never comes: the socket is reset half-way through the body. */
  | { readonly kind: 'half-body' }
  /** Applied; a complete answer whose body breaks off in the middle of the text. */
  | { readonly kind: 'bad-json' }
  /** 200 with an HTML page, as from a proxy in between; not applied. */
  | { readonly kind: 'html' }
  /** Restcomm Connect: a list carries the metadata of another request. Given members replace the invented ones. */
  | JunkMetadata
  /** Applied; the body trickles. */
  | { readonly kind: 'drip'; readonly bytesPerSecond: number }
  /** 200 and a body that never ends; not applied. */
  | { readonly kind: 'endless' }
  /** Sent elsewhere; not applied. */
  | { readonly kind: 'redirect'; readonly location: string; readonly status?: number };

/** Restcomm-Connect keeps the metadata of lists in one object for all requests, so one may answer with another's. */
export interface JunkMetadata {
  readonly kind: 'junk-metadata';
  readonly page?: number;
  readonly pageSize?: number;
  readonly total?: number;
  readonly accountSid?: string;
}

/** Which requests a rule means; all when left out. */
export type FaultCondition =
  | ((request: Received) => boolean)
  | { readonly method?: string; readonly path?: RegExp };

/** A rule: the requests meant, how many of them at most, and what happens to them. */
export interface Fault {
  readonly when?: FaultCondition;
  readonly times?: number;
  readonly do: FaultAction;
}

/** The faults of one carrier, changed by a test while it runs. */
export interface Faults {
  /** Adds a rule behind the others and answers with the way to take it out again. */
  add(fault: Fault): () => void;
  clear(): void;
}

/** What the rules say about one request: the latencies added up, and the first other fault. */
export interface Verdict {
  readonly delay: number;
  readonly action?: Exclude<FaultAction, { kind: 'latency' }>;
}

/** A rule book, and the question put to it once per request (which uses the rules up). */
export function createFaults(): { faults: Faults; judge(request: Received): Verdict } {
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
    judge(request) {
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
