import type { Entry } from '../call-table.ts';
import type { Markup } from '../voice/read-markup.ts';
import { startRun } from '../voice/run.ts';
import { runBxml, runDocuments } from './bxml/run-bxml.ts';
import { createSession, type DocumentRequest } from './bxml/session.ts';
import type { BandwidthCall } from './call.ts';
import type { ScriptTarget } from './call-hooks.ts';
import type { CarrierContext } from './carrier-context.ts';
import type { EventMembers } from './events.ts';
import { hooksOf } from './hooks-of.ts';

/**
 * Asks an application for the BXML of a call, which waits for it, and executes it. False if there is no address, or
 * none that webhooks are sent to: the call then goes on by itself.
 */
export function requestScript(
  context: CarrierContext,
  entry: Entry<BandwidthCall>,
  target: ScriptTarget | undefined,
  event: EventMembers & { readonly eventType: string; readonly at: number },
): boolean {
  if (target === undefined || !context.webhooks.mayReach(target.url, event.eventType)) return false;
  startScript(context, entry, event.at, { target, event });
  return true;
}

/** Replaces the script of a call. Its far end still hangs up as planned. */
export function startScript(
  context: CarrierContext,
  entry: Entry<BandwidthCall>,
  at: number,
  first: Markup | DocumentRequest,
): void {
  const hooks = hooksOf(context, entry.call);
  hooks.run?.stop();
  hooks.run = undefined;
  const isThere = () => context.table.get(entry.call.callId) === entry;
  hooks.run = startRun(
    { clock: context.clock, isThere, log: context.log },
    runBxml(createSession(context, entry, at, { runDocuments, requestScript }), first),
  );
}
