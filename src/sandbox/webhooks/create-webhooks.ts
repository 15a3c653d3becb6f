import type { Clock } from '../clock.ts';
import type { Rules } from '../rules.ts';
import { isLoopback } from './is-loopback.ts';
import { createTransport } from './transport.ts';
import type { Delivery, Webhook, WebhookResult } from './webhook.ts';
import { createWebhookFaults, type WebhookFault, type WebhookFaultMatch } from './webhook-faults.ts';

/** What tests see of the webhooks of a carrier. */
export interface Webhooks {
  readonly faults: Rules<WebhookFault>;
  /** The last requests, in the order in which they ended. */
  readonly deliveries: readonly Delivery[];
  /** Resolves when nothing is being sent. Webhooks that a fault delays, holds back or hangs are not waited for. */
  idle(): Promise<void>;
}

/** Sends the webhooks of a carrier, with the faults that a test has ordered. */
export interface WebhookSender extends Webhooks {
  /** Whether the address is one that webhooks are sent to. If it is not, a line is logged. */
  mayReach(url: string, event: string): boolean;
  /** Sends a webhook. Those of the same queue are sent one at a time. Does not reject. */
  send(webhook: Webhook, queue?: string): Promise<WebhookResult>;
  close(): Promise<void>;
}

/** Requests that `deliveries` keeps. */
const KEPT_DELIVERIES = 1_000;

/** Creates the sender of one carrier. */
export function createWebhooks(clock: Clock, log: (line: string) => void): WebhookSender {
  const { faults, match } = createWebhookFaults();
  const deliveries: Delivery[] = [];
  const record = (delivery: Delivery) => {
    deliveries.push(delivery);
    if (deliveries.length > KEPT_DELIVERIES) deliveries.shift();
  };
  const transport = createTransport(clock, record);
  const queues = new Map<string, Promise<WebhookResult>>();
  const held = new Map<string, Webhook[]>();
  let active = 0;
  let waiting: (() => void)[] = [];

  const exchange = async (webhook: Webhook) => {
    active += 1;
    const result = await transport.send(webhook);
    active -= 1;
    if (active === 0) setImmediate(notify);
    return result;
  };
  const notify = () => {
    if (active > 0) return;
    for (const resolve of waiting) resolve();
    waiting = [];
  };

  const omit = (webhook: Webhook, kind: 'dropped' | 'held'): WebhookResult => {
    const { event, callId, method, url } = webhook;
    record({ event, callId, method, url, at: clock.now(), result: kind });
    return { kind };
  };

  const deliver = async (webhook: Webhook, { delay, kind }: WebhookFaultMatch): Promise<WebhookResult> => {
    if (delay > 0) await new Promise<void>((resolve) => clock.schedule(clock.now() + delay, resolve));
    if (kind === 'drop') return omit(webhook, 'dropped');
    if (kind === 'reorder') {
      held.set(webhook.callId, [...(held.get(webhook.callId) ?? []), webhook]);
      return omit(webhook, 'held');
    }
    const result = await (kind === 'hang' ? transport.send(webhook, true) : exchange(webhook));
    if (kind === 'double') await exchange(webhook);
    const late = held.get(webhook.callId) ?? [];
    held.delete(webhook.callId);
    for (const each of late) await exchange(each);
    return result;
  };

  return {
    faults,
    deliveries,
    idle: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        setImmediate(notify);
      }),
    mayReach(url, event) {
      const may = isLoopback(url);
      if (!may) log(`The webhook ${event} is not sent: ${hostOf(url)} is not a loopback address.`);
      return may;
    },
    send(webhook, queue) {
      const found = match(webhook);
      if (queue === undefined) return deliver(webhook, found);
      const before = queues.get(queue) ?? Promise.resolve();
      const sent = before.then(() => deliver(webhook, found));
      queues.set(queue, sent);
      return sent.finally(() => {
        if (queues.get(queue) === sent) queues.delete(queue);
      });
    },
    close: () => transport.close(),
  };
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'a relative address';
}
