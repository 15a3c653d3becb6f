import type { Markup } from '../../../voice/read-markup.ts';
import { type Running, settled } from '../../../voice/run.ts';
import { foldStatus } from '../../call.ts';
import { answerInbound } from '../answer-inbound.ts';
import { judgeDocument, type Verdict } from '../judge-document.ts';
import type { Address } from '../leg.ts';
import { scriptPairs } from '../status-callbacks.ts';
import { toRequest } from '../to-request.ts';
import { toSteps } from './read-rcml.ts';
import {
  type Before,
  type DocumentRequest,
  type Ending,
  fallSilent,
  type Outcome,
  type Session,
  untilFarEnd,
} from './session.ts';
import { INSTANT, LASTING } from './verbs.ts';

/** Documents that one script may consist of, before it falls silent. */
const DOCUMENTS_LIMIT = 1_000;

/**
 * Executes documents until one of them ends the script. A later document has no fallback. Source: Restcomm-Connect
 * VoiceInterpreter.
 */
export function* runDocuments(session: Session, first: DocumentRequest): Running<Ending> {
  let next: DocumentRequest = first;
  for (let count = 0; count < DOCUMENTS_LIMIT; count++) {
    const verdict = yield* ask(session, next);
    if (verdict === 'alone') return 'alone';
    if (verdict === 'silent') return fallSilent(session, 'the document is of an unknown type');
    if (verdict === 'hangup') session.note('failed: the document cannot be parsed');
    if (typeof verdict === 'string') return verdict;
    session.before = 'ready';
    const outcome = yield* runVerbs(session, verdict);
    if (outcome === undefined) return 'end';
    if (typeof outcome === 'string') return outcome;
    next = outcome;
  }
  return fallSilent(session, 'too many documents');
}

/** Asks for a document, and its fallback once if that fails. An address elsewhere is not asked. */
function* ask(
  session: Session,
  { script, pairs, event, isUnchecked }: DocumentRequest,
): Running<Verdict | 'alone'> {
  const { context, call } = session;
  const send = function* (address: Address): Running<Verdict> {
    const about = { event, callId: call.sid, timeout: context.responseTimeout };
    const request = toRequest(address, [...scriptPairs(context, call), ...session.outbound, ...pairs], about);
    if (request === undefined) return 'failed';
    const result = yield* settled(context.clock, context.webhooks.send(request));
    session.at = context.clock.now();
    session.base = address.url;
    return judgeDocument(result, address.url, isUnchecked);
  };
  if (!context.webhooks.mayReach(script.url, event)) return 'alone';
  const verdict = yield* send(script);
  const hasFailed = verdict === 'failed' || verdict === 'not-found';
  return hasFailed && script.fallback !== undefined ? yield* send(script.fallback) : verdict;
}

/** Verbs that a call which rings may begin with without being answered. */
const LEAVES_RINGING = new Set(['Reject', 'Pause']);

function* runVerbs(session: Session, document: Markup): Running<Outcome> {
  const { call, context } = session;
  let isFirst = true;
  for (const { verb, isKnown } of toSteps(document)) {
    const { name } = verb;
    if (!isKnown) {
      session.note(`skipped <${name}>`);
      continue;
    }
    const rings = call.direction === 'inbound' && foldStatus(call.status) === 'ringing';
    if (rings && !(isFirst && LEAVES_RINGING.has(name))) {
      answerInbound(context, call, session.at);
      session.note('answered');
    }
    isFirst = false;
    if (FORBIDDEN[session.before].has(name)) {
      return fallSilent(session, `<${name}> after ${article(session.before)}`);
    }
    const [instant, lasting] = [INSTANT.get(name), LASTING.get(name)];
    let outcome: Outcome;
    const { before } = session;
    session.before = 'ready';
    if (instant !== undefined) outcome = instant(session, verb);
    else if (lasting !== undefined) outcome = yield* lasting(session, verb);
    else {
      session.before = before;
      session.note(`skipped <${name}>`);
    }
    if (outcome !== undefined) return outcome;
  }
  return undefined;
}

const article = (before: Before) => (/^[aeu]/.test(before) ? `an ${before}` : `a ${before}`);

/**
 * What must not follow a verb that ended so: the state machine has no such transition, and the verb is lost. Source:
 * Restcomm-Connect BaseVoiceInterpreter and VoiceInterpreter.
 */
const FORBIDDEN: Readonly<Record<Before, ReadonlySet<string>>> = {
  ready: new Set(),
  Gather: new Set(['Dial']),
  Record: new Set(['Dial']),
  'unplaced Dial': new Set(['Play', 'Redirect', 'Gather', 'Record', 'Sms']),
  'failed Dial': new Set(['Dial']),
  Sms: new Set(['Say']),
  'empty Say': new Set(['Dial']),
};

/** Executes RCML to the end of a call, or until nothing is to be heard any more. */
export function* runRcml(
  session: Session,
  first: DocumentRequest,
  end: (ending: Ending) => void,
): Running<void> {
  const ending = yield* runDocuments(session, first);
  if (ending === 'alone') yield* untilFarEnd(session);
  if (ending === 'end' || ending === 'hangup') session.note('hung up');
  if (ending === 'failed') session.note('failed: no document');
  if (ending === 'not-found') fallSilent(session, 'the document is not found');
  end(ending);
}
