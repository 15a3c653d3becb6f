import type { Run } from '../../voice/run.ts';

/** An address of a request, with its method as it was given. */
export interface Address {
  readonly url: string;
  readonly method: string;
}

/** The address of a document, and the one for when it fails. */
export interface Script extends Address {
  readonly fallback?: Address | undefined;
}

/** The requests about a call. They are not part of its record. */
export interface Leg {
  /** Told the progress of the leg. */
  readonly statusCallback?: Address | undefined;
  /** Asked for RCML once the call is answered. */
  readonly script?: Script | undefined;
  /** Told the states of the call while the script runs. */
  scriptCallback?: Address | undefined;
  /** The events and states that have been told. */
  readonly told: Set<string>;
  /** The events that are told; all by default. */
  readonly events?: ReadonlySet<string> | undefined;
  /** The script that the call executes, or has executed last. */
  run?: Run | undefined;
  /** Told that the call ends. */
  readonly listeners: Set<(at: number) => void>;
}

/**
 * The requests of an incoming number, which the real server keeps with the number. Source: Restcomm-Connect,
 * incoming-phone-numbers-api, VoiceUrl and StatusCallback.
 */
export interface ConnectCallbacks {
  /** Asked for RCML when a call arrives. Without it the sandbox answers the call itself. */
  readonly voiceUrl?: string;
  readonly voiceFallbackUrl?: string;
  /** Told that an inbound call rings, is in progress and has ended. */
  readonly statusCallback?: string;
}

/** The requests of a create. StatusCallbackEvent cannot narrow the events. Source: Restcomm-Connect CallsEndpoint. */
export function toLeg(parameters: URLSearchParams): Leg {
  const statusCallback = toAddress(parameters, 'StatusCallback', 'StatusCallbackMethod');
  return { statusCallback, script: toScript(parameters), told: new Set(), listeners: new Set() };
}

/** The document of a create or an update; undefined without Url. */
export function toScript(parameters: URLSearchParams): Script | undefined {
  const script = toAddress(parameters, 'Url', 'Method');
  return script && { ...script, fallback: toAddress(parameters, 'FallbackUrl', 'FallbackMethod') };
}

/** An address given by two parameters; undefined without the first. */
export function toAddress(parameters: URLSearchParams, url: string, method: string): Address | undefined {
  const given = parameters.get(url);
  return given === null ? undefined : { url: given, method: parameters.get(method) ?? 'POST' };
}
