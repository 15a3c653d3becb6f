import type { ZodType } from 'zod';
import type { CallEnd } from '../generated/schema.ts';
import type { AccountObserver } from '../runtime/request-observer.ts';
import type { CallMarks } from '../store/call-marks.ts';
import type { TakeTurn } from '../store/take-turn.ts';
import type { Account } from './account.ts';
import type { AccountHealth } from './account-health.ts';
import type { Call } from './call.ts';
import type { CallHint, WebhookFields } from './events/webhook.ts';
import type { NewCall, Redirect } from './new-call.ts';
import type { Operation } from './operation.ts';
import type { Page, PageRequest } from './page.ts';

/** The language of the documents of calls: Bandwidth's and Restcomm's. */
export type DocumentLanguage = 'BXML' | 'RCML';

/**
 * The port that a provider implements, for one account. It uses the domain's types only: no URL, header, status code
 * or wire body crosses it. Every method rejects with `ProviderError` and nothing else, except for bugs.
 *
 * A method is not called if `account.capabilities` lacks its capability.
 */
export interface CallsAdapter {
  readonly account: Account;
  readonly health: AccountHealth;
  /** The language of the documents that calls run; absent if the provider fetches none. */
  readonly documentLanguage?: DocumentLanguage;
  /** Whether `create` takes a document in BXML, and `replaceBxml` one for any language; false if absent. */
  readonly hostsDocuments?: boolean;

  /** Reads a call. Null when the provider has none with this id, or the id cannot be one of its ids. */
  get(providerCallId: string, operation: Operation): Promise<Call | null>;

  /** Reads the next calls of a list, exactly: see `PageRequest` and `Page`. */
  page(request: PageRequest, operation: Operation): Promise<Page>;

  /** The exact number of calls that match; null when the provider cannot count with this filter. */
  count(filter: PageRequest['filter'], operation: Operation): Promise<number | null>;

  /** Places one call with at most one POST. Rejects with OUTCOME_UNKNOWN when the POST may have been received. */
  create(call: NewCall, operation: Operation): Promise<Call>;

  /**
   * Whether the call may be the result of `create` with this input, as far as the provider's record of it shows. The
   * parties, the time and the direction are compared by the caller.
   */
  fits(call: Call, newCall: NewCall): boolean;

  /** Ends a call. CONFLICT when it has ended or, with CANCEL, was answered. */
  end(providerCallId: string, how: CallEnd, operation: Operation): Promise<void>;

  /** Makes a live call run another document. CONFLICT when it cannot. */
  redirect(providerCallId: string, redirect: Redirect, operation: Operation): Promise<void>;

  /** Mutes or unmutes a call in progress. CONFLICT when it is not in progress. */
  mute(providerCallId: string, muted: boolean, operation: Operation): Promise<void>;

  /**
   * Replaces the document that a live call runs by one in BXML that has been checked: see `checkDocument`. CONFLICT when the
   * call cannot run another one.
   */
  replaceBxml(providerCallId: string, bxml: string, operation: Operation): Promise<void>;

  /**
   * What a webhook proves of a call; null if nothing. Unknown events and fields are ignored. Absent if the provider sends
   * no webhooks.
   *
   * @throws Error if it cannot be read: a known field has another type, or the account is another one
   */
  readWebhook?(fields: WebhookFields): CallHint | null;

  /** The id of the call that a webhook is about, of any event; null if it has none. Absent if `readWebhook` is. */
  callIdOf?(fields: WebhookFields): string | null;

  /** Whether a create may place several calls, whose webhooks all come to its `statusUrl`. Absent if it never does. */
  mayFork?(call: NewCall): boolean;

  /** Waits for active requests, then releases sockets and timers. */
  close(): Promise<void>;
}

/** The part of an account's configuration that is the same for all providers. */
export interface AccountEntry {
  readonly key: string;
  readonly name: string;
  readonly limits: Limits;
  /** Whether this server hosts documents for the provider; false if absent. */
  readonly hostsDocuments?: boolean;
  /** The calls that have been muted, as all processes know them; absent if there is but one process. */
  readonly muted?: CallMarks | undefined;
}

/** Limits of the requests to one account. Times in milliseconds, sizes in bytes. */
export interface Limits {
  readonly connectTimeout: number;
  readonly headersTimeout: number;
  /** From requesting a connection to the last byte of the response. */
  readonly readDeadline: number;
  readonly maxBodyBytes: number;
  /** The most calls that may be placed per second; the provider's default when absent. */
  readonly callsPerSecond?: number;
  /** Takes a turn at placing a call among all processes that share the account; absent if there is but one. */
  readonly takeTurn?: TakeTurn | undefined;
  /** Is told of the requests; absent if nobody asks for metrics. */
  readonly observer?: AccountObserver | undefined;
  /** Whether the provider is sent the `traceparent` of each request; false when absent. */
  readonly propagateTrace?: boolean;
}

/** Creates the adapters of one provider; listed in `adapters/registry.ts`. */
export interface AdapterFactory {
  /** The schema of the provider's own keys in an account of the configuration; unknown keys are errors. */
  readonly settings: ZodType;
  /**
   * The base URL and ids by which the provider distinguishes accounts, from valid settings. The configuration refuses
   * two entries with the same identity, since they would list every call twice.
   */
  identify?(settings: unknown): readonly string[];
  /** @param settings as parsed by the schema */
  create(settings: unknown, entry: AccountEntry): CallsAdapter;
}

/** A provider that is defined outside this package, with its part of the schema. */
export interface ProviderDefinition extends AdapterFactory {
  /** The value that it adds to the enum `Provider`, such as `ACME`. Accounts name it in lower case. */
  readonly provider: string;
  /** SDL that extends the schema: the value of `Provider`, and a type `AcmeCallDetails` in the union `CallDetails`. */
  readonly typeDefs: string;
}

/** Creates a factory whose functions get settings of the type that the schema parses. */
export function createAdapterFactory<Settings>(
  settings: ZodType<Settings>,
  create: (settings: Settings, entry: AccountEntry) => CallsAdapter,
  identify?: (settings: Settings) => readonly string[],
): AdapterFactory {
  return {
    settings,
    create: (unchecked, entry) => create(settings.parse(unchecked), entry),
    ...(identify && { identify: (unchecked: unknown) => identify(settings.parse(unchecked)) }),
  };
}
