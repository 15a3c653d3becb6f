import type { Capability, Provider } from '../generated/schema.ts';

/** One set of credentials at one provider, as configured; holds no secret. */
export interface Account {
  /** `[a-z0-9-]+`, unique in the configuration and part of global ids. */
  readonly key: string;
  readonly name: string;
  readonly provider: Provider;
  /** The provider's own identifier of the account; null where it has none (Restcomm SBC). */
  readonly providerAccountId: string | null;
  /** What its adapter can do. Anything else is refused without a request to the provider. */
  readonly capabilities: readonly Capability[];
}
