import type { Capability, Provider } from '../generated/schema.ts';

/** One set of credentials at one provider, as configured; holds no secret. */
export interface Account {
  /** `[a-z0-9-]+`, unique in the configuration and part of global ids. */
  readonly key: string;
  readonly name: string;
  readonly provider: Provider;
  /** The provider's own identifier; null where it has none (Restcomm SBC). */
  readonly providerAccountId: string | null;
  /** What its adapter really does; asking for more costs no request. */
  readonly capabilities: readonly Capability[];
}
