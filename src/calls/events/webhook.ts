import type { Call, Instant } from '../call.ts';

/** The fields of a webhook by name, whether it came as JSON, as a form or as a query. Null means absent. */
export type WebhookFields = Readonly<Record<string, unknown>>;

/** What a webhook proves of a call. */
export interface CallHint {
  /** The call as far as the webhook shows it: what it does not show is null, empty or UNKNOWN. */
  readonly call: Call;
  /** When the call came into this state, if the webhook tells. */
  readonly occurredAt?: Instant | undefined;
  /** Whether it proves that the call has ended, but not how or when, so that the call has to be read. */
  readonly isPartial?: boolean;
}
