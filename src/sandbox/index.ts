/**
 * The public interface of the sandbox: emulators of the carriers' HTTP APIs on loopback sockets. Behaviour that the
 * carriers' documentation leaves open is listed in assumptions.ts.
 */
export type { BandwidthCall } from './bandwidth/call.ts';
export type { BandwidthCallbacks } from './bandwidth/call-hooks.ts';
export type { BandwidthCarrier } from './bandwidth/carrier.ts';
export type { BandwidthOptions } from './bandwidth/carrier-context.ts';
export { startBandwidth } from './bandwidth/index.ts';
export { type Clock, createManualClock, type ManualClock, systemClock } from './clock.ts';
export type { Fault, FaultAction, FaultCondition, Faults, JunkMetadata } from './faults.ts';
export type { Journal, Received } from './journal.ts';
export type { GivenCall, RestcommCall } from './restcomm/call.ts';
export type { ConnectCarrier } from './restcomm/connect/carrier.ts';
export type { ConnectOptions } from './restcomm/connect/carrier-context.ts';
export { startConnect } from './restcomm/connect/index.ts';
export type { ConnectCallbacks } from './restcomm/connect/leg.ts';
export type { SbcOptions } from './restcomm/sbc/carrier-context.ts';
export { type SbcCarrier, startSbc } from './restcomm/sbc/index.ts';
export type { Reply } from './send-reply.ts';
export { type CarrierServer, startServer } from './server.ts';
export {
  type Sandbox,
  type SandboxCallbacks,
  type SandboxOptions,
  sandboxKeys,
  startSandbox,
} from './start-sandbox.ts';
export type { CalleeScript, Callees, Turn } from './voice/callees.ts';
export type { Transcript, TranscriptLine, Voice } from './voice/transcript.ts';
export type { Webhooks } from './webhooks/create-webhooks.ts';
export type { Delivery, Webhook } from './webhooks/webhook.ts';
export type { WebhookCondition, WebhookFault, WebhookFaultAction } from './webhooks/webhook-faults.ts';
