import type { CalleeScript } from '../../src/sandbox/index.ts';
import { bandwidth, connect, members } from './emulated.ts';
import { type ReceivedWebhook, startReceiver, type WebhookReply, xml } from './receiver.ts';

/** Documents by the path that they are served at, without their root; `$` is the application's origin. */
export type Served = Readonly<Record<string, string | WebhookReply>>;

export interface Played {
  /** What the callee of the placed call does. */
  readonly callee?: CalleeScript;
  /** What others do, by their numbers. */
  readonly others?: Readonly<Record<string, CalleeScript>>;
  /** True: the call arrives instead. */
  readonly arrives?: boolean;
}

const CALLEE = '+19195551234';

/** A call at Bandwidth whose answerUrl is `/`, at its end. */
export async function bandwidthPlays(served: Served, { callee = {}, others = {}, arrives }: Played = {}) {
  const { application, origin } = await serve(served);
  const { carrier, clock, create } = await bandwidth();
  carrier.callees.set(CALLEE, callee);
  for (const [number, script] of Object.entries(others)) carrier.callees.set(number, script);
  carrier.callbacks = { initiateUrl: `${origin}/`, statusUrl: `${origin}/end` };
  const callId = arrives
    ? carrier.arrive({ from: CALLEE }).callId
    : String(
        members(await create({ to: CALLEE, answerUrl: `${origin}/`, disconnectUrl: `${origin}/end` })).callId,
      );
  const look = () => carrier.calls.find((call) => call.callId === callId);
  do await carrier.webhooks.idle();
  while (look()?.state !== 'disconnected' && clock.advanceToNext());
  await carrier.webhooks.idle();
  const events = application.received.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
  return { lines: carrier.transcript.of(callId), events, callId, call: look(), carrier, origin };
}

/** The same at Connect, whose Url is `/`. */
export async function connectPlays(served: Served, { callee = {}, others = {}, arrives }: Played = {}) {
  const { application, origin } = await serve(served);
  const { carrier, clock, create } = await connect();
  carrier.callees.set(CALLEE, callee);
  for (const [number, script] of Object.entries(others)) carrier.callees.set(number, script);
  carrier.callbacks = { voiceUrl: `${origin}/` };
  const sid = arrives
    ? carrier.arrive({ from: CALLEE }).sid
    : String(members(await create({ To: CALLEE, Url: `${origin}/`, FallbackUrl: `${origin}/fallback` })).sid);
  const look = () => carrier.calls.find((call) => call.sid === sid);
  do await carrier.webhooks.idle();
  while (/ringing|queued|progress/i.test(`${look()?.status}`) && clock.advanceToNext());
  await carrier.webhooks.idle();
  const asked = application.received.map(({ path, body }) => ({
    path,
    form: Object.fromEntries(new URLSearchParams(body)),
  }));
  return { lines: carrier.transcript.of(sid), asked, sid, call: look(), carrier, origin };
}

async function serve(served: Served) {
  const answer = ({ path }: ReceivedWebhook) => {
    const given = served[path];
    if (typeof given === 'object') return given;
    return given === undefined ? undefined : xml(`<Response>${given.replaceAll('$', origin)}</Response>`);
  };
  const application = await startReceiver(answer);
  const { origin } = application;
  return { application, origin };
}
