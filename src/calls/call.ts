import type {
  CallDetails,
  CallDirection,
  CallEndReason,
  CallError,
  CallStatus,
  Money,
  Provider,
} from '../generated/schema.ts';
import type { Account } from './account.ts';

/**
 * A time as RFC 3339 in UTC with exactly three decimals, `2026-11-21T06:20:00.000Z`: the form of the DateTime scalar.
 * Sorted as text, instants are in the order of time.
 */
export type Instant = string;

/**
 * A call at any provider. Null means "not yet" or "not known to the provider": `schema/call.graphql` says which, for
 * each field and provider.
 */
export interface Call {
  readonly account: Account;
  readonly providerCallId: string;
  readonly from: string;
  readonly to: string;
  readonly direction: CallDirection;
  readonly status: CallStatus;
  /** The provider's word for the direction, as sent; null where it gives none. */
  readonly providerDirection: string | null;
  /** The provider's word for the status, as sent. */
  readonly providerStatus: string;
  readonly createdAt: Instant | null;
  readonly startedAt: Instant | null;
  readonly answeredAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly updatedAt: Instant | null;
  /** Whole seconds. */
  readonly duration: number | null;
  readonly endReason: CallEndReason | null;
  readonly providerEndReason: string | null;
  readonly error: CallError | null;
  readonly price: Money | null;
  readonly callerName: string | null;
  /** The provider's id of the call that this is a leg of, in the same account. */
  readonly parentId: string | null;
  readonly details: Details;
}

/** The fields of a call that only its provider has. */
export type Details = CallDetails & { readonly provider: Provider };
