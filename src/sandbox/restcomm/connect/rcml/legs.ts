import { outcomeOf, REFUSAL_MS, RING_MS } from '../../../assumptions.ts';
import { elementsOf, type Markup } from '../../../voice/read-markup.ts';
import { blankCall, type RestcommCall, secondsBetween } from '../../call.ts';
import { readDestination } from '../../destination.ts';
import { drawCallSid, toStored } from '../carrier-context.ts';
import { hangupAt } from '../hangup.ts';
import { tellEnd, tellProgress } from '../status-callbacks.ts';
import { attributeOf, lastTextOf } from './read-rcml.ts';
import { addressOf, createSession, type Session } from './session.ts';

/** A destination of a Dial that rings, as a call of its own. */
export interface Leg {
  readonly noun: Markup;
  readonly call: RestcommCall;
  readonly session: Session;
  /** When it answers or refuses, or when nobody waits any longer; in milliseconds. */
  readonly due: number;
  /** Undefined if it answers. */
  readonly refusal: 'BUSY' | 'FAILED' | 'canceled' | undefined;
}

/** The destinations of a Dial: text without children is one too. Source: Restcomm-Connect VoiceInterpreter. */
export function nounsOf(verb: Markup): readonly Markup[] {
  const children = elementsOf(verb);
  const text = lastTextOf(verb);
  if (text === '') return children;
  const { kind } = readDestination(text);
  const name = kind === 'sip' ? 'Sip' : kind === 'client' ? 'Client' : 'Number';
  return [{ name, attributes: {}, children: [text.replace(/^client:?/, '')] }];
}

/** Places a destination, which rings for at most `timeout` milliseconds; undefined if that cannot be done. */
export function placeLeg(session: Session, noun: Markup, callerId: string, timeout: number): Leg | undefined {
  const { context, at } = session;
  const text = lastTextOf(noun);
  const to = readDestination(text).user;
  if (noun.name === 'Client' && (context.clients[to] ?? 0) === 0) return undefined;
  if (noun.name === 'Number' && !context.outboundProxy) return undefined;
  const stored = toStored(at, context.database);
  const call: RestcommCall = {
    ...blankCall(drawCallSid(context), stored),
    instance_id: context.instanceId,
    account_sid: session.call.account_sid,
    parent_call_sid: session.call.sid,
    to,
    from: callerId,
    status: 'RINGING',
    start_time: stored,
    price: '0.00',
    direction: session.call.direction === 'inbound' ? 'outbound-dial' : 'outbound-api',
  };
  const entry = context.table.insert(call, { createdAt: stored });
  const events = attributeOf(noun, 'statusCallbackEvent')?.replace(/\s/g, '').split(',');
  context.legs.set(call, {
    statusCallback: addressOf(session, noun, 'statusCallback', 'statusCallbackMethod'),
    events: events && new Set(events),
    told: new Set(),
    listeners: new Set(),
  });
  tellProgress(context, call, 'initiated', at);
  tellProgress(context, call, 'ringing', at);
  const leg = { noun, call, session: createSession(context, entry, at, session) };
  const outcome = leg.session.callee.outcome ?? outcomeOf(to);
  const refusal = REFUSALS[outcome];
  const rings = leg.session.callee.answersAfter ?? (refusal === undefined ? RING_MS : REFUSAL_MS);
  if (outcome !== 'unanswered' && rings <= timeout) return { ...leg, due: at + rings, refusal };
  return { ...leg, due: at + timeout, refusal: 'canceled' };
}

const REFUSALS: Readonly<Record<string, 'BUSY' | 'FAILED'>> = {
  busy: 'BUSY',
  rejected: 'BUSY',
  failed: 'FAILED',
  'not-found': 'FAILED',
};

/** Marks the call of a leg as answered. */
export function answerLeg({ session, call }: Leg, at: number): void {
  const { context } = session;
  const stored = toStored(at, context.database);
  call.ring_duration = secondsBetween(call.start_time ?? stored, stored);
  call.start_time = stored;
  call.status = 'in-progress';
  call.answered_by = call.to;
  call.date_updated = stored;
  tellProgress(context, call, 'answered', at);
}

/** Ends the call of a leg: hung up by either side, or refused. */
export function endLeg({ session, call }: Leg, at: number, refusal?: Leg['refusal']): void {
  const { context } = session;
  if (refusal === undefined || refusal === 'canceled') {
    hangupAt(context, at).apply(call);
    return;
  }
  call.status = refusal;
  call.date_updated = toStored(at, context.database);
  if (refusal === 'BUSY') call.duration = 0;
  tellEnd(context, call, at);
}
