import type { Account } from '../../calls/account.ts';
import type { Call } from '../../calls/call.ts';
import { ProviderError } from '../../calls/failure.ts';
import type { NewCall } from '../../calls/new-call.ts';

/** Which voice application a call is placed for: the one that it names, or else the account's. */
export class Application {
  readonly #account: Account;
  readonly #configured: string | undefined;

  constructor(account: Account, configured: string | undefined) {
    this.#account = account;
    this.#configured = configured;
  }

  /** @throws ProviderError INVALID_INPUT where there is none */
  of(call: NewCall): string {
    const applicationId = this.#find(call);
    if (applicationId !== undefined) return applicationId;
    throw new ProviderError(
      'INVALID_INPUT',
      `${this.#account.name} has no application configured, so the call must name one.`,
      { field: ['input', 'bandwidth', 'applicationId'] },
    );
  }

  /**
   * Whether a call may have been placed for it: calls show their application (Bandwidth spec, callState). An attempt
   * from before the account's was changed finds none, and stays unknown.
   */
  fits({ details }: Call, newCall: NewCall): boolean {
    const shown = details.__typename === 'BandwidthCallDetails' ? details.applicationId : null;
    return shown == null || shown.toLowerCase() === this.#find(newCall)?.toLowerCase();
  }

  #find({ bandwidth = {} }: NewCall): string | undefined {
    return bandwidth.applicationId || this.#configured;
  }
}
