import type { WebhookAddresses } from '../../src/api/create-parts.ts';

/** Of a server that no provider reaches. */
export const noAddresses: WebhookAddresses = {
  isReachable: false,
  baseUrl: () => undefined,
  publicUrl: () => undefined,
  mayReach: () => true,
  mayFetch: () => true,
};
