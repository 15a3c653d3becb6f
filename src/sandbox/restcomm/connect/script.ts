import type { Entry } from '../../call-table.ts';
import { startRun } from '../../voice/run.ts';
import { foldStatus, type RestcommCall } from '../call.ts';
import { type CarrierContext, toStored } from './carrier-context.ts';
import { hangupAt } from './hangup.ts';
import type { Script } from './leg.ts';
import { runDocuments, runRcml } from './rcml/run-rcml.ts';
import { createSession, type Ending } from './rcml/session.ts';
import { legOf, tellEnd } from './status-callbacks.ts';

/** Whether a document is asked for at all: an address elsewhere is not, and the call goes on by itself. */
export function hasReachableScript(context: CarrierContext, script: Script | undefined): script is Script {
  return script !== undefined && context.webhooks.mayReach(script.url, 'script');
}

/** Replaces the script of a call: its document is asked for, and executed. The far end still hangs up as planned. */
export function startScript(
  context: CarrierContext,
  entry: Entry<RestcommCall>,
  script: Script,
  at: number,
): void {
  const { call } = entry;
  const leg = legOf(context, call);
  leg.run?.stop();
  leg.run = undefined;
  const session = createSession(context, entry, at, { runDocuments });
  const end = (ending: Ending) => {
    finish(context, entry, ending, session.at);
    context.alarm.set();
  };
  leg.run = startRun(
    { clock: context.clock, isThere: () => context.table.get(call.sid) === entry, log: context.log },
    runRcml(session, { script, pairs: [], event: 'script' }, end),
  );
}

/** A 404 ends a call that rings and leaves any other one up and silent. */
function finish(context: CarrierContext, entry: Entry<RestcommCall>, ending: Ending, at: number): void {
  const { call } = entry;
  const inbound = call.direction === 'inbound';
  if (ending === 'end' || ending === 'hangup') hangupAt(context, at).apply(call);
  else if (ending === 'failed') fail(inbound ? 'failed' : 'FAILED');
  else if (ending === 'not-found' && foldStatus(call.status) === 'ringing') fail('not-found');
  else return;
  context.table.replan(entry, []);

  function fail(status: string): void {
    call.status = status;
    call.date_updated = toStored(at, context.database);
    tellEnd(context, call, at);
  }
}
