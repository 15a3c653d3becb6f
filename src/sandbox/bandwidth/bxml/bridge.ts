import { type Markup, textOf } from '../../voice/read-markup.ts';
import type { Running } from '../../voice/run.ts';
import { hooksOf } from '../hooks-of.ts';
import { end, remoteOf } from '../states.ts';
import { whenEnded } from './legs.ts';
import { type Outcome, type Session, targetOf } from './session.ts';

/**
 * Connects two calls until one of them leaves. The script of the target is cancelled; without a bridgeTargetCompleteUrl
 * it is hung up when this call leaves. Source: Bandwidth docs, bridge.
 */
export function* bridge(session: Session, verb: Markup): Running<Outcome> {
  const { context, call } = session;
  const entry = context.table.get(textOf(verb));
  const complete = targetOf(session, verb, 'bridgeComplete');
  const after = (cause: string, errorMessage?: string): Outcome =>
    complete && {
      target: complete,
      event: { eventType: 'bridgeComplete', cause, errorMessage },
    };
  if (entry === undefined || entry.call === call || entry.call.state !== 'answered') {
    session.note('not connected: the call to bridge is not there');
    return after('unknown', 'The target call cannot be bridged');
  }
  const { listeners, run } = hooksOf(context, entry.call);
  run?.stop();
  session.note(`connected to ${remoteOf(entry.call)}`);
  try {
    const until = Number.POSITIVE_INFINITY;
    session.at = yield { until, listen: (wake) => whenEnded(listeners, wake) };
    return after('hangup');
  } finally {
    if (entry.call.state === 'answered') {
      const at = context.clock.now();
      const event = { eventType: 'bridgeTargetComplete', at, cause: 'hangup' };
      const next = targetOf(session, verb, 'bridgeTargetComplete');
      if (!session.interpreter.requestScript(context, entry, next, event))
        end(context, entry.call, at, { cause: 'hangup' });
    }
  }
}
