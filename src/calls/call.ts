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
 * A moment as RFC 3339 in UTC with exactly three decimals, `2026-11-21T06:20:00.000Z`:
 * what the DateTime scalar prints, and a form whose text order is the order in time.
 */
export type Instant = string;

/**
 * One call, whichever provider carries it. Null says "not yet" or "the provider does not tell";
 * the descriptions in `schema/call.graphql` say which, provider by provider.
 */
export interface Call {
  readonly account: Account;
  readonly providerCallId: string;
  readonly from: string;
  readonly to: string;
  readonly direction: CallDirection;
  readonly status: CallStatus;
  /** The provider's word for the direction, untouched; null where it gives none. */
  readonly providerDirection: string | null;
  /** The provider's word for the status, untouched. */
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
  /** The provider's id of the call whose leg this is, in the same account. */
  readonly parentId: string | null;
  readonly details: Details;
}

/** What only its provider tells of a call. */
export type Details = CallDetails & { readonly provider: Provider };
