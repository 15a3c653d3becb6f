import type { Finding } from '../../../src/markup/finding.ts';
import { createManualClock, startBandwidth, startConnect } from '../../../src/sandbox/index.ts';
import { ask, basic, members } from '../../sandbox/emulated.ts';
import { ANSWERS, type Application } from './generated-bxml.ts';
import { startStandIn } from './stand-in.ts';

/** What a call did at a carrier, and what its application was asked and told. */
export interface Played {
  readonly lines: readonly string[];
  /** The gender of each voice that was heard. */
  readonly genders: readonly string[];
  readonly events: readonly string[];
}

export interface Comparison {
  readonly bandwidth: Played;
  readonly connect: Played;
  /** Of all documents that Connect fetched. */
  readonly findings: readonly Finding[];
}

const CALLEE = '+19195551234';
/** What is told to nobody in particular, and in no order. */
const ASIDE = new Set(['answer', 'disconnect', 'transferDisconnect', 'recordingAvailable']);

/** Both emulated carriers, on whose calls an application is played. */
export async function startBoth() {
  const clocks = { bandwidth: createManualClock(), connect: createManualClock() };
  const standIn = await startStandIn();
  const bandwidth = await startBandwidth({ clock: clocks.bandwidth });
  const connect = await startConnect({ clock: clocks.connect });
  const carriers = { bandwidth, connect };

  const toEnd = async (kind: 'bandwidth' | 'connect', isOver: () => boolean) => {
    do await carriers[kind].webhooks.idle();
    while (!isOver() && clocks[kind].advanceToNext());
    await carriers[kind].webhooks.idle();
  };
  const played = ({ transcript }: typeof bandwidth | typeof connect, id: string): Played => ({
    lines: transcript.of(id),
    genders: transcript.flatMap(({ voice }) => voice?.gender ?? []),
    events: standIn.events.filter((event) => !ASIDE.has(event)),
  });

  const callBandwidth = async (): Promise<Played> => {
    const { accountId, applicationId, username, password, baseUrl } = bandwidth;
    const json = { applicationId, from: '+19195554321', to: CALLEE, answerUrl: `${standIn.origin}/` };
    const headers = { authorization: basic(username, password) };
    const { callId } = members(await ask(`${baseUrl}/accounts/${accountId}/calls`, { json, headers }));
    const look = () => bandwidth.calls.find((call) => call.callId === callId);
    await toEnd('bandwidth', () => look()?.state === 'disconnected');
    return played(bandwidth, `${callId}`);
  };

  const callConnect = async (): Promise<Played> => {
    const { accountSid, authToken, baseUrl } = connect;
    const form = { From: '+19195554321', To: CALLEE, Url: `${standIn.origin}/translated` };
    const headers = { authorization: basic(accountSid, authToken) };
    const { sid } = members(await ask(`${baseUrl}/Accounts/${accountSid}/Calls.json`, { form, headers }));
    const look = () => connect.calls.find((call) => call.sid === sid);
    await toEnd('connect', () => !/queued|ringing|progress/i.test(`${look()?.status}`));
    return played(connect, `${sid}`);
  };

  return {
    origin: standIn.origin,
    async play(application: Application): Promise<Comparison> {
      for (const carrier of [bandwidth, connect]) {
        carrier.clear();
        carrier.transcript.clear();
        carrier.callees.set(CALLEE, application.callee);
        carrier.callees.set(ANSWERS, { hangsUpAfter: 10_000 });
      }
      standIn.serve(application);
      const atBandwidth = await callBandwidth();
      standIn.serve(application);
      const atConnect = await callConnect();
      return { bandwidth: atBandwidth, connect: atConnect, findings: standIn.findings };
    },
    close: () => Promise.all([bandwidth.close(), connect.close(), standIn.close()]),
  };
}
