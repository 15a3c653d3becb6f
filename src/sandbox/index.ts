/** The carriers emulated over real sockets. What was chosen where their documentation is silent: choices.ts. */
export type { BandwidthCall } from './bandwidth/call.ts';
export { type BandwidthCarrier, startBandwidth } from './bandwidth/index.ts';
export type { BandwidthOptions } from './bandwidth/setting.ts';
export { type Clock, createManualClock, type ManualClock, systemClock } from './clock.ts';
export type { Fault, FaultAction, FaultCondition, Faults, JunkMetadata } from './faults.ts';
export type { Journal, Received } from './journal.ts';
export type { GivenCall, RestcommCall } from './restcomm/call.ts';
export { type ConnectCarrier, startConnect } from './restcomm/connect/index.ts';
export type { ConnectOptions } from './restcomm/connect/setting.ts';
export { type SbcCarrier, startSbc } from './restcomm/sbc/index.ts';
export type { SbcOptions } from './restcomm/sbc/setting.ts';
export { type Sandbox, type SandboxOptions, sandboxKeys, startSandbox } from './start-sandbox.ts';
