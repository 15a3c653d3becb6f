import { TALK_MS } from '../../../assumptions.ts';
import type { Entry } from '../../../call-table.ts';
import type { Line } from '../../../voice/media.ts';
import type { Markup } from '../../../voice/read-markup.ts';
import { HungUp, type Running } from '../../../voice/run.ts';
import type { RestcommCall } from '../../call.ts';
import type { CarrierContext } from '../carrier-context.ts';
import { hangupAt, remoteOf } from '../hangup.ts';
import type { Address, Script } from '../leg.ts';
import type { Pairs } from '../to-request.ts';
import { attributeOf } from './read-rcml.ts';

/** A call that executes RCML. */
export interface Session extends Line {
  readonly context: CarrierContext;
  readonly entry: Entry<RestcommCall>;
  readonly call: RestcommCall;
  /** Whether it is a party that was dialled and is asked something before it is connected. */
  readonly isLeg: boolean;
  /** The URL of the last document. */
  base: string | undefined;
  /** numDigits of the last Gather that had one: it applies to later ones of the same script. */
  numDigits: number;
  /** How the last verb ended, which decides what may follow it. */
  before: Before;
  /** The parameters about the leg dialled last. */
  outbound: Pairs;
  readonly interpreter: Interpreter;
}

/** How the previous verb ended, as far as that restricts the next one; `ready` if it does not, and at the start of a document. */
export type Before = 'ready' | 'Gather' | 'Record' | 'unplaced Dial' | 'failed Dial' | 'Sms' | 'empty Say';

/** What verbs need of the interpreter that executes them. */
export interface Interpreter {
  runDocuments(session: Session, first: DocumentRequest): Running<Ending>;
}

/** A request for a further document. */
export interface DocumentRequest {
  readonly script: Script;
  /** Beyond the parameters of every script request. */
  readonly pairs: Pairs;
  readonly event: string;
  /** True for Gather's client, which does not check that XML is well-formed. */
  readonly isUnchecked?: boolean;
}

/**
 * How a script ends: at the end of its document or with Hangup, with a call that fails, with one that is left up with
 * nothing to hear, or `alone`, as the application is elsewhere.
 */
export type Ending = 'end' | 'hangup' | 'failed' | 'not-found' | 'silent' | 'alone';

/** How a verb ends: undefined for the next one, another document, or with it the script. */
export type Outcome = DocumentRequest | Ending | undefined;

/** Creates the session of a call, or that of a leg that `by` has dialled. */
export function createSession(
  context: CarrierContext,
  entry: Entry<RestcommCall>,
  at: number,
  by: Interpreter | Session,
): Session {
  const caller = 'interpreter' in by ? by : undefined;
  const { call } = entry;
  const leg = caller === undefined ? undefined : call.to;
  const session: Session = {
    context,
    entry,
    call,
    isLeg: caller !== undefined,
    base: caller?.base,
    numDigits: Number.POSITIVE_INFINITY,
    before: 'ready',
    outbound: [],
    interpreter: 'interpreter' in by ? by.interpreter : by,
    at,
    callee: context.meet(remoteOf(call), call.sid),
    note: (text, voice) =>
      context.write({ at: session.at, callId: caller?.call.sid ?? call.sid, leg, text, voice }),
    farEndHangsUp() {
      session.note('the far end hung up');
      hangupAt(context, session.at).apply(call);
      context.table.replan(entry, []);
    },
  };
  return session;
}

/** Waits until the far end hangs up: as planned, else after `TALK_MS`. */
export function* untilFarEnd(session: Session): Running<never> {
  const isPlanned = session.entry.plan.length > 0;
  session.at = yield { until: isPlanned ? Number.POSITIVE_INFINITY : session.at + TALK_MS };
  session.farEndHangsUp();
  throw new HungUp(session.at);
}

/** Says why nothing is to be heard any more. */
export function fallSilent(session: Session, reason: string): Ending {
  session.note(`fell silent: ${reason}`);
  return 'silent';
}

/** Says why the call is hung up. */
export function hangUpFor(session: Session, reason: string): Ending {
  session.note(`failed: ${reason}`);
  return 'hangup';
}

/** The address of an attribute, relative to the last document; undefined without the attribute. */
export function addressOf({ base }: Session, verb: Markup, url: string, method: string): Address | undefined {
  const given = attributeOf(verb, url);
  return given === undefined ? undefined : toAddress(base, given, attributeOf(verb, method));
}

/** A method other than GET and POST is POST. */
export function toAddress(base: string | undefined, url: string, method = 'POST'): Address {
  const known = /^(get|post)$/i.test(method) ? method : 'POST';
  return { url: URL.canParse(url, base) ? new URL(url, base).href : url, method: known };
}
