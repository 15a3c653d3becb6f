import type { CarrierServer } from '../../server.ts';
import type { Callees } from '../../voice/callees.ts';
import type { Transcript } from '../../voice/transcript.ts';
import type { Webhooks } from '../../webhooks/create-webhooks.ts';
import type { GivenCall, RestcommCall } from '../call.ts';
import type { ConnectCallbacks } from './leg.ts';

/** An emulated Restcomm Connect. */
export interface ConnectCarrier extends CarrierServer {
  /** `http://127.0.0.1:PORT/restcomm/2012-04-24` */
  readonly baseUrl: string;
  readonly accountSid: string;
  readonly authToken: string;
  /** Accepted as user name too. */
  readonly email: string;
  /** The current calls of all accounts, oldest first. */
  readonly calls: readonly Readonly<RestcommCall>[];
  /** Adds a call with the given members and defaults for the rest. It changes only when it is modified. */
  add(call: GivenCall): Readonly<RestcommCall>;
  /**
   * An inbound call with the given members arrives now, and goes its way with its callbacks. The caller hangs up `talks`
   * milliseconds after the sandbox would have answered it; two minutes by default.
   */
  arrive(call?: GivenCall, talks?: number): Readonly<RestcommCall>;
  /** Changes members of a call. */
  change(sid: string, members: GivenCall): void;
  remove(sid: string): boolean;
  clear(): void;
  readonly webhooks: Webhooks;
  /** What the people at the far end do. */
  readonly callees: Callees;
  /** What calls with a script said, heard and did. */
  readonly transcript: Transcript;
  /** The requests of the incoming numbers; a change applies to calls that arrive afterwards. */
  callbacks: ConnectCallbacks;
}
