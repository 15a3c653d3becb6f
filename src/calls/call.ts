import type { CallDetails, Provider, Call as SchemaCall } from '../generated/schema.ts';
import type { Account } from './account.ts';

/**
 * A time as RFC 3339 in UTC with exactly three decimals, `2026-11-21T06:20:00.000Z`: the form of the DateTime scalar.
 * Sorted as text, instants are in the order of time.
 */
export type Instant = string;

/** The fields of the schema's call that are no objects of their own. */
type CallFields = Omit<SchemaCall, 'id' | 'account' | 'provider' | 'parent' | 'details' | 'timeline'>;

/**
 * A call at any provider. Null means "not yet" or "not known to the provider": `schema/call.graphql` says which, for
 * each field and provider.
 */
export interface Call extends Required<CallFields> {
  readonly account: Account;
  /** The provider's id of the call that this is a leg of, in the same account. */
  readonly parentId: string | null;
  readonly details: Details;
}

/** The fields of a call that only its provider has. */
export type Details = CallDetails & { readonly provider: Provider };
