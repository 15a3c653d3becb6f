import { TALK_MS } from '../../assumptions.ts';
import type { Entry } from '../../call-table.ts';
import type { Line } from '../../voice/media.ts';
import type { Markup } from '../../voice/read-markup.ts';
import { HungUp, type Running } from '../../voice/run.ts';
import type { BandwidthCall } from '../call.ts';
import { type ScriptTarget, toScriptTarget, toTag } from '../call-hooks.ts';
import type { CarrierContext } from '../carrier-context.ts';
import type { EventMembers } from '../events.ts';
import { hooksOf } from '../hooks-of.ts';
import { type Ending, end, remoteOf } from '../states.ts';

/** A call that executes BXML. */
export interface Session extends Line {
  readonly context: CarrierContext;
  readonly entry: Entry<BandwidthCall>;
  readonly call: BandwidthCall;
  /** The URL that served the document; undefined for one that was put. */
  base: string | undefined;
  readonly interpreter: Interpreter;
}

/** What verbs need of the interpreter that executes them. */
export interface Interpreter {
  /** Executes documents for a leg until one ends, or with it the call. */
  runDocuments(session: Session, first: DocumentRequest): Running<Ending | 'end'>;
  /** Gives another call a script of its own; false if its application cannot be asked. */
  requestScript(
    context: CarrierContext,
    entry: Entry<BandwidthCall>,
    target: ScriptTarget | undefined,
    event: EventMembers & { readonly eventType: string; readonly at: number },
  ): boolean;
}

/** A request for further BXML. */
export interface DocumentRequest {
  readonly target: ScriptTarget;
  readonly event: EventMembers & { readonly eventType: string };
  /** When the verb began that asks, in milliseconds. */
  readonly since?: number;
}

/**
 * How a verb ends: with undefined the next one is executed; an application is asked for another document; the call
 * ends; or it is `alone`, as its application cannot be asked.
 */
export type Outcome = DocumentRequest | { readonly ending: Ending } | 'alone' | undefined;

/** Creates the session of a call, or that of a leg that `caller` has dialled. */
export function createSession(
  context: CarrierContext,
  entry: Entry<BandwidthCall>,
  at: number,
  by: Interpreter | Session,
): Session {
  const caller = 'interpreter' in by ? by : undefined;
  const { call } = entry;
  const leg = caller === undefined ? undefined : call.to;
  const callId = caller?.call.callId ?? call.callId;
  const session: Session = {
    context,
    entry,
    call,
    base: caller?.base,
    interpreter: 'interpreter' in by ? by.interpreter : by,
    at,
    callee: context.meet(remoteOf(call), call.callId),
    note: (text, voice) => context.write({ at: session.at, callId, leg, text, voice }),
    farEndHangsUp() {
      session.note('the far end hung up');
      end(context, call, session.at, { cause: 'hangup' });
    },
  };
  return session;
}

/** Waits until the far end hangs up: as planned, else after `TALK_MS`. */
export function* untilFarEnd(session: Session, since = session.at): Running<never> {
  const isPlanned = session.entry.plan.length > 0;
  session.at = yield { until: isPlanned ? Number.POSITIVE_INFINITY : since + TALK_MS };
  session.farEndHangsUp();
  throw new HungUp(session.at);
}

/** The address that a verb names, such as `gather` for gatherUrl; undefined without one. The verb's tag is in force then. */
export function targetOf(session: Session, verb: Markup, name: string): ScriptTarget | undefined {
  const { attributes } = verb;
  const { base } = session;
  const urls = [`${name}Url`, `${name}FallbackUrl`].flatMap((attribute) => {
    const given = attributes[attribute];
    if (given === undefined) return [];
    return [[attribute, URL.canParse(given, base) ? new URL(given, base).href : given]];
  });
  return toScriptTarget({ ...attributes, ...Object.fromEntries(urls) }, name);
}

/** Puts the `tag` of a verb in force, for its own events and all later ones. */
export function applyTag({ context, call }: Session, { attributes }: Markup): void {
  if (attributes.tag !== undefined) hooksOf(context, call).tag = toTag(attributes.tag);
}

/** An attribute in seconds, as milliseconds; the default if it is missing or no number. */
export function millisecondsOf({ attributes }: Markup, name: string, seconds: number): number {
  return Math.round(numberOf(attributes[name], seconds) * 1000);
}

export function numberOf(text: string | undefined, otherwise: number): number {
  const number = text === undefined || text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(number) ? number : otherwise;
}

/** The end of a call whose document cannot be executed. */
export function invalidBxml(context: CarrierContext, message = 'Invalid BXML'): { readonly ending: Ending } {
  return { ending: { cause: 'invalid-bxml', message, errorId: context.random.uuid() } };
}
