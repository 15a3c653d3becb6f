import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from './clock.ts';
import { createFaults, type FaultAction, type Faults, type JunkMetadata } from './faults.ts';
import { createJournal, type Journal, type Received, toReceived } from './journal.ts';
import { type Reply, send, sendBroken, sendDripping, sendEndless, sendHalf } from './send-reply.ts';

/** Starts the HTTP server of a carrier on a loopback socket. Port 0 picks a free one. */
export async function startServer(options: {
  readonly port: number;
  readonly clock: Clock;
  readonly latency: number;
  readonly handle: Handle;
  /** Returns the documented response for an error status, for faults without a body. */
  readonly toErrorReply: (status: number, path: string) => Reply;
}): Promise<CarrierServer> {
  const { journal, write } = createJournal();
  const { faults, match } = createFaults();
  const timers = new Set<NodeJS.Timeout>();
  const later = (milliseconds: number, action: () => void) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      action();
    }, milliseconds);
    timers.add(timer);
  };

  const answer = (message: IncomingMessage, response: ServerResponse, body: string) => {
    const request = toReceived(message, body, options.clock.now());
    write(request);
    const { delay, action } = match(request);
    const reply = isApplied(action) ? attempt(options.handle, request, action) : undefined;
    const wait = delay + carrier.latency;
    const speak = () => {
      if (!response.destroyed) finish(response, request.path, reply, action);
    };
    if (wait > 0) later(wait, speak);
    else speak();
  };

  const finish = (
    response: ServerResponse,
    path: string,
    reply: Reply | undefined,
    action: FaultAction | undefined,
  ) => {
    if (action?.kind === 'hang') return;
    if (action?.kind === 'reset' || action?.kind === 'reset-after-apply') response.socket?.resetAndDestroy();
    else if (action?.kind === 'endless') sendEndless(response);
    else if (reply === undefined)
      send(
        response,
        toCanned(action, (status) => options.toErrorReply(status, path)),
      );
    else if (action?.kind === 'half-body') sendHalf(response, reply);
    else if (action?.kind === 'bad-json') sendBroken(response, reply);
    else if (action?.kind === 'drip') sendDripping(response, reply, action.bytesPerSecond, later);
    else send(response, reply);
  };

  const server = createServer((message, response) => {
    const chunks: Buffer[] = [];
    message.on('data', (chunk: Buffer) => chunks.push(chunk));
    message.on('end', () => answer(message, response, Buffer.concat(chunks).toString()));
    message.on('error', () => response.destroy());
    response.on('error', () => response.destroy());
  });
  // Longer than the keep-alive of any client, so that the server never closes a connection that is being reused.
  server.keepAliveTimeout = 600_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });

  const carrier: CarrierServer = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    journal,
    faults,
    latency: options.latency,
    close: () =>
      new Promise((resolve) => {
        for (const timer of timers) clearTimeout(timer);
        timers.clear();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return carrier;
}

/** The interface of every emulated carrier for tests: received requests, faults and latency. */
export interface CarrierServer {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  readonly journal: Journal;
  readonly faults: Faults;
  /** Real milliseconds between a request and its response; may be changed at any time. */
  latency: number;
  /** Stops listening and closes all sockets and timers immediately. */
  close(): Promise<void>;
}

/** Executes a request and returns the response. */
export type Handle = (request: Received, junk: JunkMetadata | undefined) => Reply;

const APPLIED = new Set(['junk-metadata', 'reset-after-apply', 'half-body', 'bad-json', 'drip']);

function isApplied(action: FaultAction | undefined): boolean {
  if (action?.kind === 'hang') return action.apply === true;
  return action === undefined || APPLIED.has(action.kind);
}

/** An exception is a bug of the sandbox. It gets a status that no carrier sends. */
function attempt(handle: Handle, request: Received, action: FaultAction | undefined): Reply {
  try {
    return handle(request, action?.kind === 'junk-metadata' ? action : undefined);
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return {
      status: 599,
      reason: 'Bug in the sandbox',
      headers: { 'Content-Type': 'text/plain' },
      body: text,
    };
  }
}

function toCanned(action: FaultAction | undefined, toErrorReply: (status: number) => Reply): Reply {
  if (action?.kind === 'status') {
    const own = action.body === undefined ? toErrorReply(action.status) : undefined;
    const headers = { ...own?.headers, ...action.headers };
    return { status: action.status, headers, body: action.body ?? own?.body ?? '' };
  }
  if (action?.kind === 'redirect') {
    return { status: action.status ?? 302, headers: { Location: action.location }, body: '' };
  }
  const body =
    '<!DOCTYPE html>\n<html><head><title>Welcome</title></head><body><h1>Welcome</h1></body></html>\n';
  return { status: 200, headers: { 'Content-Type': 'text/html;charset=UTF-8' }, body };
}
