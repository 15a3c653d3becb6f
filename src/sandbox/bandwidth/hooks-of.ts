import type { BandwidthCall } from './call.ts';
import {
  CALLBACK_TIMEOUT_SECONDS,
  type CallHooks,
  type ScriptTarget,
  type Target,
  toCredentials,
} from './call-hooks.ts';
import type { CarrierContext } from './carrier-context.ts';

/** The webhooks of a call: those of its create, or of the application for an inbound call. */
export function hooksOf(context: CarrierContext, call: BandwidthCall): CallHooks {
  const known = context.hooks.get(call);
  if (known !== undefined) return known;
  const hooks: CallHooks = {
    disconnect: call.direction === 'inbound' ? toApplication(context, 'statusUrl') : undefined,
    timeout: CALLBACK_TIMEOUT_SECONDS * 1000,
    listeners: new Set(),
  };
  context.hooks.set(call, hooks);
  return hooks;
}

/** The application's address for calls that arrive. */
export function initiateTarget(context: CarrierContext): ScriptTarget | undefined {
  const target = toApplication(context, 'initiateUrl');
  return target && { ...target, fallback: toApplication(context, 'initiateFallbackUrl') };
}

function toApplication(
  { callbacks }: CarrierContext,
  name: 'initiateUrl' | 'initiateFallbackUrl' | 'statusUrl',
): Target | undefined {
  const url = callbacks[name];
  if (url === undefined) return undefined;
  return { url, method: 'POST', credentials: toCredentials(callbacks.username, callbacks.password) };
}
