import type { Present } from '../../calls/new-call.ts';

/**
 * Removes every null from a GraphQL input, at any depth: below the resolvers, absence is the only way to say "not
 * given". Also replaces the null-prototype objects of graphql-js with ordinary ones.
 */
export function withoutNulls<T>(value: T): Present<T>;
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => (inner == null ? [] : [[key, withoutNulls(inner)]])),
  );
}
