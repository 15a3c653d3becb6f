import { z } from 'zod';

const count = z.int().positive();
/** No request is longer, so no document is. */
const longestRequest = 512 * 1024;

/**
 * What one operation may cost, and one caller in a minute. Each counts the operation as it would run, with
 * fragments put in wherever they are spread; what counts as what is said in `operation-shape.ts` and
 * `upstream-cost.ts`. The defaults let through what front ends send (a page of 500 with accounts and
 * parents, 100 `nodes`, 20 aliased `call`s, the introspection of GraphiQL) and little more.
 */
export const costSettings = z.strictObject({
  /** Bytes of the document in UTF-8, comments and white space included: all of it is read, whatever it says. */
  documentBytes: count.max(longestRequest).default(65_536),
  /** Tokens of the document: names, numbers, texts and punctuation. More than 10 000 may exhaust the stack. */
  tokens: count.max(10_000).default(2000),
  /** Fields within fields, counted from 1. The introspection query of graphql-js goes 15 deep. */
  depth: count.default(15),
  /** Fields with an alias, and fields given twice in the same braces. */
  aliases: count.default(50),
  /** Fields at the top of the operation. */
  rootFields: count.default(30),
  /** Those of a mutation, but for `__typename`: each places or changes a call. */
  changes: count.default(10),
  /** Directives, such as `@include`. */
  directives: count.default(50),
  /** Fragments of the document, in place or spread, as often as they are written. */
  fragments: count.default(300),
  /** Calls and accounts in the answer: `first` times nesting. */
  nodes: count.default(5000),
  /** Requests to providers, estimated: one for each page of an account, each call looked up, each parent. */
  requests: count.default(1000),
  /**
   * Points that a caller may spend in a minute, saved up for a minute at most. An operation costs 1 point,
   * 1 more per request to a provider, and 1 more per 100 nodes.
   */
  pointsPerMinute: count.optional(),
});

export type CostSettings = z.output<typeof costSettings>;

/** For callers that are told apart. A bucket shared by everyone would let one lock out all others. */
export const defaultPointsPerMinute = 6000;
