import { SCRIPT_END_MS } from '../../assumptions.ts';
import { pass } from '../../voice/media.ts';
import { elementsOf, type Markup } from '../../voice/read-markup.ts';
import { type Running, settled } from '../../voice/run.ts';
import type { WebhookResult } from '../../webhooks/webhook.ts';
import type { Target } from '../call-hooks.ts';
import { toEvent } from '../events.ts';
import { answer, type Ending, end } from '../states.ts';
import { readBxml } from './read-bxml.ts';
import {
  applyTag,
  type DocumentRequest,
  invalidBxml,
  type Outcome,
  type Session,
  untilFarEnd,
} from './session.ts';
import { INSTANT, LASTING } from './verbs.ts';

/** Documents that one script may consist of without time in between, before its call ends. */
const DOCUMENTS_LIMIT = 1_000;

/**
 * Executes BXML to the end of a call: a document, or what an application answers. Verbs are executed in order; the end
 * of a document hangs up. Source: Bandwidth docs, BXML.
 */
export function* runBxml(session: Session, first: Markup | DocumentRequest): Running<void> {
  const ending = yield* runDocuments(session, first);
  if (ending === 'end') yield* pass(session, SCRIPT_END_MS);
  const { cause, message } = ending === 'end' ? HANGS_UP : ending;
  session.note(message === undefined ? 'hung up' : `failed: ${cause}`);
  end(session.context, session.call, session.at, ending === 'end' ? HANGS_UP : ending);
}

const HANGS_UP: Ending = { cause: 'hangup' };

/** Executes documents until one ends, or with it the call. */
export function* runDocuments(session: Session, first: Markup | DocumentRequest): Running<Ending | 'end'> {
  let next: Markup | DocumentRequest = first;
  for (let count = 0; count < DOCUMENTS_LIMIT; count++) {
    const document: Markup | Outcome = 'target' in next ? yield* ask(session, next) : next;
    if (document === 'alone') yield* untilFarEnd(session, 'target' in next ? next.since : undefined);
    else if (document !== undefined && 'ending' in document) return document.ending;
    else if (document !== undefined && 'children' in document) {
      const outcome: Outcome = yield* runVerbs(session, document);
      if (outcome === undefined) return elementsOf(document).length === 0 ? HANGS_UP : 'end';
      if (outcome === 'alone') yield* untilFarEnd(session);
      else if ('ending' in outcome) return outcome.ending;
      else next = outcome;
    }
  }
  return { cause: 'error', message: 'Too many documents', errorId: session.context.random.uuid() };
}

/** Verbs that do not answer an inbound call. */
const LEAVES_RINGING = new Set(['Hangup', 'Forward', 'Redirect', 'Tag']);

function* runVerbs(session: Session, document: Markup): Running<Outcome> {
  const { call } = session;
  for (const verb of elementsOf(document)) {
    const { name, attributes } = verb;
    const rings = LEAVES_RINGING.has(name) || (name === 'Ring' && attributes.answerCall === 'false');
    if (call.direction === 'inbound' && call.state === 'initiated' && !rings) {
      answer(call, session.at);
      session.note('answered');
    }
    applyTag(session, verb);
    const since = session.at;
    let outcome: Outcome;
    const [instant, lasting] = [INSTANT.get(name), LASTING.get(name)];
    if (instant !== undefined) outcome = instant(session, verb);
    else if (lasting !== undefined) outcome = yield* lasting(session, verb);
    else session.note(`skipped <${name}>`);
    if (outcome !== undefined) return typeof outcome === 'object' ? { ...outcome, since } : outcome;
  }
  return undefined;
}

/**
 * Asks an application for BXML. The fallback is asked if the first address does not answer with 2xx. Source: Bandwidth
 * docs, voice webhooks, about.
 */
function* ask(session: Session, { target, event }: DocumentRequest): Running<Markup | Outcome> {
  const { context, call } = session;
  if (!context.webhooks.mayReach(target.url, event.eventType)) return 'alone';
  const send = (from: Target) =>
    settled(context.clock, context.webhooks.send(toEvent(context, call, from, { ...event, at: session.at })));
  let from: Target = target;
  let result = yield* send(target);
  if (hasFailed(result) && target.fallback !== undefined) {
    from = target.fallback;
    result = yield* send(from);
  }
  session.at = context.clock.now();
  session.base = from.url;
  if (result.kind === 'held') yield* untilFarEnd(session);
  if (result.kind !== 'response' || hasFailed(result)) {
    const errorId = context.random.uuid();
    return { ending: { cause: 'callback-error', message: 'Callback could not be delivered', errorId } };
  }
  if (result.body === '') {
    yield* pass(session, context.options.emptyReplyLasts);
    return { ending: HANGS_UP };
  }
  const document = readBxml(result.body);
  const isKnown = ({ name }: Markup) => INSTANT.has(name) || LASTING.has(name);
  return document !== undefined && elementsOf(document).every(isKnown) ? document : invalidBxml(context);
}

/** Whether the fallback is asked. */
function hasFailed(result: WebhookResult): boolean {
  if (result.kind === 'held') return false;
  return result.kind !== 'response' || result.status < 200 || result.status > 299;
}
