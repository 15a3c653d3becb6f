import { createRules, type Rules } from '../rules.ts';
import type { Webhook } from './webhook.ts';

/** A fault of a webhook's delivery. */
export type WebhookFaultAction =
  /** It is never sent. A webhook whose response the carrier needs counts as undeliverable. */
  | { readonly kind: 'drop' }
  /** It is sent a second time after the response to the first, whose response counts. */
  | { readonly kind: 'double' }
  /** It is sent after the next webhook of the same call. The call does not wait for its response. */
  | { readonly kind: 'reorder' }
  /** It is sent so many milliseconds later, by the clock of the carrier. Combines with any other fault. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** Half of its body is sent, and the rest never; a GET is not sent at all. Ends with the carrier's time-out. */
  | { readonly kind: 'hang' };

/** The webhooks that a rule applies to; all by default. */
export type WebhookCondition =
  | ((webhook: Webhook) => boolean)
  | { readonly event?: string; readonly callId?: string };

/** A rule: the webhooks it applies to, the maximum number of them, and the fault. */
export interface WebhookFault {
  readonly when?: WebhookCondition;
  readonly times?: number;
  readonly do: WebhookFaultAction;
}

/** The faults of one webhook: the sum of the delays, and the first other fault. */
export interface WebhookFaultMatch {
  readonly delay: number;
  readonly kind?: Exclude<WebhookFaultAction['kind'], 'delay'>;
}

/** Creates the rules of one carrier for its webhooks. `match` is called once for each and counts the rules' uses. */
export function createWebhookFaults(): {
  faults: Rules<WebhookFault>;
  match(webhook: Webhook): WebhookFaultMatch;
} {
  const { rules, match } = createRules<WebhookFault, Webhook>(({ when }, webhook) => isMeant(when, webhook));
  return {
    faults: rules,
    match(webhook) {
      let delay = 0;
      for (const { do: action } of match(webhook)) {
        if (action.kind !== 'delay') return { delay, kind: action.kind };
        delay += action.ms;
      }
      return { delay };
    },
  };
}

function isMeant(condition: WebhookCondition | undefined, webhook: Webhook): boolean {
  if (condition === undefined) return true;
  if (typeof condition === 'function') return condition(webhook);
  if (condition.event !== undefined && condition.event !== webhook.event) return false;
  return condition.callId === undefined || condition.callId === webhook.callId;
}
