import { z } from 'zod';

const count = z.int().positive();
/** Lexical tokens of the longest document. More may exhaust the stack of the parser. */
export const maxTokens = 10_000;
/** Bytes of the longest request body, and so of the longest document. */
export const maxRequestBytes = 512 * 1024;

/**
 * `cost` of the accounts file: what one operation may cost, and one caller in a minute. Operations are counted as
 * they are executed, with fragments expanded wherever they are spread; `operation-figures.ts` and the
 * directives of the schema define what is counted. The defaults allow what front ends send (a page of 500 with accounts and parents,
 * 100 `nodes`, 20 aliased `call`s, the introspection query of GraphiQL) and little more.
 */
export const costSettings = z.strictObject({
  /** Bytes of the document in UTF-8, including comments and white space. */
  documentBytes: count.max(maxRequestBytes).default(65_536),
  /** Lexical tokens of the document. */
  tokens: count.max(maxTokens).default(2000),
  /** Depth of nested fields; root fields are 1. The introspection query of graphql-js is 15 deep. */
  depth: count.default(15),
  /** Fields with an alias, and fields that a selection set contains twice. */
  aliases: count.default(50),
  /** Root fields of the operation. */
  rootFields: count.default(30),
  /** Root fields of a mutation without `__typename`: each places or changes a call. */
  changes: count.default(10),
  /** Directives, such as `@include`. */
  directives: count.default(50),
  /** Inline fragments and fragment spreads. */
  fragments: count.default(300),
  /** Calls and accounts in the response: `first` multiplied along the nesting. */
  nodes: count.default(5000),
  /** Estimated requests to providers: one for each page of an account, each call looked up, each parent. */
  requests: count.default(1000),
  /**
   * Points that a caller may spend in a minute; unspent points are kept for one minute. An operation costs 1 point,
   * 1 more per request to a provider, and 1 more per 100 nodes.
   */
  pointsPerMinute: count.optional(),
});

export type CostSettings = z.output<typeof costSettings>;

/** The default where callers are authenticated. A bucket shared by everyone would let one caller lock out all others. */
export const defaultPointsPerMinute = 6000;
