import type { FastifyInstance, FastifyReply, onRequestHookHandler } from 'fastify';
import { Gate } from './gate.ts';

/** Whole seconds. */
const retryAfter = 1;
const message = `More is asked here than can be served at the moment. Nothing was done for this request, which was not even read: ask again in ${retryAfter} s.`;
const body = JSON.stringify({ errors: [{ message, extensions: { code: 'UNAVAILABLE', retryAfter } }] });
const headers = { 'content-type': 'application/json; charset=utf-8', 'retry-after': `${retryAfter}` };

/** Milliseconds, so that the log of a server that has too much to do does not add to it. */
const tellEvery = 1_000;

/** More than a turn has time for. */
const mostSteps = 32;

/**
 * A hook that answers 503 (RFC 9110, section 15.6.4) to what comes above what can be served, so that the
 * rest is served soon. It stands before the reading of the body: with its 503 nothing was parsed, sent or
 * dialled, and what was let in is never turned away afterwards. When the server closes, so does the gate.
 */
export function shedLoad(app: FastifyInstance): onRequestHookHandler {
  const gate = new Gate(() => performance.now() - idleTime());
  // One that is not counted is called in every turn of the event loop and causes none.
  const onTurn = (): void => {
    gate.turn(idleTime());
    turn = setImmediate(onTurn).unref();
  };
  let turn = setImmediate(onTurn).unref();
  // One each: only after it is what was let in worked on, and it shows how long that took.
  let steps = 0;
  const onStep = (): void => {
    steps -= 1;
    gate.step();
    stepOn();
  };
  const stepOn = (): void => {
    for (; steps < Math.min(gate.waiting, mostSteps); steps += 1) setImmediate(onStep);
  };
  app.server.on('connection', () => gate.connect());
  app.addHook('preClose', async () => gate.close());
  app.addHook('onClose', async () => clearImmediate(turn));
  const note = createNotes(app);
  return (_, reply, done) => {
    const refuse = () => {
      note();
      refuseBusy(reply);
    };
    gate.arrive({ admit: done, refuse });
    if (gate.waiting > 0) stepOn();
  };
}

/** Answers 503 (RFC 9110, section 15.6.4) to a request of which nothing was read. */
export function refuseBusy(reply: FastifyReply): void {
  reply.code(503).headers(headers).send(body);
}

/** Takes note of a request turned away; how many there were is logged now and then, and at the end. */
function createNotes(app: FastifyInstance): () => void {
  let refused = 0;
  const tell = (): void => {
    if (refused > 0) app.log.warn({ refused }, 'turned away: more was asked than can be served');
    refused = 0;
  };
  app.addHook('onClose', async () => tell());
  return () => {
    if (refused === 0) setTimeout(tell, tellEvery).unref();
    refused += 1;
  };
}

/** Milliseconds that the event loop has waited since the start. */
function idleTime(): number {
  return performance.nodeTiming.idleTime;
}
