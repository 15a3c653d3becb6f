import type { CarrierServer } from '../server.ts';
import type { Callees } from '../voice/callees.ts';
import type { Transcript } from '../voice/transcript.ts';
import type { Webhooks } from '../webhooks/create-webhooks.ts';
import type { BandwidthCall } from './call.ts';
import type { BandwidthCallbacks } from './call-hooks.ts';

/** An emulated Bandwidth Voice API with its token endpoint, for one account and one application. */
export interface BandwidthCarrier extends CarrierServer {
  /** `http://127.0.0.1:PORT/api/v2` */
  readonly baseUrl: string;
  /** `http://127.0.0.1:PORT/api/v1/oauth2/token` */
  readonly tokenUrl: string;
  readonly accountId: string;
  readonly applicationId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly username: string;
  readonly password: string;
  /** Valid credentials without access to the voice API: 403. */
  readonly forbiddenUsername: string;
  readonly forbiddenPassword: string;
  /** The current calls, oldest first, including those whose retention has expired. */
  readonly calls: readonly Readonly<BandwidthCall>[];
  /** Adds a call with the given members and defaults for the rest. It changes only when it is updated. */
  add(call: Partial<BandwidthCall>): Readonly<BandwidthCall>;
  /**
   * An inbound call with the given members arrives now, and goes its way with its webhooks. The caller hangs up `talks`
   * milliseconds after the sandbox would have answered it; two minutes by default.
   */
  arrive(call?: Partial<BandwidthCall>, talks?: number): Readonly<BandwidthCall>;
  /** Changes members of a call. Its position in lists does not change. */
  change(callId: string, members: Partial<BandwidthCall>): void;
  remove(callId: string): boolean;
  clear(): void;
  /** Revokes all tokens. */
  revokeTokens(): void;
  readonly webhooks: Webhooks;
  /** What the people at the far end do. */
  readonly callees: Callees;
  /** What calls with a script said, heard and did. */
  readonly transcript: Transcript;
  /** The webhooks of the application; a change applies to calls that arrive afterwards. */
  callbacks: BandwidthCallbacks;
}
