import type { Run } from '../voice/run.ts';
import type { Credentials } from '../webhooks/webhook.ts';
import type { Members } from './body-rules.ts';

/** An address of a webhook. */
export interface Target {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly credentials?: Credentials | undefined;
}

/** The addresses of a webhook that is answered with BXML. */
export interface ScriptTarget extends Target {
  /** Tried once if the first address does not answer with 2xx. */
  readonly fallback?: Target | undefined;
}

/** The webhooks of a call. They are not part of its record. */
export interface CallHooks {
  readonly answer?: ScriptTarget | undefined;
  readonly disconnect?: Target | undefined;
  /** How long an application may take to respond, in milliseconds. */
  readonly timeout: number;
  /** The name of the event that tells the end; `disconnect` by default. */
  readonly endEvent?: string;
  /** The members that the events of a leg of a Transfer have besides. */
  readonly leg?: Readonly<Record<string, string>>;
  tag?: string | undefined;
  /** The script that the call executes, or has executed last. */
  run?: Run | undefined;
  /** What a StartRecording has begun. */
  recording?: { stop(at: number): void } | undefined;
  /** Told that the call ends. */
  readonly listeners: Set<(at: number) => void>;
}

/** callbackTimeout by default, in seconds. Documented. */
export const CALLBACK_TIMEOUT_SECONDS = 15;

/** The webhooks of a create. Source: Bandwidth spec, createCall. */
export function toHooks(body: Members): CallHooks {
  const timeout = typeof body.callbackTimeout === 'number' ? body.callbackTimeout : CALLBACK_TIMEOUT_SECONDS;
  return {
    answer: toScriptTarget(body, 'answer'),
    disconnect: toTarget(body, 'disconnect', 'username', 'password'),
    timeout: timeout * 1000,
    tag: toTag(body.tag),
    listeners: new Set(),
  };
}

/** The addresses of an event such as `answer` or `redirect`; undefined without a URL. */
export function toScriptTarget(body: Members, name: string): ScriptTarget | undefined {
  const target = toTarget(body, name, 'username', 'password');
  const fallback = toTarget(body, `${name}Fallback`, 'fallbackUsername', 'fallbackPassword');
  return target === undefined ? undefined : { ...target, fallback };
}

/** An empty tag clears it. */
export function toTag(tag: unknown): string | undefined {
  return typeof tag === 'string' && tag !== '' ? tag : undefined;
}

function toTarget(body: Members, name: string, username: string, password: string): Target | undefined {
  const url = body[`${name}Url`];
  if (typeof url !== 'string') return undefined;
  const method = body[`${name}Method`] === 'GET' ? 'GET' : 'POST';
  return { url, method, credentials: toCredentials(body[username], body[password]) };
}

/** The credentials of an address; undefined if it has none. */
export function toCredentials(username: unknown, password: unknown): Credentials | undefined {
  if (typeof username !== 'string' && typeof password !== 'string') return undefined;
  return { username: String(username ?? ''), password: String(password ?? '') };
}

/**
 * The webhooks of the application for inbound calls: a setting of the real carrier's dashboard. Source: Bandwidth
 * voice applications, CallInitiatedCallbackUrl, CallStatusCallbackUrl and CallbackCreds.
 */
export interface BandwidthCallbacks {
  /** Asked for BXML when a call arrives. Without it the sandbox answers the call itself. */
  readonly initiateUrl?: string;
  readonly initiateFallbackUrl?: string;
  /** Told the end of inbound calls. */
  readonly statusUrl?: string;
  readonly username?: string;
  readonly password?: string;
}
