import type { CallKey } from '../call-loader.ts';
import { isMatch } from '../filter.ts';
import type { CallFilter } from '../new-call.ts';
import type { CallEvent } from './call-event.ts';
import type { CallEventHub } from './call-event-hub.ts';
import type { EventRequest } from './event-request.ts';

/** Where a stream begins, and what ends it. */
export type StreamBounds = Pick<EventRequest, 'after' | 'signal'>;

/** The events whose calls match the filter after the change, and all gaps. */
export async function* filterEvents(
  events: AsyncIterable<CallEvent>,
  filter: CallFilter,
): AsyncGenerator<CallEvent, void> {
  for await (const event of events) {
    if (event.call === null || isMatch(event.call, filter)) yield event;
  }
}

/**
 * The events of one call up to its end. Of a call that has ended, those behind `after` that the log still holds.
 *
 * @param look returns the status of a call of which the log knows nothing; undefined if there is no such call
 * @returns undefined if there is no such call
 */
export async function followCall(
  log: CallEventHub,
  call: CallKey,
  bounds: StreamBounds,
  look: () => Promise<{ readonly hasEnded: boolean } | undefined>,
): Promise<AsyncIterableIterator<CallEvent> | undefined> {
  const request = { ...bounds, accountKeys: [call.accountKey], call };
  // It begins before the call is read: an end in between is not lost.
  const events = log.subscribe(request);
  let found: { readonly hasEnded: boolean } | undefined;
  try {
    const last = (await log.timeline(call)).at(-1);
    found = last === undefined ? await look() : { hasEnded: last.kind === 'ENDED' };
  } finally {
    // Nobody would end it: its account would be polled from now on.
    if (found?.hasEnded !== false) await events.return?.();
  }
  if (found === undefined) return undefined;
  if (!found.hasEnded) return untilEnd(events);
  return bounds.after === undefined ? untilEnd([]) : log.subscribe({ ...request, isReplay: true });
}

async function* untilEnd(
  events: AsyncIterable<CallEvent> | readonly CallEvent[],
): AsyncGenerator<CallEvent, void> {
  for await (const event of events) {
    yield event;
    if (event.kind === 'ENDED') return;
  }
}
