import { describe, expect, it } from 'vitest';
import type { WebhookFault } from '../../src/sandbox/index.ts';
import { bandwidth, connect } from './emulated.ts';
import { startReceiver } from './receiver.ts';

/** The progress of one call at Connect as its application receives it, with such a fault. */
async function progressWith(fault: WebhookFault) {
  const application = await startReceiver();
  const { carrier, clock, create } = await connect();
  carrier.webhooks.faults.add(fault);
  await create({ StatusCallback: `${application.origin}/status` });
  const advance = async (milliseconds: number) => {
    clock.advance(milliseconds);
    await carrier.webhooks.idle();
  };
  await advance(200_000);
  const told = () => application.received.map(({ body }) => new URLSearchParams(body).get('CallStatus'));
  return { told, advance, carrier };
}

describe('a fault of webhooks', () => {
  it.each<[WebhookFault['do'], string[]]>([
    [{ kind: 'drop' }, ['initiated', 'answered', 'completed']],
    [{ kind: 'double' }, ['initiated', 'ringing', 'ringing', 'answered', 'completed']],
    [{ kind: 'reorder' }, ['initiated', 'answered', 'ringing', 'completed']],
  ])('%j concerns the webhooks that it names', async (action, expected) => {
    const { told } = await progressWith({ when: { event: 'ringing' }, do: action });
    expect(told()).toEqual(expected);
  });

  it('delays by the clock of the carrier, and what waits behind it', async () => {
    const { told, advance } = await progressWith({
      when: { event: 'ringing' },
      do: { kind: 'delay', ms: 5_000 },
    });
    await advance(4_999);
    expect(told()).toEqual(['initiated']);
    await advance(1);
    expect(told()).toEqual(['initiated', 'ringing', 'answered', 'completed']);
  });

  it('hangs until the time-out, with half a request that the application never gets whole', async () => {
    const { told, advance } = await progressWith({ when: { event: 'ringing' }, do: { kind: 'hang' } });
    await advance(5_999);
    expect(told()).toEqual(['initiated']);
    await advance(1);
    expect(told()).toEqual(['initiated', 'answered', 'completed']);
  });

  it('applies so many times', async () => {
    const { told } = await progressWith({ times: 2, do: { kind: 'drop' } });
    expect(told()).toEqual(['answered', 'completed']);
  });
});

describe('a webhook', () => {
  it.each(['http://app.example/end', 'http://10.0.0.1/end', 'http://localhost.example/end'])(
    'to %s is not sent, and a line without the path is logged',
    async (disconnectUrl) => {
      const lines: string[] = [];
      const { carrier, clock, create } = await bandwidth({ log: (line) => lines.push(line) });
      await create({ disconnectUrl });
      clock.advance(200_000);
      await carrier.webhooks.idle();
      expect(carrier.webhooks.deliveries).toEqual([]);
      const { host } = new URL(disconnectUrl);
      expect(lines).toContain(`The webhook disconnect is not sent: ${host} is not a loopback address.`);
    },
  );
});
