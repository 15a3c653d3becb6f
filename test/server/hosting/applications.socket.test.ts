import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { VoiceApplication } from '../../fixtures/voice-applications/application.ts';
import { asking } from '../../fixtures/voice-applications/asking.ts';
import { connecting } from '../../fixtures/voice-applications/connecting.ts';
import { createVariables } from '../../support/new-call.ts';
import { type Product, startProduct } from '../../support/product.ts';

const create = `mutation ($input: CreateCallInput!) { createCall(input: $input) {
  call { providerCallId } userErrors { code message } losses { rule }
} }`;

interface Created {
  readonly createCall: {
    readonly call: { readonly providerCallId: string } | null;
    readonly userErrors: readonly { readonly code: string; readonly message: string }[];
    readonly losses: readonly { readonly rule: string }[];
  };
}

const NOBODY: VoiceApplication = { name: '', documents: {}, lines: [] };
let running = NOBODY;
let server: Server;
let origin: string;
let product: Product;

beforeAll(async () => {
  server = createServer((message, response) => {
    let body = '';
    message.setEncoding('utf8').on('data', (chunk: string) => {
      body += chunk;
    });
    message.on('end', () => {
      const { pathname, searchParams } = new URL(message.url ?? '/', origin);
      const event = body === '' ? Object.fromEntries(searchParams) : JSON.parse(body);
      const document = running.documents[pathname] ?? '';
      const bxml = typeof document === 'string' ? document : document(event);
      response.writeHead(200, { 'content-type': 'application/xml; charset=utf-8' });
      response.end(`<?xml version="1.0" encoding="UTF-8"?><Bxml>${bxml}</Bxml>`);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  product = await startProduct({ sandbox: 0 });
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await product.close();
});

/** Places a call through this product and lets time go by until it has ended. */
async function play(kind: 'bandwidth' | 'connect', application: VoiceApplication, input: object) {
  const { ask, clock, bandwidth, connect } = product;
  running = application;
  for (const { callees } of [bandwidth, connect]) {
    callees.clear();
    callees.set('+19195551234', application.callee ?? {});
    for (const [number, script] of Object.entries(application.others ?? {})) callees.set(number, script);
  }
  const variables = createVariables(`${kind}-sandbox`, {
    to: '+19195551234',
    answerUrl: undefined,
    ...input,
  });
  const { data } = await ask<Created>(create, variables);
  const { call, losses, userErrors } = data.createCall;
  const id = call?.providerCallId ?? '';
  const isOver = () =>
    kind === 'bandwidth'
      ? bandwidth.calls.find(({ callId }) => callId === id)?.state === 'disconnected'
      : !/queued|ringing|progress/i.test(`${connect.calls.find(({ sid }) => sid === id)?.status}`);
  const { webhooks, transcript } = product[kind];
  do await webhooks.idle();
  while (!isOver() && clock.advanceToNext());
  await webhooks.idle();
  return { lines: transcript.of(id), losses: losses.map(({ rule }) => rule), userErrors };
}

describe('a voice application for Bandwidth', () => {
  it.each([...asking, ...connecting])(
    '$name runs at Bandwidth, and at Restcomm the same or as told',
    async (each) => {
      const fill = (lines: readonly string[]) => lines.map((line) => line.replace('$', origin));
      const atBandwidth = await play('bandwidth', each, { answerUrl: `${origin}/start` });
      expect(atBandwidth.lines).toEqual(fill(each.lines));
      const start = running.documents['/start'];
      const bxml = `<Bxml>${String(start).replaceAll('="/', `="${origin}/`).replaceAll('>/hold', `>${origin}/hold`)}</Bxml>`;
      const atConnect = await play('connect', each, { document: { bxml, onLoss: 'ACCEPT' } });
      if (each.refused !== undefined) {
        expect(atConnect.userErrors).toMatchObject([
          { code: 'UNSUPPORTED_BY_PROVIDER', message: expect.stringContaining(each.refused) },
        ]);
        return;
      }
      expect(atConnect.userErrors).toEqual([]);
      expect(atConnect.lines).toEqual(fill(each.atConnect?.lines ?? each.lines));
      expect(atConnect.losses).toEqual(expect.arrayContaining([...(each.atConnect?.losses ?? [])]));
    },
  );
});
