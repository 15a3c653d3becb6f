import { outcomeOf, REFUSAL_MS, RING_MS } from '../../assumptions.ts';
import { type Markup, textOf } from '../../voice/read-markup.ts';
import { type BandwidthCall, toTime } from '../call.ts';
import type { CallHooks } from '../call-hooks.ts';
import { drawCallId } from '../carrier-context.ts';
import { hooksOf } from '../hooks-of.ts';
import { type Ending, refusalOf } from '../states.ts';
import { createSession, type Session, targetOf } from './session.ts';

/** A party that a call dials, as a call of its own. */
export interface Leg {
  readonly party: Markup;
  readonly number: string;
  readonly call: BandwidthCall;
  readonly session: Session;
  readonly listeners: CallHooks['listeners'];
  /** When it answers or refuses, or when nobody waits any longer; in milliseconds. */
  readonly due: number;
  /** Undefined if it answers. */
  readonly refusal: Ending | undefined;
}

/** Places the calls of the parties, which ring for at most `timeout` milliseconds. Source: Bandwidth docs, transfer. */
export function placeLegs(
  session: Session,
  parties: readonly Markup[],
  callerId: string,
  timeout: number,
): readonly Leg[] {
  const { context, at } = session;
  return parties.map((party) => {
    const number = textOf(party);
    const call: BandwidthCall = {
      applicationId: session.call.applicationId,
      accountId: session.call.accountId,
      callId: drawCallId(context.random),
      parentCallId: session.call.callId,
      to: number,
      from: callerId,
      direction: 'outbound',
      state: 'initiated',
      enqueuedTime: toTime(at),
      startTime: toTime(at),
      answerTime: null,
      endTime: null,
      disconnectCause: null,
      errorMessage: null,
      errorId: null,
      lastUpdate: toTime(at),
    };
    const entry = context.table.insert(call, { createdAt: at });
    const { timeout: responds, tag } = hooksOf(context, session.call);
    const { callId: parentCallId } = session.call;
    const listeners: CallHooks['listeners'] = new Set();
    context.hooks.set(call, {
      disconnect: targetOf(session, party, 'transferDisconnect'),
      endEvent: 'transferDisconnect',
      leg: { parentCallId, transferCallerId: callerId, transferTo: number },
      timeout: responds,
      tag: party.attributes.tag ?? tag,
      listeners,
    });
    const leg = createSession(context, entry, at, session);
    const known = { party, number, call, session: leg, listeners };
    const outcome = leg.callee.outcome ?? outcomeOf(number);
    const refusal = refusalOf(context, outcome);
    const rings = leg.callee.answersAfter ?? (refusal === undefined ? RING_MS : REFUSAL_MS);
    if (outcome !== 'unanswered' && rings <= timeout) {
      return { ...known, due: at + rings, refusal };
    }
    return { ...known, due: at + timeout, refusal: refusalOf(context, 'unanswered') };
  });
}

export const isOpen = ({ call }: Leg) => call.state !== 'disconnected';

/** Calls `wake` when a call with such listeners ends. Returns a function that stops listening. */
export function whenEnded(listeners: CallHooks['listeners'], wake: (at: number) => void): () => void {
  listeners.add(wake);
  return () => listeners.delete(wake);
}
