import type { ZodType } from 'zod';
import type { CallEnd } from '../generated/schema.ts';
import type { Account } from './account.ts';
import type { Call } from './call.ts';
import type { NewCall, Redirect } from './new-call.ts';
import type { Operation } from './operation.ts';
import type { Page, PageRequest } from './page.ts';

/**
 * The port: what the facade needs of a provider, for one account. It speaks the domain's types only
 * (no URL, header, status code or wire body crosses it) and rejects with `ProviderError` alone.
 *
 * Methods whose capability `account.capabilities` lacks are never called.
 */
export interface CallsAdapter {
  readonly account: Account;

  /** The call, or null when the provider knows none by this id (or the id cannot be one of its ids). */
  get(providerCallId: string, operation: Operation): Promise<Call | null>;

  /** The next calls of a list. See `PageRequest` for the promise. */
  page(request: PageRequest, operation: Operation): Promise<Page>;

  /** How many calls match, exactly; null where the provider cannot tell for this filter. */
  count(filter: PageRequest['filter'], operation: Operation): Promise<number | null>;

  /** Places one call by one POST. What came of an unanswered POST is OUTCOME_UNKNOWN. */
  create(call: NewCall, operation: Operation): Promise<Call>;

  /**
   * Whether nothing that the provider shows of the call speaks against its having been placed by `create` for this
   * input. The parties, the time and the direction are compared elsewhere.
   */
  fits(call: Call, newCall: NewCall): boolean;

  /** Ends a call. CONFLICT when it is over, or, for CANCEL, answered. */
  end(providerCallId: string, how: CallEnd, operation: Operation): Promise<void>;

  /** Sends a live call to another document. */
  redirect(providerCallId: string, redirect: Redirect, operation: Operation): Promise<void>;

  /** Mutes or unmutes a call in progress. */
  mute(providerCallId: string, muted: boolean, operation: Operation): Promise<void>;

  /** Replaces the document that a live call runs. INVALID_INPUT, before anything is sent, when it is not one. */
  replaceBxml(providerCallId: string, bxml: string, operation: Operation): Promise<void>;

  /** Lets go of sockets and timers; requests under way end first. */
  close(): Promise<void>;
}

/** What the configuration says of an account besides the provider's own settings. */
export interface AccountEntry {
  readonly key: string;
  readonly name: string;
  readonly limits: Limits;
}

/** Times in milliseconds, sizes in bytes. */
export interface Limits {
  readonly connectTimeout: number;
  readonly headersTimeout: number;
  readonly readDeadline: number;
  readonly maxBodyBytes: number;
  /** How many calls may be placed in a second; the provider's default when absent. */
  readonly callsPerSecond?: number;
}

/** A provider as `adapters/registry.ts` lists it. */
export interface AdapterFactory {
  /** Checks the provider's own keys of an entry in the accounts file; unknown keys are errors. */
  readonly settings: ZodType;
  /**
   * What tells the provider's accounts apart, of settings that passed: the base URL and ids. Two entries with the same
   * would list every call twice.
   */
  identify?(settings: unknown): readonly string[];
  create(settings: unknown, entry: AccountEntry): CallsAdapter;
}

/** Ties a settings schema to the adapter made of what it lets through. */
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
