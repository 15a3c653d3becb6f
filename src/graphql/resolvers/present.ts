import type { Present } from '../../calls/new-call.ts';

/**
 * Takes every null out of a GraphQL input, however deep: below the resolvers, absent is the only way of
 * saying "not given". Also leaves graphql-js's null-prototype objects behind.
 */
export function present<T>(value: T): Present<T>;
export function present(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(present);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => (inner == null ? [] : [[key, present(inner)]])),
  );
}
